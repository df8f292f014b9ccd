"""The stories written as a CRM would export them: one folder of CSV files for each snapshot."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from csplanner.domain.person import Role
from csplanner.domain.touch import Channel
from tools.sample.accounts import MODULES, NOTICE, SNAPSHOTS, Profile, years_before
from tools.sample.course import LAST, Story, module_shares
from tools.sample.events import deals, payment
from tools.sample.people import Character

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_ROLES = {Role.DAY_TO_DAY: "day-to-day"}
Row = dict[str, object]
_TIDEWATER_NOTES = {
    ("Buying", "voice.csat"): "3 answers, Sales, Tomas Lindqvist",
    ("Contract", "voice.csat"): "2 answers, Legal, Renée Abbot",
    ("Onboarding", "voice.nps"): "5 answers, Services, Dele Akinwale",
    ("Training", "voice.csat"): "41 answers, Education, Emre Kaya",
    ("Product", "voice.nps"): "88 answers, Product, Sofia Brandt",
    ("Support", "voice.csat"): "126 answers, Support, Ingrid Moe",
    ("Billing", "voice.csat"): "4 answers, Finance, Marcus Feld",
}
_BILLING_NOTE = "Three wrong invoices in four months. Accountable: Finance, Marcus Feld."


def salesforce_id(prefix: str, *parts: str) -> str:
    """An 18-character id: 15 from a digest of the parts, 3 that say which letters are capital."""
    number = int.from_bytes(blake2b("|".join(parts).encode(), digest_size=9).digest(), "big")
    text = prefix
    for _ in range(12):
        number, at = divmod(number, 62)
        text += _DIGITS[at]
    for start in (0, 5, 10):
        bits = sum(1 << i for i, c in enumerate(text[start : start + 5]) if c.isupper())
        text += _CHECK[bits]
    return text


def account_id(name: str) -> str:
    """The CRM's id of an account."""
    return salesforce_id("001", name)


def write_snapshots(stories: Sequence[Story], folder: Path) -> None:
    """One folder per snapshot, named by its day; rows that did not change are left out between."""
    written: dict[str, Row] = {}
    for n, day in enumerate(SNAPSHOTS):
        present = [s for s in stories if s.first <= n]
        whole = n in (0, LAST)
        for file, rows in _state_files(present, n).items():
            changed = [r for r in rows if whole or written.get(str(r["Id"])) != r]
            written |= {str(r["Id"]): r for r in changed}
            _write(folder / day.isoformat() / file, changed)
        for file, rows in _flow_files(present, n).items():
            _write(folder / day.isoformat() / file, rows)


def _write(path: Path, rows: Sequence[Row]) -> None:
    if not rows:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _state_files(stories: Iterable[Story], n: int) -> dict[str, list[Row]]:
    """Records as they stand at a snapshot."""
    files: dict[str, list[Row]] = {
        name: [] for name in ("Account", "Contact", "Contract", "Opportunity", "Case")
    }
    for story in stories:
        files["Account"].append(_account(story.profile, n))
        files["Contact"] += _contacts(story, n)
        files["Contract"] += _contracts(story.profile, n)
        files["Opportunity"] += _opportunities(story.profile, n)
        files["Case"] += _cases(story, n)
    return {f"{name}.csv": rows for name, rows in files.items()}


def _account(profile: Profile, n: int) -> Row:
    day = SNAPSHOTS[n]
    first = profile.first_value
    return {
        "Id": account_id(profile.name),
        "Name": profile.name,
        "Industry": profile.sector,
        "BillingCity": profile.city,
        "BillingCountry": profile.country,
        "Website": f"https://{profile.domain}",
        "ARR__c": _arr(profile, day),
        "CurrencyIsoCode": "USD",
        "Criticality__c": profile.criticality,
        "Customer_Since__c": profile.since.isoformat(),
        "First_Value_Date__c": first.isoformat() if first is not None and first <= day else "",
    }


def _arr(profile: Profile, day: date) -> int:
    if profile.name == "Okapi Mobility" and day < SNAPSHOTS[-1]:
        return 54_000
    return _term_arr(profile, 0 if day > years_before(profile.renewal, 1) else 1)


def _term_arr(profile: Profile, back: int) -> int:
    """Yearly revenue of the present term (0) or the one before."""
    if not back or profile.year == 1:
        return profile.arr_k * 1000
    rise = 4 + profile.number * 7 % 13
    return round(profile.arr_k * (100 - rise) / 100) * 1000


def _contacts(story: Story, n: int) -> list[Row]:
    day = SNAPSHOTS[n]
    found = []
    for person in story.people:
        if person.since is not None and person.since > day:
            continue
        found.append(_contact(story.profile, person, day))
    return found


def _contact(profile: Profile, person: Character, day: date) -> Row:
    role = "" if person.role is None else _ROLES.get(person.role, person.role.value)
    seen = person.active_on
    boss = salesforce_id("003", profile.name, person.boss) if person.boss else ""
    if person.boss == "amara" and day < SNAPSHOTS[-1]:
        boss = ""
    plain = person.last.encode("ascii", "ignore").decode() or "x"
    return {
        "Id": salesforce_id("003", profile.name, person.key),
        "AccountId": account_id(profile.name),
        "FirstName": person.first,
        "LastName": person.last,
        "Title": person.title,
        "Department": person.department,
        "Email": f"{person.first[0]}.{plain}@{profile.domain}".lower(),
        "Role__c": role,
        "ReportsToId": boss,
        "LastActivityDate": seen.isoformat() if seen is not None and seen <= day else "",
        "No_Longer_at_Company__c": "false",
    }


def _contracts(profile: Profile, n: int) -> list[Row]:
    day = SNAPSHOTS[n]
    start = max(profile.since, years_before(profile.renewal, 1) + timedelta(days=1))
    if profile.year == 1:
        start = profile.since
    rows = []
    if profile.year > 1:
        ended = years_before(profile.renewal, 1)
        before = max(profile.since, years_before(ended, 1) + timedelta(days=1))
        status = "Renewed" if ended < day else "Activated"
        rows.append(_contract(profile, (before, ended), profile.year - 1, status))
    if start <= day or not rows:
        rows.append(_contract(profile, (start, profile.renewal), profile.year, "Activated"))
    return rows


def _contract(profile: Profile, span: tuple[date, date], ordinal: int, status: str) -> Row:
    notice = NOTICE.get(profile.name) if ordinal == profile.year else None
    return {
        "Id": salesforce_id("800", profile.name, str(ordinal)),
        "AccountId": account_id(profile.name),
        "StartDate": span[0].isoformat(),
        "EndDate": span[1].isoformat(),
        "Notice_Deadline__c": notice.isoformat() if notice is not None else "",
        "Term_Number__c": ordinal,
        "ARR__c": _term_arr(profile, profile.year - ordinal),
        "CurrencyIsoCode": "USD",
        "Status": status,
    }


def _opportunities(profile: Profile, n: int) -> list[Row]:
    rows: list[Row] = [
        {
            "Id": salesforce_id("006", profile.name, deal.key),
            "AccountId": account_id(profile.name),
            "Name": deal.name,
            "StageName": deal.stage,
            "Type": deal.kind,
            "Amount": deal.amount,
            "CurrencyIsoCode": "USD",
            "CloseDate": deal.close.isoformat(),
            "Probability": deal.probability,
            "NextStep": deal.next_step,
            "IsClosed": "false",
            "IsWon": "false",
        }
        for deal in deals(profile)
        if deal.created <= SNAPSHOTS[n]
    ]
    return rows


def _cases(story: Story, n: int) -> list[Row]:
    day = SNAPSHOTS[n]
    name = story.profile.name
    people = [p for p in story.people if p.role is Role.DAY_TO_DAY] or list(story.people)
    rows: list[Row] = []
    for number, ticket in enumerate(story.tickets):
        if ticket.opened > day:
            continue
        closed = ticket.closed if ticket.closed is not None and ticket.closed <= day else None
        rows.append(
            {
                "Id": salesforce_id("500", name, str(number)),
                "CaseNumber": f"{story.profile.number + 1:02}{number + 1:04}",
                "AccountId": account_id(name),
                "ContactId": salesforce_id("003", name, people[0].key),
                "Subject": ticket.subject,
                "Status": "Closed" if closed else "Escalated" if ticket.escalated else "Working",
                "Priority": ticket.priority.value.capitalize(),
                "CreatedDate": ticket.opened.isoformat(),
                "ClosedDate": closed.isoformat() if closed else "",
                "IsClosed": str(closed is not None).lower(),
                "IsEscalated": str(ticket.escalated).lower(),
            }
        )
    return rows


def _flow_files(stories: Iterable[Story], n: int) -> dict[str, list[Row]]:
    """What happened and was measured since the snapshot before."""
    files: dict[str, list[Row]] = {
        name: [] for name in ("Event", "Task", "Usage", "Module_Usage", "Survey")
    }
    for story in stories:
        events, tasks = _activities(story, n)
        files["Event"] += events
        files["Task"] += tasks
        files["Usage"] += _usage(story, n)
        files["Module_Usage"] += _module_usage(story, n)
        files["Survey"] += _survey(story, n)
    return {f"{name}.csv": rows for name, rows in files.items()}


def in_period(day: date, n: int, first: int) -> bool:
    """Whether a day lies between snapshot `n` and the one before; the first brings all before."""
    return day <= SNAPSHOTS[n] and (n == first or day > SNAPSHOTS[n - 1])


def _activities(story: Story, n: int) -> tuple[list[Row], list[Row]]:
    events: list[Row] = []
    tasks: list[Row] = []
    name = story.profile.name
    for number, contact in enumerate(story.contacts):
        if contact.own or not in_period(contact.on, n, story.first):
            continue
        is_event = contact.channel in (Channel.MEETING, Channel.QBR)
        row: Row = {
            "Id": salesforce_id("00U" if is_event else "00T", name, str(number)),
            "AccountId": account_id(name),
            "WhoId": salesforce_id("003", name, contact.people[0]),
            "Subject": contact.topic,
            "ActivityDate": contact.on.isoformat(),
        }
        if is_event:
            row["Type"] = "QBR" if contact.channel is Channel.QBR else "Meeting"
            row["DurationInMinutes"] = contact.minutes or 0
        else:
            row["TaskSubtype"] = "Call" if contact.channel is Channel.CALL else "Email"
            row["CallDurationInSeconds"] = contact.minutes * 60 if contact.minutes else ""
            row["Status"] = "Completed"
        row["Description"] = contact.note
        (events if is_event else tasks).append(row)
    return events, tasks


def _numbers(story: Story, n: int) -> list[int]:
    """The usage that comes with a snapshot: its own, and with the first one that of the past."""
    past = [k for k in sorted(story.uses) if k < 0] if n == story.first else []
    return [*past, n] if n in story.uses else past


def _usage(story: Story, n: int) -> list[Row]:
    rows: list[Row] = []
    for number in _numbers(story, n):
        use = story.uses[number]
        late, disputes = payment(story.profile, max(0, number))
        rows.append(
            {
                "AccountId": account_id(story.profile.name),
                "AsOf": use.on.isoformat(),
                "SeatsBought": use.bought,
                "SeatsActive": use.active,
                "ModulesBought": story.profile.modules,
                "ModulesUsed": use.modules,
                "InvoiceOverdueDays": late if number >= 0 else "",
                "BillingDisputes": disputes if number >= 0 else "",
            }
        )
    if not rows and n in story.scores:
        rows.append(_payment_only(story, n))
    return rows


def _payment_only(story: Story, n: int) -> Row:
    """A line without use: the CRM has the account, its usage feed has stopped."""
    late, disputes = payment(story.profile, n)
    empty = dict.fromkeys(("SeatsBought", "SeatsActive", "ModulesBought", "ModulesUsed"), "")
    return {
        "AccountId": account_id(story.profile.name),
        "AsOf": SNAPSHOTS[n].isoformat(),
        **empty,
        "InvoiceOverdueDays": late,
        "BillingDisputes": disputes,
    }


def _module_usage(story: Story, n: int) -> list[Row]:
    rows: list[Row] = []
    own = account_id(story.profile.name)
    for number in _numbers(story, n):
        use = story.uses[number]
        rows += [
            {"AccountId": own, "Measure": "usage.events", "Value": count,
             "AsOf": use.on.isoformat(), "Module": module}
            for module, count in zip(MODULES, use.events, strict=False)
        ]  # fmt: skip
    if n in story.uses and (n % 3 == 0 or n == story.first):
        rows += [
            {"AccountId": own, "Measure": "usage.module_share", "Value": share,
             "AsOf": SNAPSHOTS[n].isoformat(), "Module": module}
            for module, share in module_shares(story, n).items()
        ]  # fmt: skip
    return rows


def _survey(story: Story, n: int) -> list[Row]:
    name = story.profile.name
    rows: list[Row] = []
    for answer in story.answers:
        if not in_period(answer.on, n, story.first):
            continue
        note = ""
        if name == "Tidewater Health Network":
            note = _TIDEWATER_NOTES.get((answer.touchpoint, answer.measure), "")
        elif name == "Tern Airways" and answer.touchpoint == "Billing" and n == LAST:
            note = _BILLING_NOTE
        rows.append(
            {
                "AccountId": account_id(name),
                "AsOf": answer.on.isoformat(),
                "Touchpoint": answer.touchpoint,
                "NPS": round(answer.value) if answer.measure == "voice.nps" else "",
                "CSAT": answer.value if answer.measure == "voice.csat" else "",
                "Note": note,
            }
        )
    return rows
