"""Names of columns for what happens: cases, activities, campaigns and their members."""

from csplanner.crm.targets import targets

CASE = targets(
    "case",
    """
    id | Case ID | id | id caseid ticketid recordid donotmodifycase hsobjectid hsticketid
        + incidentid casecaseid nichtandernanfrage nichtandernfall
    account | Account ID | ref | accountid associatedcompanyidsprimary associatedcompanyids
        + primaryassociatedcompanyid associatedcompanyid accountaccountid accountnameid
    account_name | Account | nameref | accountname customer account accountaccountname customerid
        + associatedcompanyprimary associatedcompany companyname company kunde client cliente
        + kontoname nomducompte nombredelacuenta associatedcompanyname requestercompany
    person | Person ID | ref | contactid associatedcontactidsprimary associatedcontactids
        + associatedcontactid primarycontactid contactnameid
    person_mail | Person, by e-mail | mail | contactemail associatedcontactemail requesteremail
    number | Case number | line | casenumber number ticketnumber casecasenumber caseno
        + anfragenummer fallnummer kundenvorgangsnummer numerodelarequete numerodelcaso
    subject | Subject | line | subject casetitle ticketname title casesubject betreff objet
        + asunto falltitel
    status | Status | casestatus | status ticketstatus casestatus hspipelinestage statecode
        + pipelinestage statut estado
    priority | Priority | priority | priority severity casepriority hsticketpriority prioritycode
        + prioritat priorite prioridad ticketpriority
    opened_on | Opened on | date | createddate submittedat createdon createdate openedon opened
        + datetimeopened casedateopened openeddate dateopened createdtime erstelltam
        + eroffnetam datedouverture fechadeapertura
    closed_on | Closed on | date | closeddate closedat closedate resolvedon closedon
        + datetimeclosed caseclosedate dateclosed geschlossenam datedecloture fechadecierre
    is_closed | Closed | bool | isclosed closed caseclosed
    escalated | Escalated | bool | isescalated escalationflag escalated caseescalated
    satisfaction | Satisfaction, 1 to 5 | satisfaction | satisfactionscore satisfaction csatscore
        + csat customersatisfactioncode
    gone | Deleted | bool | isdeleted fivetrandeleted archived hsarchived
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
        + donotmodifymodifiedon modifiedtime hslastmodifieddate updatedat
    """,
)
TOUCH = targets(
    "touch",
    """
    id | Activity ID | id | id activityid taskid eventid engagementid donotmodifyactivity
        + donotmodifyemail donotmodifyappointment donotmodifyphonecall recordid hsobjectid
    account | Account ID | ref | accountid whatid associatedcompanyids associatedcompanyidsprimary
        + associatedcompanyid relatedtoid
    account_name | Account | nameref | accountname account company companyaccount
        + associatedcompany companyoraccount organizationname companyname relatedto
        + activityorganization
    party | Who it was with (names) | parties | regarding regardingobjectid
    party_to | To (names) | parties | to requiredattendees callto recipients attendees
    party_from | From (names) | parties | from sender sendersaccount organizer callfrom
    person | Person ID | ref | whoid contactid associatedcontactids associatedcontactid
    person_mail | Person, by e-mail | mail | contactemail associatedcontactemail
    on | On | date | activitydate activitydatetime startdatetime starttime date activitydateonly
        + datesent senton actualstart startdate activityduedate duedate scheduledstart
        + createdon activityassignedon
    ended | Ended | date | actualend completeddatetime completedon
    replies | Replies | count | replycount numberofreplies replies
    subtype | Kind | channel | tasksubtype activitytype eventsubtype activitytypecode
    type | Kind, further | channel | type channel
    topic | Topic | line | subject topic calltitle meetingtitle meetingname tasktitle
        + activitysubject betreff objet asunto
    note | Note | html | description notes note body notesbody callnotes beschreibung
        + notebody activitynote
    seconds | Seconds | seconds | calldurationinseconds
    minutes | Minutes | minutes | durationinminutes duration minutes
    status | Status | taskstatus | status activitystatus taskstatus
    two_way | Two-way | bool | twoway istwoway
    meaningful | Meaningful | bool | meaningful ismeaningful
    gone | Deleted | bool | isdeleted fivetrandeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
    """,
)
CAMPAIGN = targets(
    "campaign",
    """
    id | Campaign ID | id | id campaignid donotmodifycampaign
    name | Campaign | line | name campaignname
    start | Start | date | startdate sentdate senddate proposedstart actualstart
    type | Kind | line | type campaigntype
    """,
)
"""Campaigns: they name what their members took part in, and when."""
MEMBER = targets(
    "member",
    """
    id | Membership ID | id | id campaignmemberid
    campaign | Campaign ID | ref | campaignid
    campaign_name | Campaign | line | campaignname campaign campaigncampaignname
    person | Person ID | ref | contactid
    lead | Lead ID | ref | leadid
    person_mail | Person, by e-mail | mail | email contactemail recipient
    account | Account ID | ref | accountid
    account_name | Account | nameref | companyoraccount accountname company companyaccount account
    status | Status | memberstatus | status memberstatus membershipstatus eventtype
    responded | Responded | bool | hasresponded responded
    opened | Opened | bool | opened hasopened
    clicked | Clicked | bool | clicked hasclicked
    on | On | date | firstrespondeddate memberfirstrespondeddate respondeddate senton sentdate
        + date createddate created
    gone | Deleted | bool | isdeleted fivetrandeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate
    """,
)
"""Members of campaigns: each becomes a touch of the channel campaign."""
