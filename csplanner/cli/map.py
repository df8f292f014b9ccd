"""`csplanner map`: who is on the map of an account, what it tells, and the map as a file."""

from argparse import Namespace

from csplanner.book.book import Book
from csplanner.cli.books import looked
from csplanner.cli.output import day, number, one_line, print_json, print_table
from csplanner.domain.map_change import compare
from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_figures import MapChange
from csplanner.domain.map_lens import MOOD_WORDS, Seen, role_words
from csplanner.domain.map_model import Card, Judged, Lens, Line, LineKind, RelationMap, Standing
from csplanner.domain.map_told import Told, told_of
from csplanner.domain.wording import count_text
from csplanner.errors import UserError


def show(options: Namespace) -> int:
    """Print the map of one account, or write it to a file."""
    with looked(options) as book:
        account = book.accounts.only(options.account)
        map_id = _map_id(book, account.id, options.map)
        shown = book.relation_map.read(account.id, map_id=map_id)
        told = _changes(book, shown, options)
        csm = book.settings.csm
        whole = book.relation_map.read(account.id) if map_id else None
    if options.out is not None:
        return _write(shown, csm, told, options)
    if options.customer:
        shown = customer_map(shown, csm)
    if options.json:
        said = None if options.customer else told_of(shown, whole)
        print_json(_document(shown, told, said))
        return 0
    print(one_line(_head(shown)))
    _people(shown, plain=options.customer)
    if not options.customer:
        _told(told_of(shown, whole), shown)
    if told is not None:
        print(f"\nSince {told.since}: {told.sentence}")
        for change in told.changes:
            print(one_line(f"  {change.sentence}"))
    return 0


def _changes(book: Book, shown: RelationMap, options: Namespace) -> MapChange | None:
    """How the map differs from the same map on the day of `--since`; None without it."""
    since = options.since
    if since is None:
        return None
    if options.customer:
        raise UserError("What changed is for you alone. Leave out --since or --customer.")
    if since >= shown.day:
        raise UserError(f"{since} is not before {shown.day}. Choose an earlier day.")
    before = book.relation_map.read(shown.account_id, map_id=shown.map_id, day=since)
    return compare(before, shown)


def _map_id(book: Book, account_id: str, name: str | None) -> str:
    """The id of the further map with that name; empty for the map of everybody."""
    if not name:
        return ""
    there = book.maps.of(account_id)
    for one in there:
        if one.name.casefold() == name.casefold():
            return one.id
    names = ", ".join(one.name for one in there) or "none yet"
    raise UserError(f"No map of the account is called “{name}”. Besides that of all: {names}.")


def _write(shown: RelationMap, csm: str, told: MapChange | None, options: Namespace) -> int:
    from csplanner.qbr.map_export import export_map

    lens, safe = Lens(options.lens), options.customer
    written = export_map(shown, options.out, lens=lens, customer=safe, csm=csm, changes=told)
    if options.json:
        print_json({"files": [str(written)]})
    else:
        print(one_line(f"Wrote {written}"))
    return 0


def _head(shown: RelationMap) -> str:
    placed, parked = len(shown.placed()), len(shown.parking())
    name = f"{shown.account_name}, {shown.map_name}" if shown.map_name else shown.account_name
    beside = f", {parked} known and not on it" if parked else ""
    return f"{name}: {count_text(placed, 'card')} on the map as of {shown.day}{beside}"


def _people(shown: RelationMap, *, plain: bool) -> None:
    seen = Seen(shown)
    if plain:
        heads: tuple[str, ...] = ("Name", "Title", "Department", "Reports to", "Looked after by")
        print_table(heads, [_plain_row(card, shown, seen) for card in _in_order(shown)])
        return
    print_table(
        ("Name", "Title", "Role", "Influence", "Mood", "Reports to", "Strength", "Last contact"),
        [_row(card, seen) for card in _in_order(shown)],
        "lllrllrl",
    )


def _in_order(shown: RelationMap) -> list[Card]:
    """Chiefs before those who report to them, the parked last."""
    below: dict[str | None, list[Card]] = {}
    placed = {c.key for c in shown.placed()}
    for card in shown.placed():
        below.setdefault(card.above if card.above in placed else None, []).append(card)
    found: list[Card] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        card = waiting.pop()
        found.append(card)
        waiting += reversed(below.get(card.key, []))
    return found + [c for c in shown.cards if c not in found]


def _row(card: Card, seen: Seen) -> tuple[str, ...]:
    said = {Standing.VACANT: " (vacant)", Standing.LEFT: " (left)", Standing.AWAY: " (away)"}
    name = f"{card.name}{said.get(card.standing, '')}{' (not on it)' if card.parked else ''}"
    # The mood of who left says nothing of today: their card shows none either.
    mood = card.mood.value if card.is_active else None
    return (
        name, card.title or "—", role_words(card), _number(card.influence),
        "—" if mood is None else MOOD_WORDS[int(mood)] + _again(card.mood),
        seen.names.get(card.above or "", "—"), number(card.strength), day(card.last_contact),
    )  # fmt: skip


def _plain_row(card: Card, shown: RelationMap, seen: Seen) -> tuple[str, ...]:
    ours = (li.start for li in shown.of_kind(LineKind.TIE) if li.end == card.key)
    where = card.person.department if card.person is not None else ""
    return (
        card.name, card.title or "—", where or "—", seen.names.get(card.above or "", "—"),
        ", ".join(seen.name(key) for key in ours) or "—",
    )  # fmt: skip


def _number(judged: Judged) -> str:
    if judged.value is None:
        return "—"
    return f"{judged.value}{_again(judged)}"


def _again(judged: Judged) -> str:
    return ", re-check" if judged.recheck else ""


def _told(said: Told, shown: RelationMap) -> None:
    """Print what the map says: figures, roles, risks, and the departure that would cost most."""
    if shown.map_id:
        print("\nOf the whole account: what follows is also of who is not on this map.")
    print("\nWhat it says")
    for figure in said.metrics.figures:
        print(one_line(f"  {figure.title}: {figure.shown}. {figure.sentence}"))
    print(one_line(f"  {said.ladder.sentence}"))
    print("\nRoles")
    for goal in said.goals:
        print(one_line(f"  {goal.title}: {goal.covered} of {goal.wanted}. {goal.sentence}"))
    print("\nRisks")
    for place, risk in enumerate(said.risks, 1):
        print(one_line(f"  {place}. {risk.headline}. {risk.why} {risk.action}."))
    if not said.risks:
        print("  None found.")
    worst = [gone for gone in said.departures.values() if gone.costs][:3]
    if worst:
        print("\nIf somebody left")
    for gone in worst:
        print(one_line(f"  {gone.sentence}"))


def _document(shown: RelationMap, told: MapChange | None, said: Told | None) -> dict[str, object]:
    """The map for other programs; without what it says it is the one for the customer."""
    plain = said is None
    document: dict[str, object] = {
        "account": {"id": shown.account_id, "name": shown.account_name},
        "as_of": shown.day,
        "map": shown.map_name,
        "cards": [_card(card, plain=plain) for card in shown.cards],
        "ours": [{"key": o.key, "name": o.name, "function": o.function} for o in shown.ours],
        "lines": [_line(line, plain=plain) for line in shown.lines],
    }
    if said is None:
        return document
    return document | {
        "figures": said.metrics.figures, "goals": said.goals, "ladder": said.ladder,
        "risks": said.risks, "departures": list(said.departures.values()),
        "meetings": shown.meetings, "since": told.since if told is not None else None,
        "changes": told.changes if told is not None else None,
    }  # fmt: skip


def _card(card: Card, *, plain: bool) -> dict[str, object]:
    where = card.person.department if card.person is not None else ""
    said: dict[str, object] = {
        "key": card.key, "name": card.name, "title": card.title, "department": where,
        "reports_to": card.above,
    }  # fmt: skip
    if plain:
        return said
    return said | {
        "standing": card.standing, "roles": card.roles, "outside": card.outside,
        "influence": card.influence, "mood": card.mood, "politics": card.politics,
        "adaptability": card.adaptability, "orientation": card.orientation,
        "level_now": card.level_now, "level_wanted": card.level_wanted,
        "strength": card.strength, "last_contact": card.last_contact,
        "contacts_90": card.contacts_90, "parked": card.parked, "at": card.at,
        "unproven": card.unproven,
    }  # fmt: skip


def _line(line: Line, *, plain: bool) -> dict[str, object]:
    said: dict[str, object] = {"kind": line.kind, "from": line.start, "to": line.end}
    if plain:
        return said
    return said | {
        "strength": line.strength, "stated": line.stated, "state": line.state,
        "weight": line.weight, "label": line.label, "due": line.due, "last": line.last,
        "evidence": line.evidence, "on": line.on,
    }  # fmt: skip
