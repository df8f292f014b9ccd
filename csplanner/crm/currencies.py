"""The currencies an amount may be in: the active codes of ISO 4217, signs and names for them."""

import re

from csplanner.errors import UserError

UNREADABLE = "?"
"""Stands for a currency that cannot be told: never the book's own."""

_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
    BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
    KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CODES = frozenset(_CODES.split())
DOLLAR = "$"
"""Several currencies are written so: it is the one in force where that is a dollar."""
DOLLARS = frozenset(
    ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "BSD", "BBD", "BMD", "BND", "BZD", "FJD",
     "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "XCD", "MXN", "CLP", "COP", "ARS",
     "UYU", "DOP")
)  # fmt: skip
MARKS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "US$": "USD", "$": DOLLAR, "A$": "AUD", "AU$": "AUD",
    "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD", "R$": "BRL",
    "MX$": "MXN", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₴": "UAH", "₪": "ILS",
    "฿": "THB", "₫": "VND", "₱": "PHP", "₦": "NGN", "zł": "PLN", "Kč": "CZK", "Fr.": "CHF",
    "SFr.": "CHF", "CN¥": "CNY",
}  # fmt: skip
"""Signs beside amounts. `kr` is left out: four currencies are written so."""
NAMES = {
    "us dollar": "USD", "u.s. dollar": "USD", "us dollars": "USD", "united states dollar": "USD",
    "dollar americain": "USD", "dollar américain": "USD", "dolar estadounidense": "USD",
    "dólar estadounidense": "USD", "american dollar": "USD", "euro": "EUR", "euros": "EUR",
    "pound sterling": "GBP", "british pound": "GBP", "pound": "GBP", "pfund sterling": "GBP",
    "livre sterling": "GBP", "libra esterlina": "GBP", "british pound sterling": "GBP",
    "yen": "JPY", "japanese yen": "JPY", "swiss franc": "CHF", "schweizer franken": "CHF",
    "franc suisse": "CHF", "franco suizo": "CHF", "canadian dollar": "CAD",
    "dollar canadien": "CAD", "kanadischer dollar": "CAD", "australian dollar": "AUD",
    "new zealand dollar": "NZD", "singapore dollar": "SGD", "hong kong dollar": "HKD",
    "indian rupee": "INR", "chinese yuan": "CNY", "yuan renminbi": "CNY", "brazilian real": "BRL",
    "mexican peso": "MXN", "swedish krona": "SEK", "norwegian krone": "NOK",
    "danish krone": "DKK", "polish zloty": "PLN", "zloty": "PLN", "czech koruna": "CZK",
    "hungarian forint": "HUF", "south african rand": "ZAR", "turkish lira": "TRY",
    "israeli new shekel": "ILS", "uae dirham": "AED", "south korean won": "KRW",
}  # fmt: skip
"""Names of currencies in lower case, without hyphens."""


_OF_HEADER = re.compile(r"(?:^|[\s_(\[/-])([A-Za-z]{3}|[^\w\s()\[\]/_-]{1,3})(?=$|[\s_)\]/-])")


def in_header(header: str) -> str:
    """The currency the name of a column says: `Umsatz (EUR)`, `arr_usd`, `ARR in €`; else empty.

    A code in small letters counts at the end alone, where it is no word of the name.
    """
    for found in _OF_HEADER.finditer(header):
        mark = found[1]
        at_end = not header[found.end(1) :].strip(" )]")
        if mark in CODES or (mark.upper() in CODES and at_end and header.lower() != mark):
            return mark.upper()
        if MARKS.get(mark, DOLLAR) != DOLLAR:
            return MARKS[mark]
    return ""


def check_said(code: str) -> None:
    """Raise UserError when a person gave a code that is no currency."""
    if code and code not in CODES:
        raise UserError(f"“{code}” is no currency. Give an ISO 4217 code, such as EUR.")
