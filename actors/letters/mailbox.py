"""The mailbox that letters name as their sender, read by IMAP: delivery reports and calendars' replies are taken in.

Nothing of a message is stored here. What has been taken in is deleted from the mailbox; what people have written to it
is left for people, unread. Anybody can write to it, and letters with codes are sent by the same workers: so one reads
at a time, for a minute, and what is bigger than a report or a reply ever is is left for people too.
"""

import imaplib
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from urllib.parse import unquote, urlparse

from django.conf import settings

from actors.letters import delivery_reports
from ostberga.lib.locking import alone_at

logger = logging.getLogger("ostberga.letters")

SECONDS = 20  # for each reply
AT_A_TIME = 200
READING = "ostberga-mailbox"
SECONDS_A_READING = 60  # whatever is left is read the next time
MOST_BYTES = 200_000
MOST_LAYERS = 30  # a report has about five; the parser's time grows with what is within each other
SEEN_BY_US = "OstbergaSeen"  # a keyword that we set on what was not for us
# What begins another message or part within one.
_LAYER = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)", re.IGNORECASE)
# Each takes a message, and returns how much in it was meant for us. Upper apps add theirs when they are ready. It looks
# at a few things in the message, however many there are.
READERS: list[Callable[[Message], int]] = [delivery_reports.take_in]


def read() -> int:
    """Read the new messages. Returns how many were taken in; 0 without a mailbox, or when its server is away.

    Does nothing while another process reads.
    """
    if not settings.MAILBOX_URL:
        return 0
    try:
        with alone_at(READING) as is_alone:
            return _read_new() if is_alone else 0
    except (OSError, imaplib.IMAP4.error) as error:
        logger.error("the mailbox cannot be read (%s)", type(error).__name__)
        return 0


def _read_new() -> int:
    until = time.monotonic() + SECONDS_A_READING
    taken = 0
    with _opened() as box:
        for number in _new(box):
            if time.monotonic() > until:
                break
            taken += _read_one(box, number)
    return taken


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


def _read_one(box: imaplib.IMAP4, number: str) -> bool:
    """Read a message, marked before: what makes the worker die would be read for ever."""
    box.store(number, "+FLAGS", f"({SEEN_BY_US})")
    if not 0 < _size(box, number) <= MOST_BYTES:
        return False
    _, answer = box.fetch(number, "(BODY.PEEK[])")
    raw = next((part[1] for part in answer if isinstance(part, tuple)), b"")
    is_taken = len(_LAYER.findall(raw)) <= MOST_LAYERS and _take_in(raw) > 0
    if is_taken:
        box.store(number, "+FLAGS", r"(\Deleted)")
    return is_taken


def _size(box: imaplib.IMAP4, number: str) -> int:
    """Return how many bytes the message has; 0 when the server does not say."""
    _, answer = box.fetch(number, "(RFC822.SIZE)")
    lines = [line if isinstance(line, bytes) else b"" for line in answer]
    size = _SIZE.search(b" ".join(lines))
    return int(size[1]) if size else 0


def _take_in(raw: bytes) -> int:
    """Let each reader look. A message that breaks one must not stop those behind it."""
    try:
        message = message_from_bytes(raw)
        return sum(reader(message) for reader in READERS)
    except Exception as error:
        logger.error("a message in the mailbox could not be read (%s)", type(error).__name__)
        return 0
