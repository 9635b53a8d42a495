"""Addresses that take no letters, as they wait for the batch.

The letter that came back may be the one that asks a follower for her yes: a row of its own would stand beside the
answers of those minutes.
"""

import logging

from actors.models import DeadAddress
from ostberga.lib.privacy.encrypted import UnreadableText
from surveys.batching import waiting
from surveys.batching.waiting import Body, Item

logger = logging.getLogger("ostberga.batching")

KIND = "dead-address"


def let_wait(address: str, status: str) -> None:
    """Let the mark wait for the next batch. Without the key it is lost: the next letter brings another."""
    try:
        waiting.put(KIND, {"email": address, "status": status})
    except UnreadableText:
        logger.error("an address that takes no letters could not be marked: the key of what waits is not among ours")


def write(bodies: list[Body]) -> list[Item]:
    """Mark the addresses that are not known to be dead. Nothing is left to wait."""
    for body in bodies:
        DeadAddress.objects.get_or_create(email=body["email"], defaults={"status": body["status"]})
    return []
