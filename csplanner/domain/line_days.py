"""Days, times and lengths as people type them into a line, in English and German."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.domain.line_words import Word, set_of

LONGEST = 24 * 60
"""Minutes of one touch at most."""
MOST_WORDS = 4
"""So many words say a day at most."""

_SPOKEN = {
    "today": 0, "heute": 0, "tonight": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1, "morgen": 1,
    "yesterday": -1, "gestern": -1, "vorgestern": -2, "ubermorgen": 2, "uebermorgen": 2,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "heute morgen": 0,
    "heute fruh": 0, "heute nachmittag": 0, "last night": -1, "gestern abend": -1,
    "yesterday morning": -1, "yesterday afternoon": -1, "tomorrow morning": 1,
    "tomorrow afternoon": 1, "morgen fruh": 1, "morgen nachmittag": 1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "day before yesterday": -2,
    "the day before yesterday": -2,
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon monday montag mo.", "tue tues tuesday dienstag di.",
         "wed weds wednesday mittwoch mi.", "thu thur thurs thursday donnerstag do.",
         "fri friday freitag fr.",
         "sat saturday samstag sonnabend sa.", "sun sunday sonntag so.")
    )
    for name in names.split()
}  # fmt: skip
_BEFORE = set_of("last letzten letzter letzte vorigen vergangenen")
_AFTER = set_of("next coming nachsten nachster nachste kommenden kommende")
_OF_THIS_WEEK = set_of("this diesen dieser diese")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january januar janner", "feb february februar", "mar march marz mrz maerz",
         "apr april", "may mai", "jun june juni", "jul july juli", "aug august",
         "sep sept september", "oct october okt oktober", "nov november",
         "dec december dez dezember"), 1,
    )
    for name in names.split()
}  # fmt: skip
_UNITS = {
    "d": 1, "day": 1, "days": 1, "tag": 1, "tage": 1, "tagen": 1,
    "w": 7, "week": 7, "weeks": 7, "woche": 7, "wochen": 7,
    "month": 30, "months": 30, "monat": 30, "monate": 30, "monaten": 30,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """Reads days; what has no year or week lies ahead of today when `ahead`, else behind it."""

    today: date
    ahead: bool = False

    def read(self, words: Sequence[Word]) -> date | None:
        """The day that all of these words say together, None when they say none."""
        if not 0 < len(words) <= MOST_WORDS:
            return None
        said = " ".join(w.plain for w in words)
        try:
            if said in _SPOKEN:
                return self.today + timedelta(days=_SPOKEN[said])
            found = self._counted(said) or self._of_week(words) or self._written(words)
        except (ValueError, OverflowError):
            return None
        return found if found is not None and 1970 <= found.year <= 2199 else None

    def _counted(self, said: str) -> date | None:
        if match := re.fullmatch(r"\+(\d{1,4})([dw]?)", said):
            return self._moved(int(match[1]), match[2] or "d")
        if match := re.fullmatch(r"in (\w+) ([a-z]+)", said):
            return self._moved(_number(match[1]), match[2])
        if match := re.fullmatch(r"(?:(\w+) ([a-z]+) ago|vor (\w+) ([a-z]+))", said):
            count = _number(match[1] or match[3])
            return self._moved(None if count is None else -count, match[2] or match[4])
        if said in ("eow", "end of week", "ende der woche"):
            return self.today + timedelta(days=(4 - self.today.weekday()) % 7)
        if said in ("eom", "end of month", "end of the month", "monatsende"):
            return self.today.replace(day=monthrange(self.today.year, self.today.month)[1])
        return None

    def _moved(self, count: int | None, unit: str) -> date | None:
        days = _UNITS.get(unit)
        if count is None or days is None:
            return None
        if days == 30:
            return _months_on(self.today, count)
        return self.today + timedelta(days=count * days)

    def _of_week(self, words: Sequence[Word]) -> date | None:
        which = words[0].plain if len(words) == 2 else ""
        if len(words) > 2 or (which and which not in _BEFORE | _AFTER | _OF_THIS_WEEK):
            return None
        name = words[-1]
        if which and name.plain in ("week", "woche"):
            monday = self.today - timedelta(days=self.today.weekday())
            return monday + timedelta(weeks=(which in _AFTER) - (which in _BEFORE))
        # German short names are words of English too: a full stop or a word before tells.
        weekday = _WEEKDAYS.get(name.plain, _WEEKDAYS.get(name.folded))
        if weekday is None and which:
            weekday = _WEEKDAYS.get(f"{name.plain}.")
        if weekday is None:
            return None
        since = (self.today.weekday() - weekday) % 7
        if which in _OF_THIS_WEEK:
            return self.today + timedelta(days=weekday - self.today.weekday())
        if which in _AFTER or (not which and self.ahead):
            return self.today + timedelta(days=7 - since)
        return self.today - timedelta(days=since or (7 if which else 0))

    def names_none(self, words: Sequence[Word]) -> bool:
        """Whether these words are written as a day, but no calendar has it: `31/2/2026`, `31 feb`.

        Of numbers alone only those with a whole year are: `80/20` is none.
        """
        if not 0 < len(words) <= MOST_WORDS or self.read(words) is not None:
            return False
        found = _parts_of_day(words)
        if found is None:
            return False
        year, _, day, is_named = found
        if year is not None:
            return is_named or any(re.search(r"\d{4}", w.plain) for w in words)
        return is_named and 1 <= day <= 31

    def _written(self, words: Sequence[Word]) -> date | None:
        found = _parts_of_day(words)
        return None if found is None else self._near(*found[:3])

    def _near(self, year: int | None, month: int, day: int) -> date | None:
        """That day; without a year the one nearest to today, or the next where days lie ahead."""
        if not 1 <= month <= 12:
            return None
        if year is not None:
            return date(year, month, day)
        near = [
            date(y, month, day)
            for y in range(self.today.year - 1, self.today.year + 2)
            if 1 <= day <= monthrange(y, month)[1]
        ]
        if self.ahead:
            return min((d for d in near if d >= self.today), default=None)
        return min(near, key=lambda d: abs((d - self.today).days), default=None)


def _parts_of_day(words: Sequence[Word]) -> tuple[int | None, int, int, bool] | None:
    """Year, if any, month and day as written, whether there is such a day or not; and whether
    the month is named. None for what is not written as a day.
    """
    said = " ".join(w.folded.strip("()[]\"'“”!?…") for w in words)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})\.?", said):
        return int(match[1]), int(match[2]), int(match[3]), False
    # Without a year only with what no number has: a full stop behind, or a stroke.
    for pattern in (
        r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})\.?)?",
        r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\.?",
        r"(\d{1,2})-(\d{1,2})-(\d{4})\.?",
    ):
        if match := re.fullmatch(pattern, said):
            return _year(match[3]), int(match[2]), int(match[1]), False
    if match := re.fullmatch(
        r"(\d{1,2})(?:\.|st|nd|rd|th)?(?: of)? ?([a-z]{3,9})\.?(?: ?[’']?(\d{4}|\d{2}))?", said
    ):
        day, name, year = match[1], match[2], match[3]
    elif match := re.fullmatch(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?\.?", said):
        name, day, year = match[1], match[2], match[3]
    else:
        return None
    return (_year(year), _MONTHS[name], int(day), True) if name in _MONTHS else None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else _NUMBERS.get(text)


def _months_on(day: date, count: int) -> date:
    at = day.year * 12 + day.month - 1 + count
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_HALVES = frozenset({"half an hour", "halbe stunde", "eine halbe stunde", "half hour"})
_HOUR = r"(?:h|hr|hrs|hour|hours|std\.?|stunde|stunden)"


def read_length(words: Sequence[Word]) -> int | None:
    """The minutes that these words say: `20m`, `1h`, `1:30`, `1.5h`, `1h30`, `30 min`.

    None when they say none, or more than a day. `6:00` and later are times of day.
    """
    said = " ".join(w.plain for w in words)
    if len(words) > 3:
        return None
    minutes: float | None = None
    if said in _HALVES:
        minutes = 30
    elif said in ("an hour", "eine stunde", "1 stunde"):
        minutes = 60
    elif match := re.fullmatch(r"(\d{1,4})\s?(?:m|min|mins|minute|minutes|minuten)\.?", said):
        minutes = int(match[1])
    elif match := re.fullmatch(r"(\d{1,2})\s?h\s?([0-5]\d)\s?m?(?:in)?", said) or re.fullmatch(
        r"([0-5]):([0-5]\d)h?", said
    ):
        minutes = int(match[1]) * 60 + int(match[2])
    elif match := re.fullmatch(rf"(\d{{1,2}}(?:[.,]\d{{1,2}})?)\s?{_HOUR}", said):
        minutes = float(match[1].replace(",", ".")) * 60
    if minutes is None or not 0 < minutes <= LONGEST:
        return None
    return round(minutes)


def is_too_long(words: Sequence[Word]) -> bool:
    """Whether these words are written as a length, but of more than a day: `1500m`, `30 hours`.

    `2000M` is an amount.
    """
    said = " ".join(w.text for w in words)
    match = re.fullmatch(
        r"(\d+)\s?(?:(m|min|mins|minutes?|Minuten?)|(?:h|hrs?|hours?|[Ss]td\.?|Stunden?))\.?", said
    )
    if match is None or len(words) > 2:
        return False
    digits = match[1].lstrip("0")[:6]
    return int(digits or "0") * (1 if match[2] else 60) > LONGEST


def read_time(words: Sequence[Word]) -> str:
    """The time of day that these words say, `14:30`: `at 9`, `2pm`, `14:30`, `um 14 Uhr`.

    Empty when they say none.
    """
    said = " ".join(w.plain for w in words)
    match = re.fullmatch(
        r"(?P<at>at |um |@ ?)?(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?"
        r" ?(?P<half>am|pm|uhr|h)?",
        said,
    )
    if len(words) > 3 or match is None:
        return ""
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"] or ""
    is_time = bool(match["at"]) or half in ("am", "pm", "uhr")
    if not is_time and not (":" in said and hour >= 6 and not half):
        return ""
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 else ""
