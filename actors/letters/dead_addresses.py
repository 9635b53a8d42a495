"""Addresses that take no letters: marked when the mail server or a delivery report says so."""

from actors.models import DeadAddress


def mark(address: str, status: str) -> None:
    """Write down that the address is dead, unless that is known."""
    DeadAddress.objects.get_or_create(email=address.lower(), defaults={"status": status[:40]})


def unmark(address: str) -> None:
    """Somebody has given the address anew: it is tried again."""
    DeadAddress.objects.filter(email=address.lower()).delete()
