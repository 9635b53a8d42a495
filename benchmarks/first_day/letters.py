"""The letters that reach people's mailboxes, and the links in them."""

import email
import email.policy
import re
import time

from tests.faults.smtp_server import MailServer

SECONDS_TO_ARRIVE = 120


def link_to(mail: MailServer, address: str, door: str) -> str:
    """Wait for a letter to this address with a link that goes through this door, and return the newest such link."""
    last = time.monotonic() + SECONDS_TO_ARRIVE
    while time.monotonic() < last:
        for raw in reversed(list(mail.letters)):
            letter = email.message_from_bytes(raw.encode(), policy=email.policy.default)
            body = letter.get_body(("plain",))
            links = re.findall(rf"https://localhost/{door}/\S+", body.get_content()) if body else []
            if links and address in str(letter["To"]):
                return links[0]
        time.sleep(0.2)
    raise AssertionError(f"No letter with /{door}/ came to {address}.")
