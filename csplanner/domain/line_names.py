"""Whom a typed line may name: people and accounts by every way to say them, looked up quickly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from csplanner.domain.line_words import Word, fold, plain_words, set_of
from csplanner.domain.person import Person, PersonStatus

MOST_WORDS = 6
"""So many words of a name are looked at."""
_LEGAL = set_of(
    "ag bv co corp corporation gmbh group gruppe holding inc incorporated kg limited llc llp ltd "
    "nv oy plc sa sarl sas se spa srl"
)
_TOO_COMMON = set_of("a an and das der die for in la le of on the und")
Said = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody and every account a line may name; make it once with `known`."""

    people: dict[Said, tuple[str, ...]]
    accounts: dict[Said, tuple[str, ...]]
    first_words: dict[Said, tuple[str, ...]]
    """Accounts by the first word of their names."""
    account_of: dict[str, str]
    """Per person the account."""
    gone: frozenset[str] = frozenset()
    """People who left: meant only where nobody else is."""
    initials: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """People by their initials in capitals."""

    def people_called(self, words: Sequence[Word]) -> tuple[str, ...]:
        """The ids of the people whom these words may name; those who left only if nobody else."""
        found = self.people.get(tuple(w.plain for w in words), ())
        if len(words) == 1:
            found = tuple(
                dict.fromkeys((*found, *self.initials.get(words[0].text.strip(".:"), ())))
            )
        return tuple(p for p in found if p not in self.gone) or found

    def accounts_called(self, words: Sequence[Word], *, also_short: bool) -> tuple[str, ...]:
        """The ids of the accounts that these words may name, `also_short` by their first word."""
        said = tuple(w.plain for w in words)
        found = self.accounts.get(said, ())
        return found or (self.first_words.get(said, ()) if also_short else ())


def known(people: Iterable[Person], accounts: Iterable[tuple[str, str]]) -> Known:
    """Who and what may be named: people, and accounts as pairs of id and name."""
    by_name: dict[Said, list[str]] = defaultdict(list)
    by_initials: dict[str, list[str]] = defaultdict(list)
    account_of, gone = {}, set()
    for person in people:
        account_of[person.id] = str(person.account_id)
        if person.status is PersonStatus.LEFT:
            gone.add(person.id)
        for said in _ways(person):
            by_name[said].append(person.id)
        initials = "".join(w[:1] for w in person.name.split()).upper()
        if 2 <= len(initials) <= 4 and initials.isalpha():
            by_initials[initials].append(person.id)
    whole: dict[Said, list[str]] = defaultdict(list)
    first: dict[Said, list[str]] = defaultdict(list)
    for account_id, name in accounts:
        words = plain_words(name)
        for said in {words, _without_form(words)} - {()}:
            whole[said].append(account_id)
        if words and len(words[0]) >= 3 and words[0] not in _TOO_COMMON:
            first[words[:1]].append(account_id)
    return Known(
        _frozen(by_name), _frozen(whole), _frozen(first), account_of, frozenset(gone),
        {said: tuple(ids) for said, ids in by_initials.items()},
    )  # fmt: skip


def _ways(person: Person) -> set[Said]:
    """How somebody may be called: whole, first or last name, with an initial, by e-mail."""
    words = plain_words(person.name)
    ways: set[Said] = {words, words[:1], words[-1:]}
    if len(words) > 1:
        ways |= {(words[0], words[-1][:1]), (words[0][:1], words[-1]), (words[0], words[-1])}
        ways.add((words[-1], words[0]))
    if len(words) > 2:
        ways |= {words[:2], words[-2:]}
    if person.email:
        ways.add((fold(person.email.strip()),))
    return {way for way in ways if way and any(len(w) > 1 for w in way)}


def _without_form(words: Said) -> Said:
    """A name without Inc, GmbH and the like at its end."""
    while len(words) > 1 and words[-1].replace(".", "") in _LEGAL:
        words = words[:-1]
    return words


def _frozen(found: dict[Said, list[str]]) -> dict[Said, tuple[str, ...]]:
    return {said: tuple(dict.fromkeys(ids)) for said, ids in found.items()}
