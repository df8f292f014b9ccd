"""The small forms of the bulk bar: each says before saving what it will change."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.domain.account import Tier
from csplanner.domain.money import totals
from csplanner.domain.overview import Overview
from csplanner.domain.wording import tier_word
from csplanner.language import tr
from csplanner.ui.actions import typed
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.book import bulk
from csplanner.ui.book.words import hours_change
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import plural
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.words import amounts

_REVIEW_AFTER = timedelta(days=90)


class BulkForm(Form):
    """A form about many accounts with a line that says what saving changes."""

    def __init__(
        self, session: BookSession, parent: QWidget, *, ids: Sequence[int], title: str, verb: str
    ) -> None:
        """`title` and `verb` name the accounts counted as `{0}`."""
        self.count = plural(len(ids), "account")
        super().__init__(
            session, parent, title=title.format(self.count), verb=verb.format(self.count)
        )
        self.ids = ids
        self.lines = bulk.lines_of(session.read, ids)
        self._preview = PlainLabel("", colour="text2")
        self._preview.setWordWrap(True)

    def add_preview(self) -> None:
        """Put the line that says what saving changes below what is there."""
        self.body.addWidget(self._preview)

    def show_preview(self, text: str) -> None:
        """Say what saving changes."""
        self._preview.setText(text)
        self.setAccessibleDescription(text)

    @property
    def preview(self) -> str:
        """What the form says saving changes."""
        return self._preview.text()


class BulkTierForm(BulkForm):
    """Places accounts in one tier."""

    def __init__(self, session: BookSession, parent: QWidget, *, ids: Sequence[int]) -> None:
        title, verb = tr("Set the tier of {0}"), tr("Place {0}")
        super().__init__(session, parent, ids=ids, title=title, verb=verb)
        self.tiers = LetterChoices(
            [Choice(t.value, tier_word(t), t.value[0]) for t in Tier], name=self.tr("Tier")
        )
        self._tier_line = self.add(self.tr("Tier"), self.tiers)
        self.reason = self.add(self.tr("Why"))
        ends = session.read.today + _REVIEW_AFTER
        self.review = self.add(self.tr("Look at it again on"), text=typed.day_shown(ends))
        self.add_preview()
        self.tiers.chosen.connect(self._show_change)
        self._show_change("")

    def _show_change(self, key: str) -> None:
        if not key:
            self.show_preview(bulk.sums(self.lines))
            return
        book, tier = self.session.read, Tier(key)
        barred = bulk.refused(self.lines, tier)
        if barred:
            self.show_preview(barred)
            return
        settings = book.settings
        moved = bulk.hours_moved(self.lines, tier, settings, book.as_of())
        self.show_preview(f"{bulk.sums(self.lines)}, {hours_change(moved, settings.hours_per)}")

    def collect(self) -> Work | None:
        review = self.read(self.review, partial(typed.read_day, today=self.session.read.today))
        if not self.tiers.key:
            self.fault(self._tier_line, tr("Choose a tier: h, m, l or d."))
            return None
        return partial(
            bulk.place,
            ids=self.ids,
            tier=Tier(self.tiers.key),
            reason=text_of(self.reason),
            review_on=review,
        )


class BulkStepForm(BulkForm):
    """Writes one next step for many accounts."""

    def __init__(self, session: BookSession, parent: QWidget, *, ids: Sequence[int]) -> None:
        title, verb = tr("Set the next step of {0}"), tr("Set for {0}")
        super().__init__(session, parent, ids=ids, title=title, verb=verb)
        self.step = self.add(self.tr("Next step"))
        self.due = self.add(self.tr("Due, if any"))
        self.add_preview()
        having = sum(1 for line in self.lines if line.next_step)
        said = (
            tr("{0}; {1} of them have a next step that this replaces").format(self.count, having)
            if having
            else self.count
        )
        self.show_preview(said)

    def collect(self) -> Work | None:
        due = self.read(self.due, partial(typed.read_day, today=self.session.read.today))
        text = text_of(self.step).strip()
        return partial(bulk.set_step, ids=self.ids, step=text, due=due)


class BulkArchiveForm(BulkForm):
    """Says what leaves the book before it does."""

    def __init__(self, session: BookSession, parent: QWidget, *, ids: Sequence[int]) -> None:
        words = tr("Archive {0}")
        super().__init__(session, parent, ids=ids, title=words, verb=words)
        self.add_preview()
        self.show_preview(_leaving(self.lines))

    def collect(self) -> Work | None:
        return partial(bulk.archive, ids=self.ids)


def _leaving(lines: Sequence[Overview]) -> str:
    money = amounts(totals(line.arr for line in lines if line.arr))
    what = f"{plural(len(lines), 'account')}{f' with {money} ARR' if money else ''}"
    return tr("{0} leave your lists and totals. Undo brings them back with all they hold.").format(
        what
    )
