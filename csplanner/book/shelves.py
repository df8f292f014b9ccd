"""Everything a book keeps, an area each."""

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
from csplanner.book.records import Records, Rows, records_of
from csplanner.book.snapshots import Snapshots
from csplanner.book.touches import Touches
from csplanner.book.views import SavedViews
from csplanner.domain.account import Case, ContractTerm, Exit, Opportunity, Subscription
from csplanner.domain.alternative import Alternative
from csplanner.domain.archived import ArchivedRecord, PersonAccount
from csplanner.domain.definition import DefinitionChange
from csplanner.domain.exported import Exported
from csplanner.domain.inspection import Inspection
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

if TYPE_CHECKING:
    from csplanner.book.book import Book


class Shelves:
    """The areas of a book (`accounts`, `people`, `touches`, …), each with its own verbs."""

    def __init__(self) -> None:
        book = cast("Book", self)
        self.accounts = Accounts(book)
        self.people = People(book)
        self.seats = Seats(book)
        self.tenures = Records(book, records_of(Tenure))
        self.ties = Records(book, records_of(Tie))
        self.terms = Records(book, records_of(ContractTerm))
        self.opportunities = Records(book, records_of(Opportunity))
        self.cases = Records(book, records_of(Case))
        self.subscriptions = Records(book, records_of(Subscription))
        self.exits = Records(book, records_of(Exit))
        self.touches = Touches(book)
        self.tasks = Tasks(book)
        self.notes = Notes(book)
        self.tags = Tags(book)
        self.time_entries = Records(book, records_of(TimeEntry))
        self.measurements = Records(book, records_of(Measurement))
        self.pulses = Records(book, records_of(Pulse))
        self.objectives = Records(book, records_of(Objective))
        self.promises = Records(book, records_of(Promise))
        self.ratings = Records(book, records_of(Rating))
        self.scorecards = Records(book, records_of(Scorecard))
        self.scorecard_factors = Records(book, records_of(ScorecardFactor))
        self.scorecard_grades = Records(book, records_of(ScorecardGrade))
        self.raci = Records(book, records_of(RaciCell))
        self.inspections = Records(book, records_of(Inspection))
        self.alternatives = Records(book, records_of(Alternative))
        self.placements = Records(book, records_of(Placement))
        self.definition_log = Rows(book, records_of(DefinitionChange))
        self.export_log = Rows(book, records_of(Exported))
        self.rates = BookRates(book)
        self.recipes = Recipes(book)
        self.meanings = Meanings(book)
        self.field_rules = FieldRules(book)
        self.archived_records = Records(book, records_of(ArchivedRecord))
        self.person_accounts = Records(book, records_of(PersonAccount))
        self.attention = Attentions(book)
        self.outside = OutsideNames(book)
        self.snapshots = Snapshots(book)
        self.news = BookNews(book)
        self.views = SavedViews(book)
        self.field_history = FieldHistory(book)
