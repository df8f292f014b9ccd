"""Words of picklists by kind, in the form `header_key` gives them, and what each means."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from csplanner.book.rows import Cell
from csplanner.crm.fields_figures import WIDE
from csplanner.crm.targets import header_key
from csplanner.domain.measures import OTHER, WATCHED

LEFT_OUT = "none"
"""The meaning of a word that says nothing: the field stays as it is."""


def _words(**meanings: str) -> dict[str, str]:
    """Word → meaning, from the words of each meaning."""
    return {
        word: {"notdue": "not_due"}.get(meaning, meaning)
        for meaning, words in meanings.items()
        for word in words.split()
    }


_DEAL = _words(
    won="won closedwon gewonnen abgeschlossengewonnen geschlossengewonnen gagne gagnee "
    "fermeegagnee clotureegagnee ganada ganado cerradaganada cerradoganado vinta vunnen "
    "closedaccepted contractsigned",
    lost="lost closedlost verloren abgeschlossenverloren geschlossenverloren perdu perdue "
    "fermeeperdue clotureeperdue perdida perdido cerradaperdida closedlosttocompetition deleted "
    "canceled cancelled outsold abandoned disqualified",
    open="open offen ouvert ouverte abierta abierto inprogress onhold active new prospecting "
    "qualification qualified needsanalysis valueproposition iddecisionmakers "
    "identifydecisionmakers perceptionanalysis proposalpricequote negotiationreview proposal "
    "proposalmade proposalquote negotiation negotiations negotiationsstarted qualify develop "
    "propose close appointmentscheduled qualifiedtobuy presentationscheduled "
    "decisionmakerboughtin contractsent discovery demo demoscheduled evaluation contactmade "
    "pending paused",
)
VOCABULARY: Mapping[str, Mapping[str, Cell]] = MappingProxyType({
    "priority": _words(
        low="low p4 4 niedrig gering faible bas basse baja bajo minor trivial lowest planning",
        medium="normal medium moderate p3 3 mittel moyenne moyen media medio standard",
        high="high major p2 2 hoch haute eleve elevee alta alto important",
        urgent="urgent critical blocker p1 1 p0 0 dringend kritisch urgente critique critica "
        "highest emergency sev1",
    ),
    "roles": _words(
        sponsor="sponsor executivesponsor execsponsor",
        decides="decides decisionmaker economicdecisionmaker economicbuyer budgetowner "
        "entscheider decisionnaire decideur tomadordedecisiones",
        user="user enduser businessuser nutzer utilisateur usuario",
        champion="champion advocate promoter",
        day_to_day="daytoday daytodaycontact administrator admin projectmanager "
        "primarycontact technicalcontact keyuser poweruser productowner",
        finance="finance budgetholder procurement purchasing purchaser billing billingcontact "
        "accountspayable legalandcompliance einkauf",
        influencer="influencer executive other",
        evaluator="evaluator technicalbuyer technicalevaluator",
        coach="coach",
        sceptic="sceptic skeptic blocker detractor",
    ),
    "personstatus": _words(
        active="active aktiv actif activo current",
        leaving="leaving",
        left="left inactive inaktiv inactif inactivo former nolongeratcompany departed "
        "deactivated archived",
        on_leave="onleave leave parentalleave sabbatical",
        unverified="unverified",
    ),
    "side": _words(theirs="theirs customer client kunde", ours="ours us internal"),
    "oppstate": _DEAL,
    "stagestate": _DEAL,
    "channel": _words(
        call="call phonecall phone anruf appel llamada telephone telefonat",
        meeting="meeting onlinemeeting event appointment besprechung termin reunion "
        "rendezvous cita videocall demo lunch breakfast dinner workshop training conference",
        qbr="qbr ebr review businessreview",
        email="email mail letter incomingemail outgoingemail correo courriel loggedemail",
        visit="visit onsite besuch visite visita",
        message="message chat sms linkedin linkedinmessage whatsapp slack postalmail",
        campaign="campaign listemail webinar campaignresponse marketingemail",
        other="other task aufgabe tache tarea note todo fax custom deadline",
    ),
    "outcome": _words(
        renewed="renewed verlangert renouvele renovado",
        opted_out="optedout notrenewed churned cancelled canceled terminated gekundigt resilie "
        "lost",
        undecided="undecided open pending",
        notdue="notdue",
        **{LEFT_OUT: "draft activated active inapproval inapprovalprocess expired signed invoiced "
           "onhold"},
    ),
    "casestatus": _words(
        closed="closed resolved solved completed done geschlossen gelost ferme resolu resuelto "
        "cerrado canceled cancelled merged problemsolved informationprovided complete 4",
        open="open new working escalated inprogress onhold pending waiting waitingoncontact "
        "waitingonus waitingoncustomer neu offen nouveau ouvert nuevo abierto assigned active "
        "reopened researching waitingfordetails 1 2 3 inactive responded",
    ),
    "assetstatus": _words(
        running="installed active registered purchased shipped live activated current",
        ended="obsolete inactive cancelled canceled expired terminated returned",
    ),
    "invoicestatus": _words(
        open="open unpaid sent overdue pastdue due partiallypaid partial posted issued approved "
        "authorised authorized outstanding offen uberfallig impaye enattente pendiente vencida "
        "late billed partlypaid",
        paid="paid closed paidinfull complete settled bezahlt payee paye pagada pagado",
        disputed="disputed indispute dispute contested strittig conteste",
        void="void voided cancelled canceled draft writtenoff uncollectible storniert annulee "
        "anulada deleted credited refunded",
    ),
    "memberstatus": _words(
        sent="sent delivered invited planned mailed received subscribed added targeted bounced "
        "unsubscribed noshow declined noresponse notinterested member",
        opened="opened open viewed read",
        clicked="clicked click visited downloaded",
        responded="responded registered attended replied answered submitted accepted interested "
        "attendedondemand rsvpyes attendee converted",
    ),
    "criticality": {
        "convenience": 0, "important": 1, "businesscritical": 2, "missioncritical": 3,
        "lifesafety": 3, "missioncriticalorlifesafety": 3, "0": 0, "1": 1, "2": 2, "3": 3,
    },
})  # fmt: skip
"""Kind of target → word → meaning."""

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "stage": ("open", "won", "lost", "on_hold"),
    "status": ("open", "won", "lost", "on_hold"),
    "priority": ("low", "medium", "high", "urgent", LEFT_OUT),
    "role": ("sponsor", "decides", "champion", "day_to_day", "user", "finance", "influencer",
             "sceptic", LEFT_OUT),
    "kind": ("renewal", "expansion", "new", "other"),
    "channel": ("meeting", "call", "email", "visit", "message", "qbr", "campaign", "other"),
    "outcome": ("renewed", "opted_out", "undecided", "not_due", LEFT_OUT),
    "personstatus": ("active", "leaving", "left", "on_leave", "unverified", LEFT_OUT),
    "side": ("theirs", "ours", LEFT_OUT),
    "casestatus": ("open", "closed"),
    "assetstatus": ("running", "ended", LEFT_OUT),
    "invoicestatus": ("open", "paid", "disputed", "void"),
    "memberstatus": ("sent", "opened", "clicked", "responded"),
    "criticality": ("0", "1", "2", "3", LEFT_OUT),
    "measure": (*WATCHED, OTHER, LEFT_OUT),
})  # fmt: skip
"""What a person may say a word of each kind means, by the name of the kind."""


@cache
def vocabulary_of(kind: str) -> Mapping[str, Cell]:
    """The words of a kind of target; measures by id, title and short name."""
    if kind != "measure":
        return VOCABULARY.get(kind, {})
    titles = {header_key(title): measure for measure, title in _ENGLISH.items()}
    named = {name: t.field for t in WIDE if t.field in WATCHED for name in t.aliases}
    return named | titles | {header_key(m): m for m in WATCHED} | _SHORT


_ENGLISH = dict(WATCHED.items())
_SHORT = {"nps": "voice.nps", "csat": "voice.csat", "ces": "voice.ces",
          "seatsbought": "usage.seats_bought", "seatsactive": "usage.seats_active",
          "activeusers": "usage.seats_active", "events": "usage.events",
          "minutes": "usage.minutes", "errors": "usage.errors"}  # fmt: skip
