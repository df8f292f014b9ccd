"""Erasing a person takes them off every map, plan, answer and file that is made of one."""

import shutil

from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.book.person_export import person_file
from csplanner.domain.map_model import Lens, LineKind
from csplanner.domain.tie import Tie, TieKind
from csplanner.qbr.export import prepare_qbr
from csplanner.qbr.map_list import write_map_list
from csplanner.qbr.map_slide import write_map_slides
from csplanner.sample import STORY_DAY
from tests.qbr.test_leaks import parts_of

NAME = "Rosa Delgado"
NOTE = "She showed our figures to their board"


def test_who_is_erased_is_in_no_map_plan_answer_or_file(sample_file, tmp_path):
    path = tmp_path / "sample.csbook"
    shutil.copyfile(sample_file, path)
    with Book.open(path, today=STORY_DAY) as book:
        book.backs_up = False
        account = book.accounts.find("Tidewater Health Network")[0].id
        people = {p.name: p.id for p in book.people.of(account)}
        rosa = people[NAME]
        book.ties.add(
            Tie(
                "t1", account, TieKind.INFLUENCES, rosa, people["Kim Sato"], evidence=f"{NAME} told"
            )
        )
        book.departures.plan(account)
        book.map_proposals.refuse(account, book.map_proposals.of(account)[0])
        exported = str(person_file(book, rosa))
        assert NOTE in exported, "what is known of a person is theirs to have"
        assert "told" in exported
        before = book.relation_map.read(account)
        assert any(NAME.encode() in part for _, part in parts_of(write_map_slides(before)))

        erase(book, rosa)

        seen = book.relation_map.read(account)
        assert NAME not in [c.name for c in seen.cards]
        assert not [t for t in book.tasks.of(account) if "Rosa" in t.title + t.note]
        assert len(list(seen.of_kind(LineKind.INFLUENCES))) == 2
        for day in (None, STORY_DAY.replace(month=1, day=31)):
            then = book.relation_map.read(account, day=day)
            files = [write_map_list(then), write_map_list(then, customer=True)]
            files += [write_map_slides(then, lens=lens) for lens in Lens]
            files.append(write_map_slides(then, customer=True))
            for content in files:
                for name, part in parts_of(content):
                    assert NAME.encode() not in part, name
                    assert NOTE.encode() not in part, name
        told = prepare_qbr(book, account, with_map=True).story
        assert NAME not in str([s for s in told.slides if s.key == "people"])
    content = path.read_bytes()
    assert NAME.encode() not in content
    assert NOTE.encode() not in content
