"""Erasing a person takes them off every map, plan, answer and file that is made of one."""

import shutil
from datetime import timedelta

from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.book.person_export import person_file
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_model import Lens, LineKind
from csplanner.domain.map_record import MapVerdict
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.value import UNKNOWN
from csplanner.qbr.export import prepare_qbr
from csplanner.qbr.map_list import write_map_list
from csplanner.qbr.map_slide import write_map_slides
from csplanner.sample import STORY_DAY
from tests.qbr.test_leaks import parts_of

ACME = AccountId("acme")
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


def test_nothing_that_was_judged_of_who_is_erased_stays_in_their_seat_or_its_history(tmp_path):
    path = tmp_path / "acme.csbook"
    with Book.create(path, today=STORY_DAY) as book:
        book.accounts.add(Account(ACME, "Acme"))
        for key, name in (("zoe-0123456789", "Zoe Quark"), ("ben", "Ben"), ("cy", "Cy")):
            book.people.add(Person(key, ACME, name))
        book.seats.add(Seat("one", ACME, Role.CHAMPION, "zoe-0123456789", title="Head of rail"))
        book.seats.add(Seat("two", ACME, Role.FINANCE, "ben"))
        book.people.update("cy", reports_to="zoe-0123456789")
        zoe = "p:zoe-0123456789"
        judged = {"influence": 5, "mood": -2, "has_power": True, "role": Role.BUYER, "title": "COO"}
        book.map_edit.judge_all(ACME, zoe, judged, _said("FIRST"))
        book.map_edit.judge_all(ACME, "p:ben", {"mood": 1}, _said("OF-BEN", 1))
        book.map_edit.judge(ACME, zoe, "sells_for_us", value=True, evidence=_said("UNDONE"))
        book.undo()
        book.seats.fill("two", "zoe-0123456789", on_evidence=_said("TAKES-OVER"))
        book.map_edit.answer(ACME, f"left|one|{zoe[2:]}", MapVerdict.REFUSED)
        exported = str(person_file(book, zoe[2:]).document)
        assert all(note in exported for note in ("FIRST", "TAKES-OVER"))
        roles = [r for r in person_file(book, zoe[2:]).document["records"]["field_history"]
                 if r["field"] in ("role", "title")]  # fmt: skip
        assert {r["note"] for r in roles} == {"FIRST"}, "each judgement, not only the first field"

        erase(book, zoe[2:])

        seat = book.seats.get("one")
        assert (seat.influence, seat.mood, seat.has_power) == (UNKNOWN, UNKNOWN, None)
        while book.can_undo:
            book.undo()
    content = path.read_bytes()
    for mark in ("FIRST", "UNDONE", "TAKES-OVER", zoe[2:]):
        assert mark.encode() not in content, mark
    assert b"OF-BEN" in content


def _said(note: str, days_ago: int = 0) -> Evidence:
    return Evidence(EvidenceKind.TOLD, note=note, on=STORY_DAY - timedelta(days=days_ago))
