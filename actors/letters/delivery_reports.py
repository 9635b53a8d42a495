"""Delivery reports (RFC 3464): what a mail server tells of a letter that it could not deliver after all.

Anybody can write such a report. One is believed only if it names the Message-ID of a letter to that very address: that
is random, or can only have been made by us.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from actors.letters import dead_addresses
from actors.letters.unstored import proof_of
from actors.models import Letter
from actors.rules.deliveries import is_dead

_ID = re.compile(r"<([0-9a-f-]{36})(?:\.([0-9a-f]{20}))?@[^>]{1,255}>", re.IGNORECASE)
# A letter has one recipient; of a report about very many only so many are looked up.
MOST_FAILURES = 5
_CODE = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True)
class Failure:
    """One recipient that a letter did not reach. `proof` is empty for letters that are stored."""

    letter: UUID
    proof: str
    recipient: str
    status: str


def take_in(message: Message) -> int:
    """Note on letters and addresses what a report says; nothing if it is another message. Returns how many failures."""
    return sum(_note(failure) for failure in failures_in(message))


def failures_in(report: Message) -> list[Failure]:
    """Return the first permanent failures that are reported; none if nothing is, or not of a letter of ours."""
    name = _ID.search(" ".join(_names(report)))
    if report.get_content_type() != "multipart/report" or name is None:
        return []
    letter, proof = UUID(name[1]), (name[2] or "").lower()
    statuses = (part for part in report.walk() if part.get_content_type() == "message/delivery-status")
    recipients = (about for part in statuses for about in _recipients(part))
    return [Failure(letter, proof, *about) for about in islice(recipients, MOST_FAILURES)]


def _names(report: Message) -> Iterator[str]:
    """Yield where the letter's Message-ID can stand: in the letter that came back, its headers, or the references."""
    for part in report.walk():
        match part.get_content_type():
            case "message/rfc822" if part.is_multipart():
                original: Any = part.get_payload(0)
                yield str(original.get("Message-ID", ""))
            case "text/rfc822-headers":
                headers: Any = part.get_payload(decode=True)
                yield str(message_from_bytes(headers or b"").get("Message-ID", ""))
    yield str(report.get("In-Reply-To", ""))
    yield str(report.get("References", ""))


def _recipients(part: Message) -> Iterator[tuple[str, str]]:
    """Yield each recipient that the report gives up, with the status."""
    blocks: Any = part.get_payload() if part.is_multipart() else []
    for block in blocks:
        status = _CODE.search(str(block.get("Status", "")))
        recipient = str(block.get("Original-Recipient") or block.get("Final-Recipient", "")).rpartition(";")[2].strip()
        if str(block.get("Action", "")).strip().lower() == "failed" and status and recipient:
            yield recipient.lower(), status[0]


@transaction.atomic
def _note(failure: Failure) -> bool:
    letter = Letter.objects.select_for_update(no_key=True).defer("sealed").filter(pk=failure.letter).first()
    is_ours = (
        letter.to.lower() == failure.recipient
        if letter is not None
        else failure.proof == proof_of(failure.letter, failure.recipient)
    )
    if not is_ours:
        return False
    if letter is not None and letter.state != Letter.State.FAILED:
        letter.state, letter.error = Letter.State.FAILED, failure.status
        letter.save(update_fields=["state", "error"])
    if is_dead(failure.status):
        dead_addresses.mark(failure.recipient, failure.status)
    return True
