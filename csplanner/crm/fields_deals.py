"""Names of columns for what is sold: deals, subscriptions and assets, exits, invoices."""

from csplanner.crm.targets import targets

OPPORTUNITY = targets(
    "opportunity",
    """
    id | Deal ID | id | id opportunityid recordid donotmodifyopportunity hsobjectid dealid
        + opportunityopportunityid dealpipedrivesystemid nichtandernverkaufschance
        + verkaufschanceid iddelopportunite iddelaoportunidad nepasmodifieropportunite
        + nomodificaroportunidad
    account | Account ID | ref | accountid associatedcompanyidsprimary associatedcompanyids
        + primaryassociatedcompanyid associatedcompanyid accountaccountid accountnameid
        + dealorganizationid
    account_name | Account | nameref | accountname potentialcustomer account
        + associatedcompanyprimary associatedcompany accountaccountname customerid
        + parentaccountid accountnameaccountname dealorganization organizationname companyname
        + potenziellerkunde kontoname firmenname accountnamekonto nomducompte clientpotentiel
        + compte nombredelacuenta nombredecuenta clientepotencial cuenta associatedcompanyname
    person | Main contact (ID) | ref | primarycontactid associatedcontactidsprimary
    name | Deal | line | name opportunityname dealname topic dealtitle
        + opportunityopportunityname nameverkaufschance verkaufschance opportunitatsname
        + opportunityname thema nomdelopportunite opportunite rubrique nombredelaoportunidad
        + oportunidad tema
    stage | Stage | line | stagename stage dealstage salesstage opportunitystage dealstagename
        + salesstagecode stepname pipelinephase dealpipelinestageid phase verkaufsphase etape
        + etapa fase dealstagelabel
    status | Status | oppstate | status dealstatus statecode opportunitystatus statut estado
    status_reason | Reason of the status | line | statusreason statuscode statusgrund
        + raisondustatut razonparaelestado
    is_closed | Closed | bool | isclosed closed isdealclosed hsisclosed opportunityclosed
        + geschlossen ferme cerrado
    is_won | Won | bool | iswon won isclosedwon hsisclosedwon opportunitywon gewonnen gagne ganado
    close_on | Close date | date | closedate estclosedate closingdate opportunityclosedate
        + estimatedclosedate dealexpectedclosedate expectedclosedate schlusstermin
        + abschlussdatum geschatztesabschlussdatum vorausabschlussdatum datedecloture
        + datedecloturenestimee datedefermetureestimee fechadecierre
        + fechadecierreestimada fechaestimadadecierre
    actual_close | Closed on | date | actualclosedate dealwontime dealclosedtime
        + tatsachlichesabschlussdatum datedeclotureeffective
    amount | Amount | money | amount estrevenue dealvalue opportunityamount estimatedvalue
        + dealamount betrag geschatzterumsatz voraussichtlicherumsatz
        + montant revenuestime importe ingresosestimados
    currency | Currency | currency | currencyisocode amountcurrency currency dealcurrencycode
        + opportunitycurrency dealcurrencyofvalue dealcurrency transactioncurrencyid
        + opportunityamountcurrency wahrung devise moneda divisa betragwahrung
        + montantdevise importedivisa
    probability | Probability | percent | probability dealprobability hsdealstageprobability
        + closeprobability opportunityprobability dealprobabilitypercent wahrscheinlichkeit
        + probabilite probabilidad
    kind | Kind | oppkind | type dealtype opportunitytype opportunitykind dealtypename
    pipeline | Pipeline | line | pipeline dealpipeline pipelinename recordtypename
        + recordtype opportunityrecordtype
    next_step | Next step | line | nextstep hsnextstep opportunitynextstep nachsterschritt
        + prochaineetape siguientepaso
    loss_reason | Loss reason | line | lossreason closedlostreason reasonforloss
        + deallostreason opportunitylossreason verlustgrund
    gone | Deleted | bool | isdeleted fivetrandeleted archived hsarchived
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
        + donotmodifymodifiedon modifiedtime hslastmodifieddate nichtanderngeandertam
        + dealupdatetime updatedat
    created | Created | created | createddate createdon createdate createdtime dealdealcreated
        + erstelltam creele fechadecreacion
    """,
)
SUBSCRIPTION = targets(
    "subscription",
    """
    id | Subscription ID | id | id subscriptionid assetid assetassetid subscriptionname
        + subscriptionnumber
    account | Account ID | ref | accountid sbqqaccount customerid
    account_name | Account | nameref | accountname account accountaccountname sbqqaccountname
        + customer
    plan | Plan (one at a time) | line | plantier plan
    product | Product | line | product productname product2id name assetname sbqqproductname
        + product2name sbqqproduct productproductname
    start | Start | date | startdate installdate purchasedate subscriptionstart sbqqstartdate
        + subscriptionstartdate
    end | End | date | enddate usageenddate subscriptionend sbqqenddate subscriptionenddate
    seats | Seats | count | seats quantity licenses sbqqquantity sbqqrenewalquantity
    arr | ARR | money | arramount arr annualrecurringrevenue sbqqarr sbqqannualamount
    currency | Currency | currency | currencyisocode currency
    status | Status | assetstatus | status assetstatus
    is_trial | Trial | bool | istrial trial
    auto_renew | Renews by itself | bool | autorenewflag autorenew
    gone | Deleted | bool | isdeleted fivetrandeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
    """,
)
EXIT = targets(
    "exit",
    """
    id | Exit ID | id | id churneventid churnid exitid
    account | Account ID | ref | accountid
    account_name | Account | nameref | accountname account
    on | Left on | date | churndate exitdate lefton date
    outcome | Outcome | line | outcome
    cause | Cause | line | reasoncode reason cause churnreason
    destination | Went to | line | destination competitor
    evidence | Evidence | line | feedbacktext feedback evidence notes
    is_reactivation | Came back | bool | isreactivation reactivation
    gone | Deleted | bool | isdeleted
    """,
)
INVOICE = targets(
    "invoice",
    """
    id | Invoice ID | id | invoiceid id invoicenumber invoiceno documentnumber donotmodifyinvoice
    number | Invoice number | line | invoicenumber number invoiceno rechnungsnummer
        + numerodefacture numerodefactura invoice documentnumber
    account | Account ID | ref | accountid customerid associatedcompanyids
    account_name | Account | nameref | accountname account customer customername company
        + companyname accountaccountname kunde client cliente
    issued | Issued on | date | invoicedate issuedate issued dateissued createdon rechnungsdatum
        + datedefacture fechadefactura
    due | Due on | date | duedate due paymentdue invoiceduedate faelligam falligam
        + falligkeitsdatum datedecheance fechadevencimiento
    paid | Paid on | date | paiddate paidon datepaid paymentdate bezahltam
    amount | Amount | money | total amount totalamount invoiceamount grandtotal gesamtbetrag
        + montant importe
    balance | Still to pay | money | balance amountdue openamount outstanding balancedue offen
        + openbalance remaining
    currency | Currency | currency | currencyisocode currency invoicecurrency wahrung devise moneda
    status | Status | invoicestatus | status invoicestatus paymentstatus statut estado
    gone | Deleted | bool | isdeleted fivetrandeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
    """,
)
