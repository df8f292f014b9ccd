"""Headers that are a month, a quarter or a day: figures over time written beside one another."""

import re
import unicodedata
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero ene gen gennaio",
            "feb february februar fevrier fev fevr febrero febbraio",
            "mar march marz mrz mars marzo",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag",
            "jun june juni juin junio giugno",
            "jul july juli juillet juil julio luglio",
            "aug august aout agosto ago",
            "sep sept september septembre septiembre settembre",
            "oct october oktober okt octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec december dezember dez decembre diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
_SHAPES = (
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?:[ T]00:00.*)?"),
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>(?:19|20)\d\d)"),
    re.compile(r"(?P<y>(?:19|20)\d\d)[ -]?Q(?P<q>[1-4])", re.I),
    re.compile(r"Q(?P<q>[1-4])[ -/]*(?P<y>(?:19|20)\d\d)", re.I),
    re.compile(r"(?P<n>[a-z]+)\.?[ \-'’]*(?P<y>(?:19|20)?\d\d)", re.I),
    re.compile(r"(?P<y>(?:19|20)\d\d)[ -](?P<n>[a-z]+)\.?", re.I),
)
_LONGEST = 40


def period_end(header: str) -> str | None:
    """The last ISO day of the month, quarter or day a header names; None for other headers."""
    if len(header) > _LONGEST:
        return None
    folded = unicodedata.normalize("NFKD", header.strip().casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    for shape in _SHAPES:
        found = shape.fullmatch(bare)
        if found is not None:
            return _last_day(found.groupdict())
    return None


def _last_day(parts: dict[str, str | None]) -> str | None:
    year = int(parts["y"] or 0)
    year += 2000 if year < 100 else 0
    named, quarter = parts.get("n"), parts.get("q")
    month = _MONTHS.get(named, 0) if named else int(quarter or 0) * 3 or int(parts.get("m") or 0)
    if not 1 <= month <= 12:
        return None
    try:
        if parts.get("d"):
            return date(year, month, int(parts["d"] or 0)).isoformat()
        return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat()
    except ValueError:
        return None


def split_period(header: str) -> tuple[str, str] | None:
    """What stands before a period at the end of a header, and the period's last ISO day."""
    words = header.strip().split()
    for at in range(len(words)):
        day = period_end(" ".join(words[at:]))
        if day is not None:
            return " ".join(words[:at]).rstrip(" -:,"), day
    return None


def are_over_time(headers: list[str] | tuple[str, ...]) -> bool:
    """Whether at least two headers name periods, so that figures stand over time."""
    return sum(1 for h in headers if split_period(h) is not None) >= 2
