"""Addresses that take no letters: marked when the mail server or a delivery report says so."""

from collections.abc import Callable

from actors.models import DeadAddress

Keeper = Callable[[str, str], None]
# Each keeps a mark until the next batch writes it. Batches are of an upper app, which puts its keeper here.
KEEPERS: list[Keeper] = []


def mark(address: str, status: str) -> None:
    """Let it be written down, with the next batch, that the address is dead."""
    for keep in KEEPERS:
        keep(address.lower(), status[:40])


def unmark(address: str) -> None:
    """Somebody has given the address anew: it is tried again."""
    DeadAddress.objects.filter(email=address.lower()).delete()
