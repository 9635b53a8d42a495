"""The mailbox that letters name as their sender, read by IMAP: delivery reports and calendars' replies are taken in.

Nothing of a message is stored here. What has been taken in is deleted from the mailbox; what people have written to it
is left for people, unread.
"""

import imaplib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlparse

from django.conf import settings

from actors.letters import delivery_reports

logger = logging.getLogger("ostberga.letters")

SECONDS = 20  # for each reply
AT_A_TIME = 200
SEEN_BY_US = "OstbergaSeen"  # a keyword that we set on what was not for us
# Each takes a raw message, and returns how much in it was meant for us. Upper apps add theirs when they are ready.
READERS: list[Callable[[bytes], int]] = [delivery_reports.take_in]


def read() -> int:
    """Read the new messages. Returns how many were taken in; 0 without a mailbox, or when its server is away."""
    if not settings.MAILBOX_URL:
        return 0
    try:
        with _opened() as box:
            return sum(_read_one(box, number) for number in _new(box))
    except (OSError, imaplib.IMAP4.error) as error:
        logger.error("the mailbox cannot be read (%s)", type(error).__name__)
        return 0


@contextmanager
def _opened() -> Iterator[imaplib.IMAP4]:
    address = urlparse(settings.MAILBOX_URL)
    host = address.hostname or ""
    box = (
        imaplib.IMAP4_SSL(host, address.port or 993, timeout=SECONDS)
        if address.scheme == "imaps"
        else imaplib.IMAP4(host, address.port or 143, timeout=SECONDS)
    )
    try:
        box.login(unquote(address.username or ""), unquote(address.password or ""))
        box.select(address.path.strip("/") or "INBOX")
        yield box
        box.expunge()
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()


def _new(box: imaplib.IMAP4) -> list[str]:
    """Return the numbers of the messages that we have not looked at: without the mark that we set."""
    _, answer = box.search(None, "UNKEYWORD", SEEN_BY_US, "UNDELETED")
    return answer[0].decode().split()[:AT_A_TIME] if answer and answer[0] else []


def _read_one(box: imaplib.IMAP4, number: str) -> int:
    _, answer = box.fetch(number, "(BODY.PEEK[])")
    raw = next((part[1] for part in answer if isinstance(part, tuple)), b"")
    taken = _take_in(raw)
    box.store(number, "+FLAGS", r"(\Deleted)" if taken else f"({SEEN_BY_US})")
    return bool(taken)


def _take_in(raw: bytes) -> int:
    """Let each reader look. A message that breaks one must not stop those behind it."""
    try:
        return sum(reader(raw) for reader in READERS)
    except Exception as error:
        logger.error("a message in the mailbox could not be read (%s)", type(error).__name__)
        return 0
