"""What a person has said of the files so far, beside the columns; kept while they are re-read."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from csplanner.crm.deciding import BOTH_DATES, BOTH_NUMBERS
from csplanner.crm.mapping import DATES, NUMBERS, ColumnMapping, FileMapping
from csplanner.crm.options import Options
from csplanner.ui.imports.mapping_step import CURRENCY
from csplanner.ui.imports.new_words import Place
from csplanner.ui.imports.reading_words import kind_of

ORDER, SIGN, DAY, ENCODING = "--date-order", "--decimal", "--as-of", "--encoding"
_FIELDS = {ORDER: "date_order", SIGN: "decimal", CURRENCY: "currency"}
_NAMES = frozenset(f.name for f in fields(Options))


@dataclass(slots=True)
class Said:
    """`for_now` holds, by the flag of a question, what stands in for its answer until there is
    one: the files are read so that they can be shown, and nothing goes on before it is answered.
    """

    encodings: dict[str, str] = field(default_factory=dict)
    reviewed: dict[str, Any] = field(default_factory=dict)
    """What the review asked for: matches, corrected cells and the like, by option."""
    for_now: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    """By the flag of a question, the file and column it is about."""

    def take(self, wanted: Mapping[str, Any]) -> None:
        """Take options the review asks for; mappings in them (matches, …) are added up."""
        for name, value in wanted.items():
            if name not in _NAMES:
                raise ValueError(f"no option is called {name}")
            known = self.reviewed.get(name)
            if isinstance(value, Mapping) and isinstance(known, Mapping):
                value = {**known, **value}
            elif isinstance(value, tuple) and isinstance(known, tuple):
                # Cells corrected before stay corrected.
                value = (*known, *value)
            self.reviewed[name] = value

    def completed(self, options: Options, today: date) -> Options:
        """The options with what was said, and what stands in for what was not."""
        given: dict[str, Any] = dict(self.reviewed)
        if options.meanings and "meanings" in given:
            given["meanings"] = {**given["meanings"], **options.meanings}
        for flag, answer in self.for_now.items():
            if flag in _FIELDS and not getattr(options, _FIELDS[flag]):
                given[_FIELDS[flag]] = answer
            elif flag == DAY and options.as_of is None:
                given["as_of"] = today
        return replace(options, encodings=dict(self.encodings), **given)

    def open_places(
        self, mappings: Sequence[FileMapping], answered: Set[Place]
    ) -> dict[Place, str]:
        """The columns that were read in a way that only stands in for an answer, with its flag."""
        return {
            (m.file, c.header): flag
            for m in mappings
            for c in m.used
            if (m.file, c.header) not in answered
            for flag in self.for_now
            if self._waits(flag, m.file, c)
        }

    def _waits(self, flag: str, file: str, column: ColumnMapping) -> bool:
        if flag == CURRENCY:
            return self.where.get(flag) == f"{file}: {column.header}"
        if flag == ORDER:
            return kind_of(column) in DATES and BOTH_DATES in column.why
        return flag == SIGN and kind_of(column) in NUMBERS and BOTH_NUMBERS in column.why
