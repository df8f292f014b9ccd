"""Further files of a CRM: campaigns, e-mails, users, assets, invoices, answers, figures, tags."""

from datetime import date

import pytest

from csplanner.crm.importing import look
from csplanner.domain.measures import measure_title
from csplanner.domain.touch import Channel

ACCOUNTS = ("Account ID,Account Name", "1,Alder", "2,Birch")
PEOPLE = ("Contact ID,Account ID,First Name,Last Name,Email",
          "9,1,Ana,Lind,ana@a.example", "10,2,Bo,Holm,bo@b.example")  # fmt: skip


@pytest.fixture
def base(write):
    """Two accounts with a person each."""
    return write("Account.csv", *ACCOUNTS), write("Contact.csv", *PEOPLE)


def figures(book, name):
    account = book.accounts.only(name)
    return {(m.measure, m.as_of): m.value.value / 1000 for m in book.measurements.of(account.id)}


def test_members_of_campaigns_become_touches(book, write, bring_in, base):
    staged = bring_in(
        *base,
        write("Campaign.csv", "Id,Name,StartDate", "c1,Spring webinar,2026-02-01"),
        write("CampaignMember.csv",
              "Id,CampaignId,ContactId,LeadId,Status,HasResponded,FirstRespondedDate,CreatedDate",
              "m1,c1,9,,Attended,true,2026-02-03,2026-01-20",
              "m2,c1,10,,Sent,false,,2026-01-20",
              "m3,c1,,5,Sent,false,,2026-01-20"),
    )  # fmt: skip
    (ana,) = book.touches.of(book.accounts.only("Alder").id)
    (bo,) = book.touches.of(book.accounts.only("Birch").id)
    assert (ana.topic, ana.on, ana.channel, ana.two_way) == (
        "Spring webinar", date(2026, 2, 3), Channel.CAMPAIGN, True,
    )  # fmt: skip
    assert (bo.two_way, bo.meaningful.value) == (False, False)
    assert staged.quarantined == 1
    assert len(ana.person_ids) == 1


def test_emails_find_their_account_by_exact_name_or_are_told(book, write, bring_in, base):
    staged = bring_in(
        *base,
        write("Emails.csv", "Subject,From,To,Regarding,Description,Date Sent,Activity Status",
              'Hello,Ana Lind,us@ours.example,Hello,"<html><head><style>p{}</style></head><body>'
              '<p>Dear&nbsp;all</p></body></html>",2026-02-10,Completed',
              "Offer,Maren,Somebody,Birch,Short,2026-02-11,Completed",
              "Spam,X,Y,Z,No,2026-02-12,Completed"),
    )  # fmt: skip
    (hello,) = book.touches.of(book.accounts.only("Alder").id)
    (offer,) = book.touches.of(book.accounts.only("Birch").id)
    assert (hello.topic, hello.channel, hello.note) == ("Hello", Channel.EMAIL, "Dear all")
    assert offer.topic == "Offer"
    assert staged.quarantined == 1


def test_owners_given_as_ids_get_the_names_of_users_in_any_order(book, write, bring_in):
    account = write("Account.csv", "Id,Name,OwnerId", "001Nq00000J1MpfIAF,Alder,005Nq00000AbCdEIAV")
    staged = bring_in(account)
    assert book.accounts.only("Alder").owner == ""
    assert any("owner is given as ids alone" in n for n in staged.notes)
    user = write("User.csv", "Id,FirstName,LastName,Email",
                 "005Nq00000AbCdEIAV,Maren,Falk,m@o.example")  # fmt: skip
    bring_in(account, user, as_of=date(2026, 3, 2))
    assert book.accounts.only("Alder").owner == "Maren Falk"


def test_invoices_tell_how_late_an_account_is(book, write, bring_in, base):
    bring_in(*base)
    staged = bring_in(
        write("invoices.csv",
              "Invoice Number,Customer,Invoice Date,Due Date,Total,Balance,Currency,Status",
              "I1,Alder,2025-12-01,2026-01-15,100,100,EUR,Overdue",
              "I2,Alder,2026-02-01,2026-03-15,50,50,EUR,Sent",
              "I3,Alder,2026-01-20,2026-02-20,70,70,EUR,Disputed",
              "I4,Birch,2025-12-01,2026-01-01,80,0,EUR,Paid",
              "I5,Cedar,2025-12-01,2026-01-01,80,80,EUR,Open"),
        source="Xero",
    )  # fmt: skip
    day = date(2026, 3, 1)
    assert figures(book, "Alder") == {
        ("commercial.invoice_overdue_days", day): 45, ("commercial.billing_disputes", day): 1,
    }  # fmt: skip
    assert figures(book, "Birch")["commercial.invoice_overdue_days", day] == 0
    assert staged.quarantined == 1


def test_answers_to_a_survey_become_one_figure_per_account_and_day(book, write, bring_in, base):
    staged = bring_in(
        *base,
        write("nps answers.csv", "Response date,Email,Score,Comment",
              "2026-02-01,Ana@a.example,9,Good",
              "2026-02-20,ana@a.example,4,Slow now",
              "2026-02-20,bo@b.example,10 - Very likely,",
              "2026-02-20,nobody@x.example,3,",
              "2026-02-21,bo@b.example,11,"),
    )  # fmt: skip
    assert figures(book, "Alder") == {
        ("voice.nps", date(2026, 2, 1)): 100, ("voice.nps", date(2026, 2, 20)): 0,
    }  # fmt: skip
    assert figures(book, "Birch") == {("voice.nps", date(2026, 2, 20)): 100}
    notes = {m.as_of: m.note for m in book.measurements.of(book.accounts.only("Alder").id)}
    assert notes[date(2026, 2, 20)] == "4: Slow now"
    assert staged.quarantined == 2


def test_months_beside_one_another_are_figures_over_time(book, write, bring_in, base):
    staged = bring_in(
        *base,
        write("Active users.csv", "Account ID,Account Name,2025-12,Jan 2026,Feb 2026,Q4 2026",
              "1,Alder,10,12,15,99", "2,Birch,7,,8,99"),
    )  # fmt: skip
    assert figures(book, "Alder") == {
        ("usage.seats_active", date(2025, 12, 31)): 10,
        ("usage.seats_active", date(2026, 1, 31)): 12,
        ("usage.seats_active", date(2026, 2, 28)): 15,
    }
    assert len(figures(book, "Birch")) == 2
    assert any("lie ahead" in n for n in staged.notes)


def test_measures_of_ones_own_and_tags_are_kept_when_chosen(book, write, bring_in):
    path = write("sheet.csv", "Account ID,Account Name,Logins per week,Programme,Region",
                 "1,Alder,12,Beta; Advisory board,North")  # fmt: skip
    (mapping,) = look([path]).mappings
    mapping = mapping.with_target("Logins per week", "measurement.other")
    mapping = mapping.with_target("Programme", "account.tag")
    mapping = mapping.with_target("Region", "account.tag")
    bring_in(path, mappings={"sheet.csv": mapping})
    alder = book.accounts.only("Alder")
    (kept,) = book.measurements.of(alder.id)
    assert (kept.measure, kept.value.value) == ("other.logins_per_week", 12_000)
    assert measure_title(kept.measure) == "Logins per week"
    words = book.connection.execute("select word from tag order by word").fetchall()
    assert words == [("Advisory board",), ("Beta",), ("North",)]
    assert not bring_in(path, mappings={"sheet.csv": mapping}).is_new


def test_words_nobody_knows_are_listed_and_read_as_said(book, write, bring_in, base):
    path = write(
        "Opportunity.csv",
        "Opportunity ID,Account ID,Opportunity Name,Stage,Close Date",
        "1,1,A,Verbal,2026-05-01",
        "2,1,B,Verbal,2026-05-01",
        "3,1,C,Won,2026-02-01",
    )
    staged = bring_in(*base, path)
    assert [(u.kind, u.word, u.count, u.read_as) for u in staged.unknown_words] == [
        ("stage", "Verbal", 2, "open")
    ]
    again = bring_in(*base, path, meanings={"stage": {"verbal": "won"}}, as_of=date(2026, 3, 2))
    assert again.unknown_words == ()
    deals = book.opportunities.of(book.accounts.only("Alder").id)
    assert {o.state.value for o in deals} == {"won"}


@pytest.mark.parametrize(("currency", "kept"), [("USD", 700), ("CAD", 700), ("EUR", None)])
def test_a_dollar_sign_is_a_dollar_in_force_or_asked_for(book, write, bring_in, currency, kept):
    staged = bring_in(write("a.csv", "Account Name,ARR", "Alder,$7"), currency=currency)
    arr = book.accounts.only("Alder").arr.value
    assert (arr.minor if arr else None) == kept
    assert arr is None or arr.currency == currency
    assert staged.quarantined == int(kept is None)


def test_ids_a_spreadsheet_shortened_and_names_without_letters_are_refused(book, write, bring_in):
    staged = bring_in(
        write("companies.csv", "Record ID,Company name", "1.23457E+11,Alder", "9002,Birch"),
        write("deals.csv", "Record ID,Deal Name,Deal Stage,Close Date,Associated Company IDs,"
              "Associated Company",
              "1,A,Contract sent,2026-05-01,1.23457E+11,",
              "2,B,Contract sent,2026-05-01,,????????"),
    )  # fmt: skip
    assert [a.name for a in book.accounts.all()] == ["Birch"]
    assert staged.quarantined >= 3
