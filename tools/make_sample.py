"""Writes `resources/sample`: the snapshots and judgements of the sample book, always the same.

python -m tools.make_sample
"""

import json
import shutil
from pathlib import Path

from csplanner.domain.settings import BookSettings
from tools.sample.accounts import profiles
from tools.sample.contacts import RHYTHM, contacts
from tools.sample.course import Story, course, solve
from tools.sample.crm_files import write_snapshots
from tools.sample.events import answers, tickets
from tools.sample.goals import goals
from tools.sample.judgements import judgements, known_from
from tools.sample.people import characters

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"


def stories() -> list[Story]:
    """Every account with its story, solved."""
    settings = BookSettings(overdue_days=dict(RHYTHM))
    wanted = goals()
    found = []
    for profile in profiles():
        people = characters(profile)
        story = Story(
            profile,
            people,
            contacts(profile, people),
            tickets(profile),
            wanted.get(profile.name, ()),
            ((known_from(profile), profile.tier),),
            answers(profile, course(profile).get),
        )
        solve(story, settings)
        found.append(story)
    return found


def write(folder: Path) -> None:
    """Write every file of the sample into an empty folder."""
    told = stories()
    write_snapshots(told, folder)
    lines = [json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in judgements(told)]
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    (folder / "judgements.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    write(FOLDER)
