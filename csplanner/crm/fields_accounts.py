"""Names of columns for what an account is: the account, its terms, people and their roles."""

from csplanner.crm.targets import targets

ACCOUNT = targets(
    "account",
    """
    id | Account ID | id | id accountid recordid donotmodifyaccount hsobjectid accountaccountid
        + organizationid organizationpipedrivesystemid companyid customerid customernumber kdnr
        + kundennr kundennummer kundenid numeroclient numerodeclient nichtandernfirma
        + nepasmodifiercompte nomodificarcuenta kontoid accountnummer iddecompte iddelacuenta
    name | Account | line | name accountname companyname organizationname account accountaccountname
        + customer customername company accountnameaccountname organizationorganizationname
        + firmenname firma kontoname kundenname nomducompte compte nomdelentreprise
        + nombredelacuenta nombredecuenta cuenta kunde client cliente
    sector | Sector | line | industry sector accountindustry organizationindustry industrycode
        + branche secteur secteurdactivite sectordeactividad sectorindustrial industria
    city | City | line | billingcity city address1city billingaddresscity accountbillingcity
        + addresscity organizationcitytownvillagelocality accountcity adresse1ort ort
        + rechnungsort ville villedefacturation adresse1ville ciudad ciudaddefacturacion
        + rechnungsanschriftstadt
    country | Country | line | billingcountry country countryregion address1countryregion
        + billingcountrycode billingaddresscountry address1country accountbillingcountry
        + organizationcountry adresse1landregion land rechnungsland pays paysdefacturation
        + adresse1paysregion pais paisdefacturacion
    domain | Web domain | domain | website websiteurl companydomainname domain accountwebsite
        + organizationwebsite organizationdomain webseite siteweb sitioweb paginaweb
    owner | Owner | line | csm customersuccessmanager ownername accountowner companyowner owner
        + csmowner organizationowner kontoinhaber besitzer accountinhaber proprietaireducompte
        + proprietaire propietariodelacuenta propietario accountcustomersuccessmanager
    owner_id | Owner (ID or e-mail) | owner | ownerid hubspotownerid accountownerid companyownerid
        + owneremail organizationownerid
    segment | Segment | line | segment customersegment plantier customersize accountsegment
        + idealcustomerprofiletier
    arr | ARR | money | arr annualrecurringrevenue arrusd arreur arramount currentarr acv
        + accountarr hsarr
    currency | Currency | currency | currencyisocode currency arrcurrency accountcurrency
        + transactioncurrencyid wahrung devise moneda divisa annualrecurringrevenuecurrency
    criticality | Criticality | criticality | criticality accountcriticality
    customer_since | Customer since | date | customersince customersincedate signupdate
        + firstcontractdate accountcustomersince kundeseit clientdepuis clientedesde
    first_value_on | First value on | date | firstvaluedate firstvalueon firstvalue golivedate
        + golive onboardingdone onboardingfinished
    tag | Keep as a tag | tags | tag tags organizationlabels organizationlabel
    gone | Deleted | bool | isdeleted fivetrandeleted archived hsarchived
    inactive | Inactive in the CRM | inactive | statecode accountstatecode
    merged_into | Merged into (ID) | ref | masterrecordid masterid accountmasterrecordid
    merged_ids | Merged IDs | mergedids | mergedrecordids hsmergedobjectids mergedcompanyids
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
        + donotmodifymodifiedon lastmodified modifiedtime hslastmodifieddate
        + nichtanderngeandertam organizationupdatetime updatedat
    created | Created | created | createddate createdon createdate createdtime
        + organizationorganizationcreated erstelltam creele fechadecreacion
    """,
)
TERM = targets(
    "term",
    """
    id | Contract ID | id | id contractid contractnumber donotmodifycontract contractcontractnumber
        + vertragsnummer numerodecontrat numerodecontrato
    account | Account ID | ref | accountid accountaccountid
    account_name | Account | nameref | accountname account accountaccountname customer
        + accountnameaccountname
    start | Term starts | date | startdate contractstartdate termstart contractcontractstartdate
        + vertragsbeginn datededebutducontrat fechadeiniciodelcontrato
    end | Renewal date | date | enddate contractenddate renewaldate termend renewal contractend
        + contractcontractenddate contractrenewaldate accountrenewaldate accountcontractenddate
        + vertragsende
        + verlangerungsdatum datedefinducontrat datederenouvellement fechaderenovacion
        + fechadefindelcontrato
    months | Term in months | months | contractterm termmonths contracttermmonths
        + contractcontracttermmonths vertragslaufzeitmonate sbqqsubscriptionterm
    notice_deadline | Notice deadline | date | noticedeadline noticedate noticeby
        + kundigungsfrist
    notice_days | Notice in days | days | ownerexpirationnotice noticedays noticeperioddays
    ordinal | Number of the term | ordinal | termnumber ordinal
    arr | ARR of the term | money | arr annualrecurringrevenue arramount
    currency | Currency | currency | currencyisocode currency
    outcome | Outcome | outcome | outcome renewaloutcome status statuscode
    notice_given | Notice given | bool | noticegiven
    gone | Deleted | bool | isdeleted fivetrandeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon modifiedtime
    """,
)
PERSON = targets(
    "person",
    """
    id | Person ID | id | id contactid recordid donotmodifycontact hsobjectid personid
        + contactcontactid personpipedrivesystemid nichtandernkontakt nepasmodifiercontact
        + nomodificarcontacto kontaktid iddecontact iddelcontacto
    account | Account ID | refs | accountid associatedcompanyidsprimary associatedcompanyids
        + primaryassociatedcompanyid associatedcompanyid accountaccountid accountnameid
        + personorganizationid
    account_name | Account | nameref | accountname companyname account company
        + associatedcompanyprimary associatedcompany accountaccountname parentcustomerid
        + personorganization accountnameaccountname firmenname kontoname firma nomducompte
        + compte societe nombredelacuenta nombredecuenta cuenta associatedcompanyname
        + organizationname
    accounts | Further accounts (IDs) | refs | associatedcompanyids allassociatedcompanyids
        + accountids
    accounts_names | Further accounts (names) | names | associatedcompany associatedcompanies
    first | First name | line | firstname contactfirstname first vorname prenom nombre
        + personfirstname contactvorname
    last | Last name | line | lastname contactlastname surname nachname nomdefamille apellidos
        + personlastname apellido nom
    name | Name | line | name fullname contactname contactfullname personname ansprechpartner
        + kontaktperson
        + vollstandigername kontaktname nomcomplet nombrecompleto nombredelcontacto
    title | Title | line | title jobtitle contacttitle position personjobtitle
        + contactjobtitle titel fonction cargo puesto stellung posten
    department | Department | line | department contactdepartment abteilung service departamento
    email | Person, by email | email | email emailaddress1 contactemail primaryemail emailaddress
        + personemailwork personemail emailadresse adressemail courriel adresseemail mail
        + correoelectronico personemailhome
    emails | Further e-mails | emails | additionalemailaddresses hsadditionalemails secondaryemail
        + personemailother
    phone | Phone | line | phone businessphone phonenumber contactphone telephone1 personphonework
        + personphone telefon telephone telefono telefongeschaftlich
    mobile | Mobile phone | line | mobilephone mobilephonenumber mobile contactmobile
        + contactmobilephone personphonemobile mobiltelefon mobil
    left | No longer there | bool | nolongeratcompany leftcompany haslefth hasleft
        + haslefthcompany nolongerthere nolongerwithcompany
    left_on | Left on | date | lefton leftdate leavingdate
    status | Status | personstatus | status contactstatus statecode
    side | Side | side | side
    last_activity_on | Last activity | date | lastactivitydate lastactivity lastcontacted
        + notesslastcontacted noteslastcontacted noteslastupdated lastactivitytime
        + contactlastactivity letzteaktivitat
    reports_to | Reports to (ID) | ref | reportstoid managerid reportingtoid
    role | Role in the account | roles | role roles buyingrole accountrole contactrole hsbuyingrole
        + contactroles accountrolecode rolle
    influence | Influence, 1 to 5 | influence | influence
    mood | Mood, −2 to 2 | mood | mood sentiment
    gone | Deleted | bool | isdeleted fivetrandeleted archived hsarchived
    merged_into | Merged into (ID) | ref | masterrecordid masterid
    merged_ids | Merged IDs | mergedids | mergedvids hscalculatedmergedvids mergedrecordids
        + hsmergedobjectids mergedcontactids
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
        + donotmodifymodifiedon modifiedtime hslastmodifieddate nichtanderngeandertam
        + updatedat personupdatetime
    created | Created | created | createddate createdon createdate createdtime erstelltam
    """,
)
SEAT = targets(
    "seat",
    """
    account | Account ID | ref | accountid
    account_name | Account | nameref | accountname account accountaccountname
    person | Person ID | ref | contactid
    role | Role in the account | roles | role roles contactrole
    gone | Deleted | bool | isdeleted fivetrandeleted
    inactive | Ended | notactive | isactive
    modified | Last modified | stamp | systemmodstamp lastmodifieddate
    """,
)
USER = targets(
    "user",
    """
    id | User ID | id | id userid ownerid donotmodifyuser systemuserid hsobjectid
    name | Name | line | name fullname username ownername
    first | First name | line | firstname
    last | Last name | line | lastname
    email | E-mail | line | email useremail internalemailaddress primaryemail
    """,
)
"""Users of the CRM: they give names to accounts' owners that are ids."""
