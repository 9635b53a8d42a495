"""Whom to contact at bodies: entered by the coordinator's team, deleted for good. Nothing is sent to them."""

from django.db import transaction

from actors.models import Collaboration, Contact, Organisation, User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require


@transaction.atomic
def add_contact(
    *,
    collaboration: Collaboration,
    organisation: Organisation,
    function: str,
    by: User,
    name: str = "",
    email: str = "",
    phone: str = "",
    note: str = "",
) -> tuple[Contact, bool]:
    """Write down a function at a body with its address or number. Returns it, and whether it was not there before."""
    require(by, COORDINATE, collaboration)
    reached = {"name": name, "email": email, "phone": phone, "note": note}
    same = {"organisation": organisation, "function": function, **reached}
    known = collaboration.contacts.filter(**same).first()
    return (known, False) if known else (collaboration.contacts.create(entered_by=by, **same), True)


@transaction.atomic
def remove_contact(*, contact: Contact, by: User) -> None:
    """Delete a contact. Nothing of it is kept."""
    require(by, COORDINATE, contact)
    contact.delete()
