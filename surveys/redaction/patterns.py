"""Patterns for numbers, addresses and accounts in Swedish, English, Somali and Arabic.

They match prepared text: ASCII digits, plain spaces and hyphens, no invisible characters. All are linear in the length
of the text: repetitions are bounded or possessive, and long matches can only start at the beginning of a word.
"""

import re
from re import IGNORECASE

_LETTER = r"[^\W\d_]"

# Personal identity numbers
_MONTH_DAY = r"(?:0[1-9]|1[0-2]){sep}(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
PERSONNUMMER = re.compile(
    rf"(?<!\d)(?:(?:18|19|20)?\d\d{_MONTH_DAY.format(sep='')} ?[-+]? ?\d{{4}}"
    rf"|(?:18|19|20)?\d\d[ ./-]{_MONTH_DAY.format(sep='[ ./-]')} ?[-+] ?\d{{4}})(?!\d)"
)

# Telephone numbers start with +46, 0046 or 0. A dot is not a separator, since 07.30–16.00 is a time.
_NO_DATE = r"(?!\d\d([-/ ])\d\d\1(?:19|20)\d\d(?!\d))"
PHONE = re.compile(
    rf"(?<![\d,.+]){_NO_DATE}"
    r"(?:(?:\+|00|0)(?:[ \-/()]{0,3}\d){7,13}(?!\d)|0\d{1,3}[-/ ]{1,3}\d(?: ?\d){4,7}(?!\d))"
)
# Seven digits or more can be a birth date, an account, a customer number or a mistyped number.
LONG_NUMBER = re.compile(r"(?<!\d)\d{7,}+(?:-\d{4})?+")
PHONE_WITHOUT_ZERO = re.compile(r"(?<![\w,.+-])7[02369][ -]?\d{3}[ -]?\d\d[ -]?\d\d(?![\w-])")
PHONE_AFTER_WORD = re.compile(
    r"\b(?:tel|tele|telefon|telefonnummer|mobil|mobilnummer|nummer|numret|nr|ring|sms:?a?|call|phone|text|taleefan|telefoon|lambar"
    r"|هاتف|رقم|تلفون|جوال)\b[ .:]{0,3}(?:på |är |om |me at |waa )?(?P<found>\d(?:[ -]{0,2}\d){4,11})(?!\d)",
    IGNORECASE,
)

# E-mail addresses, URLs and accounts
_AT = r"(?: ?@ ?| ?[(\[{] ?(?:at|snabel-?a|@) ?[)\]}] ?| (?:at|snabel-?a) )"
_DOT = r"(?:\.| ?[(\[{]? ?\b(?:punkt|dot)\b ?[)\]}]? ?)"
EMAIL = re.compile(rf"(?<![\w.+%-])[\w.+%-]++{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,4}}", IGNORECASE)
URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"»”]*[^\s<>\"»”.,;:!?)]|(?<![\w.@-])(?:[\w-]{1,63}\.){1,4}(?:se|com|nu|org|net|eu|info|io)\b(?:/[^\s<>\"»”]*+)?"
)
HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.]{2,30}")
HANDLE_AFTER_WORD = re.compile(
    r"\b(?:insta|instagram|snap|snapchat|tik ?tok|facebook|fb|discord|telegram|whatsapp|youtube)\b ?"
    r"(?::|=|-|\b(?:heter|är|is|waa)\b) ?(?P<found>[\w.@-]{3,40})",
    IGNORECASE,
)

# Where somebody lives: street address, door, floor, apartment
_NO_UNIT = (
    r"(?! ?(?:gånger|gång|år|minuter|min|timmar|timme|personer|dagar|dag|kvällar|veckor|månader|meter|m|km|kr"
    r"|kronor|procent|%|gamla|stycken|st|till|av|rum|rok|barn|lampor|bänkar|times|years|minutes|people|meters"
    r"|rooms|sano|daqiiqo|jan|januari|feb|februari|mars|apr|april|maj|juni|juli|aug|augusti|sep|sept|september|okt|oktober|nov"
    r"|november|dec|december|may|june|july|august|october)\b)"
)
_HOUSE = rf"\d{{1,3}}(?:-\d{{1,3}})?+(?!\d)(?: ?[a-h]\b)?{_NO_UNIT}(?![\d:]|[.,]\d)"
_STREET_ENDING = (
    r"(?:gatan|gata|vägen|väg|backen|backe|backarna|stigen|stig|gränden|gränd|torget|torg|allén|allé|gången|gården|gård|svängen"
    r"|slingan|kroken|ringen|höjden|branten|kajen|leden|planen|(?<=\w)plan|terrassen|esplanaden|hagen|liden|bågen)"
)
STREET = re.compile(rf"\b\w*{_STREET_ENDING} (?:nr\.? ?|nummer )?{_HOUSE}", IGNORECASE)
STREET_ENGLISH = re.compile(rf"\b\d{{1,3}} (?:{_LETTER}{{2,30}} ){{1,2}}(?:street|road|lane|avenue)\b", IGNORECASE)
DOOR = re.compile(
    r"\b(?:port(?:en|gång(?:en)?|nummer)?|(?:trapp)?uppgång(?:en)?|trapphus(?:et)?|ingång(?:en)?|entré(?:n)?|hus(?:et|nummer)?"
    r"|dörr(?:en)?|door|entrance|building|house|albaabka|guriga|dhismaha|aqalka|(?:ال)?(?:باب|بناية|عمارة|مدخل|مبنى|بيت))"
    rf" (?:nr\.? ?|nummer |number |no\.? ?|lambar |رقم )?(?:{_HOUSE}|(?-i:[A-H])\b)",
    IGNORECASE,
)
STREET_ARABIC = re.compile(rf"\bشارع (?:{_LETTER}{{2,30}} ){{1,3}}(?:رقم )?\d{{1,3}}(?!\d)")
POSTCODE = re.compile(rf"(?<![\w-])\d{{3}} \d\d (?-i:[A-ZÅÄÖ]){_LETTER}{{2,30}}")
FLOOR = re.compile(
    r"\b(?:(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte|översta|nedersta"
    r"|\d{1,2}:?(?:e|a|an|dje|de)?) (?:våningen|våning|vån\b\.?|trappan)"
    r"|vån(?:ing(?:en)?)?\b\.? ?\d{1,2}\b|plan \d{1,2}(?![\d:-]|[.,]\d)" + _NO_UNIT + r"|\d{1,2} ?tr\b\.?"
    r"|(?:\d{1,2}|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio) (?:trappa|trappor)\b(?: upp\b)?"
    r"|(?:ground|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|top|\d{1,2}(?:st|nd|rd|th)) floor\b"
    r"|floor (?:no\.? ?|number )?\d{1,2}\b"
    r"|dabaqa (?:koowaad|labaad|saddexaad|afraad|afaraad|shanaad|lixaad|toddobaad|siddeedaad|\d{1,2}(?:aad)?)\b"
    r"|(?:ال)?(?:طابق|دور) (?:ال)?(?:أول|اول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر"
    r"|أخير|اخير|أرضي|ارضي|\d{1,2})\b)",
    IGNORECASE,
)
APARTMENT = re.compile(
    r"\b(?:lgh|lägenhet(?:en)?|lägenhets?(?:nummer|nr)|apt|apartment|flat|(?:ال)?شقة)\b\.? ?"
    r"(?:nr\.? ?|nummer |number |no\.? ?|رقم )?\d{1,4}(?!\d)" + _NO_UNIT,
    IGNORECASE,
)

# Licence plates with the letters used in Sweden, except words that look like one
_NO_PLATE = r"(?!(?:bus|lgh|tel|apt|sfs|skr|skl|mom|kap|max|min|jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[ \d-])"
PLATE = re.compile(
    rf"(?<![\w-]){_NO_PLATE}(?:(?-i:[A-HJ-PR-UW-Z]{{3}})[ -]?\d\d(?-i:[A-Z\d])"
    r"|[a-hj-pr-uw-z]{3}\d\d[a-z\d])(?![\w-])",
    IGNORECASE,
)
PLATE_AFTER_WORD = re.compile(
    r"\b(?:reg|regnr|reg\.? ?nr|regnummer|registreringsnummer|bilen|bil|moppen|skylten|plate)\b[ .:]{1,3}"
    r"(?:är |med |is )?(?P<found>[a-z]{3}[ -]?\d\d[a-z\d])(?!\w)",
    IGNORECASE,
)
