"""Set tier: H, M, L or D beside what the rule says, with a reason and a day to look again."""

from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.domain.account import Tier
from csplanner.domain.capacity import hours_promised
from csplanner.domain.period import add_months
from csplanner.domain.tiers import refusal
from csplanner.domain.wording import tier_word, unit_word
from csplanner.language import tr
from csplanner.ui.actions import writing
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.typed import read_day
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.words import hours

REVIEW_DAYS = 90
_FARTHEST_MONTHS = 36


class TierForm(Form):
    """Asks for the tier of one account; a tier other than the rule's needs a reason."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str,
        tier: Tier | None = None,
    ) -> None:
        file, judgement = session.read.derived.judge(account_id)
        self._choice, settings = judgement.choice, session.read.settings
        super().__init__(
            session,
            parent,
            title=tr("Set the tier of {0}").format(file.account.name),
            sentence=tr("The rule: {0}").format(self._choice.sentence),
            verb=tr("Set tier"),
        )
        self._account_id = account_id
        self._hours = {
            each: hours_promised(
                each,
                file,
                settings=settings,
                as_of=session.read.as_of(),
                band=judgement.health.band,
            )
            for each in Tier
        }
        self._line = judgement.overview
        self._unit = settings.hours_per
        self.tier = LetterChoices(
            [Choice(each.value, tier_word(each), each.value[0].upper()) for each in Tier],
            name=self.tr("Tier"),
        )
        self.tier_line = self.add(self.tr("Tier"), self.tier)
        self.hours = PlainLabel("", px=12, colour="text2")
        self.hours.setWordWrap(True)
        self.body.addWidget(self.hours)
        self.reason = self.add(self.tr("Reason"), text=self._choice.reason)
        review = session.today + timedelta(days=REVIEW_DAYS)
        self.review = self.day_field(self.tr("Look at it again on"), review)
        self.body.addWidget(self.review)
        self.tier.chosen.connect(self._show_hours)
        start = tier or self._choice.tier
        self.tier.choose(start.value if start else "")
        self._show_hours()
        self.begin_at(self.tier)

    def collect(self) -> Work | None:
        if not self.tier.key:
            self.fault(self.tier_line, self.tr("Choose a tier: h, m, l or d."))
            return None
        tier, reason = Tier(self.tier.key), text_of(self.reason).strip()
        barred = refusal(self._line, tier)
        if barred:
            self.fault(self.tier_line, barred)
            return None
        rule = self._choice.rule
        if rule is not None and tier is not rule and not reason:
            self.fault(
                self.reason,
                self.tr("The rule says {0}. Say in a few words why you choose {1}.").format(
                    tier_word(rule), tier_word(tier)
                ),
            )
        today = self.session.today
        review_on = self.read(self.review, lambda text: read_day(text, today))
        if review_on is not None and review_on <= today:
            self.fault(self.review, self.tr("Type a day after today, such as +90."))
        elif review_on is not None and review_on > add_months(today, _FARTHEST_MONTHS):
            self.fault(self.review, self.tr("That is years away. Type a sooner day, such as +90."))
        return partial(
            writing.place,
            account_id=self._account_id,
            tier=tier,
            reason=reason,
            review_on=review_on,
        )

    def _show_hours(self) -> None:
        spent = self._words(self._line.hours_spent)
        if not self.tier.key:
            self.hours.setText(self.tr("You spent {0} a {1}.").format(spent, unit_word(self._unit)))
            return
        promised = self._words(self._hours[Tier(self.tier.key)])
        self.hours.setText(
            self.tr("Promises {0} a {1} with what this quarter asks. You spent {2}.").format(
                promised, unit_word(self._unit), spent
            )
        )

    def _words(self, thousandths: int) -> str:
        return hours(thousandths, self._unit)
