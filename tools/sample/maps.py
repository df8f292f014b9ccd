"""What the CSM of the sample drew on relationship maps, as dated entries."""

from collections.abc import Iterable, Mapping
from datetime import date

from csplanner.domain.touch import TWO_WAY
from tools.sample.contacts import Contact

_TIDEWATER = "Tidewater Health Network"
_MERROW, _CORVANE, _LANTERN = "Merrow Telecom", "Corvane Bank", "Lantern Crisis Line"
Step = dict[str, object]

SEAT_NOTES = {
    "amara": "Runs operations since she joined; has not met us.",
    "lena": "Says in public that the numbers are ours.",
    "victor": "Pays without joy after three wrong bills.",
    "priscilla": "Doubts our answer on data residency.",
    "joel": "Calls us first when something breaks.",
    "rosa": "Defended us in the outage.",
    "kim": "Plans every shift with us.",
    "marcus": "Likes it; says little.",
}
"""What the judgements of Tidewater's people on 5 March rest on."""


def _entry(day: str, label: str, *steps: Mapping[str, object]) -> dict[str, object]:
    return {"on": day, "label": label, "do": list(steps)}


def _step(account: str, day: str, op: str, **more: object) -> Step:
    return {"op": op, "account": account, "on": day, **more}


def _stances(account: str, day: str, told: Mapping[str, Mapping[str, str]]) -> list[Step]:
    return [_step(account, day, "stance", person=name, **more) for name, more in told.items()]


def _line(account: str, day: str, kind: str, ends: tuple[str, str], **more: object) -> Step:
    start, end = ends
    return _step(account, day, "line", kind=kind, start=start, end=end, **more)


_EARLIER = {
    "Lena Park": (4, 0), "Victor Hale": (3, 1), "Priscilla Ong": (3, 0), "Joel Baptiste": (2, 1),
    "Rosa Delgado": (4, 2), "Kim Sato": (2, 1), "Marcus Bell": (2, 0),
}  # fmt: skip
_LEVELS = {
    "Lena Park": "exec", "Victor Hale": "director", "Priscilla Ong": "director",
    "Joel Baptiste": "manager", "Rosa Delgado": "director", "Kim Sato": "manager",
    "Marcus Bell": "manager",
}  # fmt: skip
_STANCES = {
    "Amara Nwosu": {"level": "exec", "politics": "inner", "relation_now": "vendor",
                    "relation_wanted": "solver", "orientation": "business"},
    "Lena Park": {"politics": "inner", "adaptability": "pragmatist", "relation_now": "solver",
                  "relation_wanted": "advisor", "orientation": "business"},
    "Victor Hale": {"politics": "structure", "adaptability": "conservative",
                    "orientation": "financial", "relation_now": "vendor",
                    "relation_wanted": "credible"},
    "Priscilla Ong": {"politics": "structure", "adaptability": "conservative",
                      "orientation": "technical", "relation_now": "vendor",
                      "relation_wanted": "credible"},
    "Joel Baptiste": {"politics": "outside", "adaptability": "visionary",
                      "orientation": "relationship", "relation_now": "credible",
                      "relation_wanted": "solver"},
}  # fmt: skip
_MET_BY = {
    "victor": "Tomas Lindqvist", "priscilla": "Sofia Brandt", "kim": "Ingrid Moe",
    "marcus": "Ingrid Moe",
}  # fmt: skip
"""Who of ours meets them, where it is not Maren."""
_MET_TOO = {(date(2026, 2, 10), "joel"): ("Maren Oduya", "Ingrid Moe")}

TIDEWATER_MAP: list[dict[str, object]] = [
    _entry(
        "2025-11-17", f"Judge influence and mood at {_TIDEWATER}",
        *(
            _step(_TIDEWATER, "2025-11-17", "seat", person=name, influence=influence, mood=mood,
                  note="Judged after the autumn review.")
            for name, (influence, mood) in _EARLIER.items()
        ),
        *_stances(_TIDEWATER, "2025-11-17", {n: {"level": v} for n, v in _LEVELS.items()}),
    ),
    _entry(
        "2026-01-29", "Say that Rosa Delgado is a champion",
        _step(_TIDEWATER, "2026-01-29", "yeses", person="Rosa Delgado", answers=[True, True, True],
              told_by="Joel Baptiste", note="She showed our figures to their board without us."),
    ),
    _entry(
        "2026-03-05", f"Say how people at {_TIDEWATER} stand to us",
        *_stances(_TIDEWATER, "2026-03-05", _STANCES),
    ),
    _entry(
        "2026-03-06", f"Draw who influences whom at {_TIDEWATER}",
        _line(_TIDEWATER, "2026-03-06", "influences", ("Lena Park", "Amara Nwosu"), weight=3,
              label="listens to, strongly", note="Amara asked Lena before she asked anybody."),
        _line(_TIDEWATER, "2026-03-06", "influences", ("Victor Hale", "Amara Nwosu"), weight=2,
              label="budget", note="Every department gives up 4 percent."),
        _line(_TIDEWATER, "2026-03-06", "doubts", ("Priscilla Ong", "Lena Park"), weight=2,
              label="doubts", note="Data residency, call in the first week of the year."),
    ),
    _entry(
        "2026-03-10", f"Keep a seat open at {_TIDEWATER}: Executive sponsor",
        _step(_TIDEWATER, "2026-03-10", "vacant", role="sponsor", title="Executive sponsor",
              below=["Amara Nwosu", "Victor Hale", "Lena Park"]),
    ),
    _entry(
        "2026-03-10", f"Say who of us knows whom at {_TIDEWATER}",
        _line(_TIDEWATER, "2026-03-10", "paired", ("Helen Castellan", "Amara Nwosu"),
              due="2026-03-27", note="Helen asked for thirty minutes.",
              ours_did="Helen sent Amara a note of welcome."),
        _line(_TIDEWATER, "2026-02-27", "knows", ("Dele Akinwale", "Kim Sato"), strength=50,
              note="Set up the rotas together."),
        _line(_TIDEWATER, "2026-02-27", "knows", ("Maren Oduya", "Kim Sato"), strength=45),
        _line(_TIDEWATER, "2026-02-19", "knows", ("Priya Raman", "Victor Hale"), strength=55,
              note="Signed the last renewal with him."),
    ),
    _entry(
        "2026-03-10", "Say that Lena Park goes by Dr Lena Park",
        _step(_TIDEWATER, "2026-03-10", "called", person="Lena Park", name="Dr Lena Park"),
    ),
]  # fmt: skip
"""Tidewater's map, as it is told on the day of the story."""


def met_by(contacts: Iterable[Contact]) -> dict[str, object]:
    """Who of ours took part in Tidewater's touches, where the CRM does not say."""
    steps: list[Step] = []
    for contact in contacts:
        if contact.channel not in TWO_WAY:
            continue
        who = contact.people[0]
        ours = _MET_TOO.get((contact.on, who)) or tuple(filter(None, (_MET_BY.get(who),)))
        if ours:
            steps.append(
                _step(_TIDEWATER, contact.on.isoformat(), "attended", topic=contact.topic,
                      people=list(ours))
            )  # fmt: skip
    return _entry("2026-03-10", f"Say who of us met whom at {_TIDEWATER}", *steps)


def _ours(account: str, *people: tuple[str, str]) -> dict[str, object]:
    steps = ({"op": "ours", "account": account, "name": n, "title": t} for n, t in people)
    return _entry("2026-03-10", f"Add our people at {account}", *steps)


OTHER_MAPS: list[dict[str, object]] = [
    _ours(_MERROW, ("Maren Oduya", "CSM"), ("Tomas Lindqvist", "Sales")),
    _entry(
        "2026-03-10", f"Draw the map of {_MERROW}",
        _step(_MERROW, "2026-03-10", "outsider", name="Dana Whitlock", title="Account executive",
              outside="competitor", company="Quillon"),
        _step(_MERROW, "2026-03-10", "outsider", name="Nora Finch", title="Adviser",
              outside="consultant", company="Bellweather"),
        _line(_MERROW, "2026-03-10", "knows", ("Dana Whitlock", "Cormac Iwasaki"), strength=65,
              note="Seen together at their offices."),
        _line(_MERROW, "2026-03-10", "influences", ("Nora Finch", "Judith Thackeray"), weight=3,
              label="runs the tender"),
        _line(_MERROW, "2026-03-10", "influences", ("Gwen Carrick", "Cormac Iwasaki"), weight=2,
              label="cost"),
        _line(_MERROW, "2026-03-10", "doubts", ("Judith Thackeray", "Ravi Eastwood"), weight=2,
              label="doubts"),
        _line(_MERROW, "2026-02-09", "knows", ("Tomas Lindqvist", "Gwen Carrick"), strength=40),
        _step(_MERROW, "2026-03-10", "yeses", person="Ravi Eastwood", answers=[False, True, True],
              note="Nobody above him asks what he thinks."),
        *_stances(_MERROW, "2026-03-10", {
            "Cormac Iwasaki": {"level": "exec", "politics": "inner", "relation_now": "vendor",
                               "relation_wanted": "credible"},
            "Judith Thackeray": {"level": "director", "politics": "structure"},
            "Gwen Carrick": {"level": "manager"}, "Ravi Eastwood": {"level": "manager"},
            "Zeno Prentice": {"level": "user"},
        }),
    ),
    _ours(_CORVANE, ("Maren Oduya", "CSM"), ("Helen Castellan", "Sponsor"),
          ("Dele Akinwale", "Services")),
    _entry(
        "2026-03-10", f"Draw the map of {_CORVANE}",
        _line(_CORVANE, "2026-01-23", "paired", ("Helen Castellan", "Pavel Ekström"),
              due="2026-04-23", ours_did="Helen opened the second branch with him.",
              they_asked="One number for the whole branch wave."),
        _line(_CORVANE, "2026-03-10", "influences", ("Emil Ashdown", "Wanda Pereira"), weight=2,
              label="branches"),
        _line(_CORVANE, "2026-03-10", "influences", ("Tomás Yeats", "Pavel Ekström"), weight=1,
              label="budget"),
        _line(_CORVANE, "2026-02-11", "knows", ("Dele Akinwale", "Leona Lomax"), strength=70),
        _step(_CORVANE, "2026-01-23", "attended", topic="Working session",
              people=["Helen Castellan", "Maren Oduya"]),
        _step(_CORVANE, "2026-02-19", "yeses", person="Emil Ashdown", answers=[True, True, True],
              told_by="Wanda Pereira", note="He won the second wave for us."),
        *_stances(_CORVANE, "2026-03-10", {
            "Pavel Ekström": {"level": "exec", "politics": "inner", "relation_now": "advisor",
                              "relation_wanted": "advisor"},
            "Wanda Pereira": {"level": "director", "politics": "inner", "relation_now": "solver",
                              "relation_wanted": "advisor"},
            "Tomás Yeats": {"level": "director"}, "Emil Ashdown": {"level": "manager"},
            "Leona Lomax": {"level": "user"},
        }),
    ),
    _entry(
        "2026-03-10", f"Add the map Branch wave 2 of {_CORVANE}",
        _step(_CORVANE, "2026-03-10", "further_map", name="Branch wave 2",
              people=["Wanda Pereira", "Emil Ashdown", "Leona Lomax"]),
    ),
    _entry(
        "2026-03-10", f"Keep a seat open at {_LANTERN}: Grants officer",
        _step(_LANTERN, "2026-03-10", "vacant", role="finance", title="Grants officer", below=[]),
    ),
]  # fmt: skip
"""What was drawn of other accounts."""
