"""Everything a book keeps, an area each."""

from functools import cached_property
from typing import TYPE_CHECKING, cast

from csplanner.book.accounts import Accounts
from csplanner.book.attention import Attentions
from csplanner.book.field_history import FieldHistory
from csplanner.book.jottings import Notes, Tags, Tasks
from csplanner.book.news import BookNews
from csplanner.book.outside import OutsideNames
from csplanner.book.people import People, Seats
from csplanner.book.rates import BookRates
from csplanner.book.recipes import FieldRules, Meanings, Recipes
from csplanner.book.records import Records, Rows, shelf
from csplanner.book.snapshots import Snapshots
from csplanner.book.touches import Touches
from csplanner.book.views import SavedViews

if TYPE_CHECKING:
    from csplanner.book.book import Book
    from csplanner.book.departures import Departures
    from csplanner.book.map_edit import MapEdit
    from csplanner.book.map_proposals import MapProposals
    from csplanner.book.relation_map import RelationMaps
    from csplanner.domain.account import Case, ContractTerm, Exit, Opportunity, Subscription
    from csplanner.domain.alternative import Alternative
    from csplanner.domain.archived import ArchivedRecord, PersonAccount
    from csplanner.domain.definition import DefinitionChange
    from csplanner.domain.exported import Exported
    from csplanner.domain.inspection import Inspection
    from csplanner.domain.map_record import AccountMap, MapAnswer, MapPlace
    from csplanner.domain.measurement import Measurement
    from csplanner.domain.objective import Objective
    from csplanner.domain.placement import Placement
    from csplanner.domain.promise import Promise
    from csplanner.domain.raci import RaciCell
    from csplanner.domain.rating import Rating
    from csplanner.domain.scorecard import Scorecard, ScorecardFactor, ScorecardGrade
    from csplanner.domain.sentiment import Pulse
    from csplanner.domain.tenure import Tenure
    from csplanner.domain.tie import Tie
    from csplanner.domain.time_entry import TimeEntry


class Shelves:
    """The areas of a book (`accounts`, `people`, `touches`, …), each with its own verbs."""

    def __init__(self) -> None:
        book = cast("Book", self)
        self.accounts = Accounts(book)
        self.people = People(book)
        self.seats = Seats(book)
        self.tenures: Records[Tenure] = Records(book, shelf("tenure.Tenure"))
        self.ties: Records[Tie] = Records(book, shelf("tie.Tie"))
        self.maps: Records[AccountMap] = Records(book, shelf("map_record.AccountMap"))
        self.map_places: Records[MapPlace] = Records(book, shelf("map_record.MapPlace"))
        self.map_answers: Records[MapAnswer] = Records(book, shelf("map_record.MapAnswer"))
        self.terms: Records[ContractTerm] = Records(book, shelf("account.ContractTerm"))
        self.opportunities: Records[Opportunity] = Records(book, shelf("account.Opportunity"))
        self.cases: Records[Case] = Records(book, shelf("account.Case"))
        self.subscriptions: Records[Subscription] = Records(book, shelf("account.Subscription"))
        self.exits: Records[Exit] = Records(book, shelf("account.Exit"))
        self.touches = Touches(book)
        self.tasks = Tasks(book)
        self.notes = Notes(book)
        self.tags = Tags(book)
        self._hang_judgements(book)
        self.rates = BookRates(book)
        self.recipes = Recipes(book)
        self.meanings = Meanings(book)
        self.field_rules = FieldRules(book)
        self.archived_records: Records[ArchivedRecord] = Records(
            book, shelf("archived.ArchivedRecord")
        )
        self.person_accounts: Records[PersonAccount] = Records(
            book, shelf("archived.PersonAccount")
        )
        self.attention = Attentions(book)
        self.outside = OutsideNames(book)
        self.snapshots = Snapshots(book)
        self.news = BookNews(book)
        self.views = SavedViews(book)
        self.field_history = FieldHistory(book)

    # Maps are loaded when the first is asked for: a window opens before that.

    @cached_property
    def relation_map(self) -> "RelationMaps":
        """Reads relationship maps."""
        from csplanner.book.relation_map import RelationMaps

        return RelationMaps(cast("Book", self))

    @cached_property
    def map_edit(self) -> "MapEdit":
        """The verbs of relationship maps."""
        from csplanner.book.map_edit import MapEdit

        return MapEdit(cast("Book", self))

    @cached_property
    def map_proposals(self) -> "MapProposals":
        """What snapshots propose for relationship maps."""
        from csplanner.book.map_proposals import MapProposals

        return MapProposals(cast("Book", self))

    @cached_property
    def departures(self) -> "Departures":
        """What is to be done where somebody who mattered left."""
        from csplanner.book.departures import Departures

        return Departures(cast("Book", self))

    def _hang_judgements(self, book: "Book") -> None:
        """What is measured, judged and agreed, and the logs of both."""
        self.time_entries: Records[TimeEntry] = Records(book, shelf("time_entry.TimeEntry"))
        self.measurements: Records[Measurement] = Records(book, shelf("measurement.Measurement"))
        self.pulses: Records[Pulse] = Records(book, shelf("sentiment.Pulse"))
        self.objectives: Records[Objective] = Records(book, shelf("objective.Objective"))
        self.promises: Records[Promise] = Records(book, shelf("promise.Promise"))
        self.ratings: Records[Rating] = Records(book, shelf("rating.Rating"))
        self.scorecards: Records[Scorecard] = Records(book, shelf("scorecard.Scorecard"))
        self.scorecard_factors: Records[ScorecardFactor] = Records(
            book, shelf("scorecard.ScorecardFactor")
        )
        self.scorecard_grades: Records[ScorecardGrade] = Records(
            book, shelf("scorecard.ScorecardGrade")
        )
        self.raci: Records[RaciCell] = Records(book, shelf("raci.RaciCell"))
        self.inspections: Records[Inspection] = Records(book, shelf("inspection.Inspection"))
        self.alternatives: Records[Alternative] = Records(book, shelf("alternative.Alternative"))
        self.placements: Records[Placement] = Records(book, shelf("placement.Placement"))
        self.definition_log: Rows[DefinitionChange] = Rows(
            book, shelf("definition.DefinitionChange")
        )
        self.export_log: Rows[Exported] = Rows(book, shelf("exported.Exported"))
