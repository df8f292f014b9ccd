"""Notes and tasks of the sample's CSM, in her words."""

from collections.abc import Mapping

_TIDEWATER = "Tidewater Health Network"
Step = dict[str, object]


def _entry(day: str, label: str, step: Mapping[str, object]) -> dict[str, object]:
    return {"on": day, "label": label, "do": [dict(step)]}


def _note(account: str, day: str, text: str, *, pinned: bool = False) -> dict[str, object]:
    step: Step = {"op": "note", "account": account, "on": day, "text": text, "pinned": pinned}
    return _entry(day, f"Write a note, {account}", step)


def _task(
    account: str, day: str, title: str, due: str, *, kind: str = "task", at: str = "",
    minutes: int | None = None,
) -> dict[str, object]:  # fmt: skip
    step: Step = {
        "op": "task", "account": account, "on": day, "title": title, "due": due, "kind": kind,
        "at": at, "minutes": minutes,
    }  # fmt: skip
    return _entry(day, f"Add the task {title}", step)


JOTTED: tuple[dict[str, object], ...] = (
    _note(
        _TIDEWATER, "2025-11-20",
        "## How they decide\n\nFinance signs what is above 250,000 dollars, the board meets on the "
        "**third Thursday** of a month. Ask for the agenda two weeks before.\n\n"
        "- never call on Mondays, that is when the clinics report\n- slides in English",
        pinned=True,
    ),
    _note(
        _TIDEWATER, "2026-02-25",
        "Rosa’s last day was calm. She says the numbers speak for us and the night rates do not. "
        "Her advice: meet the new COO before the board of 16 Apr does.",
    ),
    _note(
        "Merrow Telecom", "2026-03-05",
        "Support and onboarding tell two different stories. Put both dates in one table before "
        "we send the recovery plan, and send it by 13 Mar.",
    ),
    _note(
        "Calder County Council", "2026-03-02",
        "The renewal sits with procurement. They go by calendar quarters, not by our dates.",
    ),
    _task("Calder County Council", "2026-03-02", "Ask procurement for the signed form",
          "2026-03-11"),
    _task(_TIDEWATER, "2026-03-10", "Call Amara Nwosu: a first meeting", "2026-03-13",
          kind="touch", minutes=30),
    _task("Merrow Telecom", "2026-03-10", "Put onboarding and support dates in one table",
          "2026-03-12"),
    _task("", "2026-03-10", "Plan the hours of the second quarter", "2026-03-18"),
    _task("Corvane Bank", "2026-03-03", "QBR with the branch leads", "2026-03-24",
          kind="meeting", at="14:00", minutes=60),
    _task(_TIDEWATER, "2026-03-10", "QBR with finance and operations", "2026-04-14",
          kind="meeting", at="15:30", minutes=60),
    _task("Harbour & Lane", "2026-03-03", "QBR: stores and returns", "2026-05-06",
          kind="meeting", at="10:00", minutes=45),
    _task("Brightwell Energy", "2026-03-03", "QBR before the summer", "2026-06-12",
          kind="meeting", at="11:00", minutes=60),
)  # fmt: skip
"""What she wrote down for herself."""
