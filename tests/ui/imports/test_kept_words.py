"""What the review says of a value that stays because of what was decided before."""

from datetime import date

import pytest

from csplanner.book.staged_review import ReviewedField
from csplanner.book.staging_kept import KEPT, UNCHANGED
from csplanner.book.staging_pages import FieldChange
from csplanner.ui.imports.review_words import KEEP, line_of

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("reason", "kept_on", "note"),
    [
        (KEPT, "2026-03-03", "You kept yours on 3 Mar"),
        (UNCHANGED, "", "Unchanged in the CRM since you set it"),
    ],
)
def test_a_value_kept_before_says_why_it_stays_and_asks_nothing(reason, kept_on, note):
    change = FieldChange(
        1, "account", "a", "a", "Acme", "Acme", "city", "City", "text", "Altona", "Bremen", "csm",
        "2026-03-02", False, reason, "Account.csv", kept_on=kept_on,
    )  # fmt: skip
    line = line_of(ReviewedField(change), TODAY)
    assert (line.note, line.state) == (note, KEEP)
