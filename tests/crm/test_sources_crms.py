"""Exports of every CRM, in its labels and its internal names: the same records in a book."""

from datetime import date

import pytest

from csplanner.domain.account import CasePriority, OpportunityKind, OpportunityState
from csplanner.domain.money import Money
from csplanner.domain.person import PersonStatus, Role

HUBSPOT = {
    "labels": (
        ("hubspot-crm-exports-companies.csv",
         "Record ID,Company name,Company owner,Industry,City,Country/Region,Company Domain Name",
         "9001,Alder & Co,Maren Falk,COMPUTER_SOFTWARE,Bergen,Norway,alder.example",
         "9002,Birch Ltd,Maren Falk,RETAIL,Leeds,United Kingdom,birch.example"),
        ("hubspot-crm-exports-contacts.csv",
         ("Record ID,First Name,Last Name,Email,Job Title,Buying Role,Associated Company IDs,"
         "Associated Company,Unsubscribed from all email"),
         ("501,Ana,Lind,Ana.Lind@alder.example,CTO,Executive Sponsor;Champion,9001;9002;9999,"
         "Alder & Co;Birch Ltd;Elm,false")),
        ("hubspot-crm-exports-deals.csv",
         ("Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Amount,Currency,Deal Type,"
         "Deal probability,Associated Company IDs (Primary),Amount in company currency,Next step"),
         ("701,Alder 2027,Contract Sent,Renewals,2026-06-30 00:00,12000.5,EUR,existingbusiness,0.9,"
         "9001,13100,Call Ana"),
         ("702,Birch add-on,Closed Won,Sales Pipeline,2026-02-01 00:00,500,GBP,existingbusiness,1,"
         "9002,620,")),
        ("hubspot-crm-exports-tickets.csv",
         ("Ticket ID,Ticket name,Ticket status,Priority,Create date,Close date,"
         "Associated Company IDs,Associated Contact IDs"),
         "801,Login fails,Waiting on contact,URGENT,2026-02-10 09:00,,9001,501",
         "802,Old one,Closed,Low,2026-01-10 09:00,2026-01-12 10:00,9002,"),
    ),
    "internal": (
        ("companies.csv",
         "hs_object_id,name,hubspot_owner_id,industry,city,country,domain",
         "9001,Alder & Co,77,COMPUTER_SOFTWARE,Bergen,Norway,alder.example",
         "9002,Birch Ltd,77,RETAIL,Leeds,United Kingdom,birch.example"),
        ("contacts.csv",
         "hs_object_id,firstname,lastname,email,jobtitle,hs_buying_role,associatedcompanyid",
         "501,Ana,Lind,Ana.Lind@alder.example,CTO,Executive Sponsor;Champion,9001"),
        ("deals.csv",
         ("hs_object_id,dealname,dealstage,pipeline,closedate,amount,deal_currency_code,dealtype,"
         "hs_deal_stage_probability,associatedcompanyid,hs_next_step"),
         ("701,Alder 2027,contractsent,Renewals,2026-06-30,12000.5,EUR,existingbusiness,0.9,9001,"
         "Call Ana"),
         "702,Birch add-on,closedwon,default,2026-02-01,500,GBP,existingbusiness,1,9002,"),
        ("tickets.csv",
         ("hs_ticket_id,subject,hs_pipeline_stage,hs_ticket_priority,createdate,closed_date,"
         "associatedcompanyid,associatedcontactid"),
         "801,Login fails,Waiting on contact,URGENT,2026-02-10,,9001,501",
         "802,Old one,Closed,Low,2026-01-10,2026-01-12,9002,"),
        ("users.csv", "id,name,email", "77,Maren Falk,maren@ours.example"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", HUBSPOT)
def test_hubspot_comes_in_by_labels_and_internal_names(book, write, bring_in, shape):
    staged = bring_in(*(write(name, *lines) for name, *lines in HUBSPOT[shape]))
    assert staged.quarantined == 0
    assert staged.unknown_words == ()
    alder, birch = sorted(book.accounts.all(), key=lambda a: a.name)
    assert (alder.owner, alder.city, alder.country, alder.domain) == (
        "Maren Falk", "Bergen", "Norway", "alder.example",
    )  # fmt: skip
    (ana,) = book.people.of(alder.id)
    assert (ana.name, ana.title) == ("Ana Lind", "CTO")
    assert {s.role for s in book.seats.of(alder.id)} == {Role.SPONSOR, Role.CHAMPION}
    (renewal,) = book.opportunities.of(alder.id)
    assert (renewal.kind, renewal.state) == (OpportunityKind.RENEWAL, OpportunityState.OPEN)
    assert (renewal.amount.value, renewal.probability) == (Money(1200050, "EUR"), 90)
    assert renewal.close_on == date(2026, 6, 30)
    (won,) = book.opportunities.of(birch.id)
    assert (won.kind, won.state, won.probability) == (
        OpportunityKind.EXPANSION, OpportunityState.WON, 100,
    )  # fmt: skip
    (urgent,) = book.cases.of(alder.id)
    assert (urgent.priority, urgent.is_closed) == (CasePriority.URGENT, False)
    assert urgent.person_id == ana.id
    assert [c.is_closed for c in book.cases.of(birch.id)] == [True]


def test_further_companies_of_a_contact_are_kept_and_unknown_ones_told(book, write, bring_in):
    staged = bring_in(*(write(name, *lines) for name, *lines in HUBSPOT["labels"]))
    birch = book.accounts.only("Birch Ltd")
    rows = book.connection.execute("select account_id from account_person").fetchall()
    assert rows == [(birch.id,)]
    assert any("further account" in note for note in staged.notes)


OTHERS = {
    "Zoho": (
        ("Accounts_2026_03_01.csv",
         "Record Id,Account Owner.id,Account Owner,Account Name,Website,Industry,Billing City",
         "zcrm_3652397000000624001,zcrm_1,Maren Falk,Alder & Co,alder.example,Retail,Bergen"),
        ("Contacts_2026_03_01.csv",
         "Record Id,First Name,Last Name,Account Name.id,Account Name,Email,Title",
         ("zcrm_3652397000000624002,Ana,Lind,zcrm_3652397000000624001,Alder & Co,"
         "ana@alder.example,CTO")),
        ("Deals_2026_03_01.csv",
         ("Record Id,Deal Owner.id,Deal Name,Account Name.id,Account Name,Stage,Amount,"
         "Closing Date,Probability,Type"),
         ("zcrm_3652397000000624003,zcrm_1,Alder 2027,3652397000000624001,Alder & Co,"
         "Negotiation/Review,12000.50,2026-06-30,90,Renewal")),
    ),
    "Pipedrive": (
        ("organizations.csv",
         ("Organization - ID,Organization - Name,Organization - Owner,Organization - Website,"
         "Organization - Industry"),
         "11,Alder & Co,Maren Falk,alder.example,Retail"),
        ("people.csv",
         ("Person - ID,Person - Name,Person - Organization,Person - Email (Work),"
         "Person - Job title"),
         '12,Ana Lind,Alder & Co,"ana@alder.example, a.lind@home.example",CTO'),
        ("deals.csv",
         ("Deal - ID,Deal - Title,Deal - Value,Deal - Currency of value,Deal - Organization,"
         "Deal - Stage,Deal - Status,Deal - Expected close date,Deal - Probability"),
         "13,Alder 2027 renewal,12000.5,EUR,Alder & Co,Negotiations Started,Open,2026-06-30,90"),
    ),
    "Fivetran HubSpot": (
        ("company.csv",
         ("id,property_name,property_hubspot_owner_id,property_domain,property_industry,"
         "_fivetran_deleted,_fivetran_synced"),
         "9001,Alder & Co,77,alder.example,Retail,false,2026-03-01 01:00:00"),
        ("contact.csv",
         ("id,property_firstname,property_lastname,property_email,property_jobtitle,"
         "property_associatedcompanyid,_fivetran_deleted"),
         "501,Ana,Lind,ana@alder.example,CTO,9001,false"),
        ("deal.csv",
         ("deal_id,property_dealname,deal_pipeline_stage_id,property_amount,property_closedate,"
         "property_hs_deal_stage_probability,property_associatedcompanyid,property_dealtype"),
         "701,Alder 2027 renewal,contractsent,12000.5,2026-06-30,0.9,9001,newbusiness"),
        ("users.csv", "id,name,email", "77,Maren Falk,maren@ours.example"),
    ),
    "Fivetran Salesforce": (
        ("account.csv",
         "id,name,owner_id,website,industry,is_deleted,_fivetran_deleted",
         "001Nq00000J1MpfIAF,Alder & Co,005Nq00000AbCdEIAV,alder.example,Retail,false,false"),
        ("contact.csv",
         "id,account_id,first_name,last_name,email,title,reports_to_id,is_deleted",
         "003Nq00000AbCdEIAV,001Nq00000J1MpfIAF,Ana,Lind,ana@alder.example,CTO,,false"),
        ("opportunity.csv",
         ("id,account_id,name,stage_name,amount,currency_iso_code,close_date,probability,type,"
         "is_closed,is_won"),
         ("006Nq00000AbCdEIAV,001Nq00000J1MpfIAF,Alder 2027 renewal,Negotiation,12000.5,EUR,"
         "2026-06-30,90,Renewal,false,false")),
        ("user.csv", "id,name,email", "005Nq00000AbCdEIAV,Maren Falk,maren@ours.example"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("crm", OTHERS)
def test_every_crm_tells_the_same(book, write, bring_in, crm):
    staged = bring_in(
        *(write(f"{crm}/{name}", *lines) for name, *lines in OTHERS[crm]), currency="EUR"
    )
    assert (staged.quarantined, staged.unknown_words) == (0, ())
    (alder,) = book.accounts.all()
    assert (alder.name, alder.owner, alder.domain, alder.sector) == (
        "Alder & Co", "Maren Falk", "alder.example", "Retail",
    )  # fmt: skip
    (ana,) = book.people.of(alder.id)
    assert (ana.name, ana.email, ana.title) == ("Ana Lind", "ana@alder.example", "CTO")
    (deal,) = book.opportunities.of(alder.id)
    assert (deal.kind, deal.state) == (OpportunityKind.RENEWAL, OpportunityState.OPEN)
    assert (deal.amount.value, deal.close_on, deal.probability) == (
        Money(1200050, "EUR"), date(2026, 6, 30), 90,
    )  # fmt: skip


LABELS = {
    "de": ("Opportunity-Name,Accountname,Phase,Schlusstermin,Betrag,Betrag Währung,Gewonnen",
           "Alder 2027,Alder & Co,Verhandlung,30.06.2026,\"12.000,50\",EUR,Nein"),
    "fr": ("Nom de l'opportunité,Nom du compte,Étape,Date de clôture,Montant,Montant Devise,Gagné",
           "Alder 2027,Alder & Co,Négociation,30/06/2026,\"12\u202f000,50\",EUR,Non"),
    "es": (("Nombre de la oportunidad,Nombre de la cuenta,Etapa,Fecha de cierre,Importe,"
           "Importe Divisa,Ganado"),
           "Alder 2027,Alder & Co,Negociación,30/06/2026,\"12.000,50\",EUR,No"),
}  # fmt: skip


@pytest.mark.parametrize("language", LABELS)
def test_reports_in_other_languages_are_read(book, write, bring_in, language):
    head, row = LABELS[language]
    bring_in(write("report1736331676543.csv", head, row))
    (deal,) = (o for found in book.opportunities.grouped().values() for o in found)
    assert (deal.name, deal.amount.value, deal.close_on) == (
        "Alder 2027", Money(1200050, "EUR"), date(2026, 6, 30),
    )  # fmt: skip
    assert book.accounts.only("Alder & Co").name == "Alder & Co"


def test_inactive_people_and_accounts_of_dynamics_are_told(book, write, bring_in):
    bring_in(
        write("Account.csv",
              "(Do Not Modify) Account,Account Name,Status",
              "c41df91e-bd14-f011-9989-6045bd077ae5,Alder & Co,Active",
              "{C41DF91E-BD14-F011-9989-6045BD077AE6},Birch Ltd,Inactive"),
        write("Contact.csv",
              "(Do Not Modify) Contact,Full Name,Company Name,Email,Status",
              'c41df91e-bd14-f011-9989-6045bd077ae7,"Lind, Ana",Alder & Co,ana@a.example,Inactive'),
    )  # fmt: skip
    (alder,) = [a for a in book.accounts.all() if not a.archived]
    assert alder.name == "Alder & Co"
    (ana,) = book.people.of(alder.id)
    assert (ana.name, ana.status) == ("Ana Lind", PersonStatus.LEFT)
