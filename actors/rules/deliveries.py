"""What a mail server's answer means: sent, tried again, or never; and whether the address is dead. Pure."""

import datetime as dt
import re
import smtplib
from dataclasses import dataclass
from enum import StrEnum

# Minutes between tries; the last is repeated until TRIED_FOR is over.
PAUSES = (1, 5, 15, 30, 60, 120, 240, 480)
TRIED_FOR = dt.timedelta(days=4)
# Enhanced status codes (RFC 3463) of a mailbox that does not exist, has moved, or is closed.
DEAD = re.compile(r"5\.(1\.[0-36]|1\.10|2\.1)\b")
# Codes that say the same where no enhanced status stands.
DEAD_CODES = frozenset({550, 551, 553})
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
TOO_LATE, NO_KEY, SILENT = "too-late", "no-key", "silent"
_INVALID = "adressen går inte att skicka till"
_WORDS = {
    TOO_LATE: "det hann inte fram i tid och är inte längre till nytta",
    NO_KEY: "brevet går inte att läsa, för nyckeln som låste det saknas",
    **dict.fromkeys(("ValueError", "BadHeaderError", "UnicodeError", "UnicodeEncodeError"), _INVALID),
}
_BY_FIRST_DIGIT = {
    "4": "mottagarens e-postserver bad oss försöka senare",
    "5": "mottagarens e-postserver tog inte emot brevet",
}


class DeliveryOutcome(StrEnum):
    """What became of one try."""

    SENT = "sent"
    LATER = "later"  # the server wants it later, or its answer was lost
    AWAY = "away"  # no server, or one that takes no letters now, whichever they are
    NEVER = "never"


@dataclass(frozen=True)
class Delivery:
    """The outcome of one try, with the codes for it and whether the address is known to be dead."""

    outcome: DeliveryOutcome
    error: str = ""
    is_dead: bool = False


def pause_after(attempts: int) -> dt.timedelta:
    """Return how long to wait after so many tries."""
    return dt.timedelta(minutes=PAUSES[min(attempts, len(PAUSES)) - 1])


def judge(error: OSError | ValueError) -> Delivery:
    """Return what an exception of smtplib or of the network means.

    What the server says before it has heard of the letter (greeting, TLS, password) says nothing about the letter.
    """
    match error:
        case smtplib.SMTPRecipientsRefused() if error.recipients:
            code, text = next(iter(error.recipients.values()))
            return _of_reply(code, text, about_recipient=True)
        case smtplib.SMTPSenderRefused() | smtplib.SMTPDataError():
            return _of_reply(error.smtp_code, error.smtp_error, about_recipient=False)
        case smtplib.SMTPResponseException():
            return Delivery(DeliveryOutcome.AWAY, str(error.smtp_code))
        case ValueError():  # an address or a subject that no server would take
            return Delivery(DeliveryOutcome.NEVER, type(error).__name__)
    return Delivery(DeliveryOutcome.AWAY, SILENT if isinstance(error, TimeoutError) else type(error).__name__)


def is_dead(status: str) -> bool:
    """Whether an enhanced status code says that there is no such mailbox."""
    return DEAD.match(status) is not None


def explain(error: str) -> str:
    """Return the error in Swedish, for the coordinator."""
    if not error or error in _WORDS:
        return _WORDS.get(error, "")
    if any(map(is_dead, error.split(" "))):
        return "adressen finns inte"
    return _BY_FIRST_DIGIT.get(error[0], "e-postservern svarade inte")


def _of_reply(code: int, text: bytes | str, *, about_recipient: bool) -> Delivery:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    status = _STATUS.search(words)
    error = f"{code} {status[0]}" if status else str(code)
    if code == 421:  # the server closes the line, whoever the letter is for
        return Delivery(DeliveryOutcome.AWAY, error)
    if code < 500:
        return Delivery(DeliveryOutcome.LATER, error)
    dead = is_dead(status[0]) if status else code in DEAD_CODES
    return Delivery(DeliveryOutcome.NEVER, error, is_dead=about_recipient and dead)
