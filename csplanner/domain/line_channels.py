"""Words that say how somebody was in touch, in English and German."""

from csplanner.domain.line_words import set_of
from csplanner.domain.touch import Channel

_SAID = {
    Channel.CALL: "call, called, calls, phone, phoned, phone call, rang, ring, tel, telephone, "
    "telefon, telefonat, telefoniert, anruf, anrufen, angerufen, conference call",
    Channel.EMAIL: "email, emailed, e-mail, e-mailed, mail, mailed, wrote, wrote to, gemailt, "
    "geschrieben, schrieb, replied",
    Channel.MEETING: "met, meet, meeting, met with, video, video call, videocall, zoom, zoom call, "
    "teams, teams call, teams meeting, webex, workshop, lunch, dinner, coffee, besprechung, "
    "treffen, getroffen, termin, videokonferenz, gesprach",
    Channel.VISIT: "visit, visited, on site, onsite, site visit, besuch, besucht, vor ort",
    Channel.QBR: "qbr, ebr, quarterly business review, business review, executive business review",
    Channel.MESSAGE: "chat, chatted, slack, whatsapp, sms, text, texted, message, messaged, "
    "voicemail, linkedin, nachricht, chatnachricht",
    Channel.CAMPAIGN: "campaign, newsletter, mailing, kampagne",
    Channel.OTHER: "letter, brief, post, card, karte, gift, fax",
}

CHANNELS: dict[str, Channel] = {
    said: channel for channel, listed in _SAID.items() for said in listed.split(", ")
}
"""The channel by its folded words."""

MOST_CHANNEL_WORDS = max(said.count(" ") for said in CHANNELS) + 1

ANYWHERE = set_of(
    "call called phoned telefonat anruf angerufen email e-mail emailed meeting workshop visit "
    "visited besuch besprechung qbr ebr lunch dinner"
)
"""Words that say it also in the middle of a text."""
