"""What stands behind each number of the account page, by the key of the number."""

from collections.abc import Callable

from csplanner.ui.account import evidence, journey_rows, lens_rows, loyalty_rows
from csplanner.ui.account.evidence import Evidence
from csplanner.ui.account.reading import Seen

_Builders = dict[str, Callable[[], Evidence]]


def figure_evidence(seen: Seen, key: str) -> Evidence:
    """Return what a figure of the head rests on."""
    index, judgement, kept = seen.index, seen.judgement, seen.kept
    builders: _Builders = {
        "score": lambda: evidence.score_evidence(judgement, index.as_of, index=index),
        "sentiment": lambda: evidence.pulse_evidence(index, seen.behind),
        "gap": lambda: evidence.gap_evidence(judgement, index),
        "arr": lambda: evidence.arr_evidence(index),
        "renewal": lambda: evidence.term_evidence(index),
        "touch": lambda: evidence.hours_evidence(index, judgement),
        "again": lambda: loyalty_rows.again_evidence(index, kept),
    }
    return builders[key]()


def part_evidence(seen: Seen, part: str, key: str) -> Evidence:
    """Return what stands behind one row of a pane: bucket, module, answers, lens or stop."""
    index, judgement = seen.index, seen.judgement
    builders: _Builders = {
        "bucket": lambda: evidence.score_evidence(judgement, index.as_of, key, index),
        "use": lambda: _use(seen, key),
        "answers": lambda: evidence.answer_evidence(
            index, equipped=key == "equipped", behind=seen.behind
        ),
        "lens": lambda: lens_rows.lens_evidence(index, seen.kept, key),
        "stop": lambda: journey_rows.stop_evidence(index, seen.kept, key),
    }
    return builders[part]()


def _use(seen: Seen, module: str) -> Evidence:
    taken = evidence.history_of(seen.index, "usage.module_share", module)
    return evidence.measured_evidence(module, taken, seen.index.as_of)
