"""Whom to contact at bodies. They become neither accounts nor receivers of letters."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.urls import reverse

from actors.models import Collaboration, Contact, Organisation
from actors.partners.contacts import add_contact
from ostberga.lib.refusal import Refusal
from surveys.lists.declared import BadCell, Created, ListColumn, ListContext, ListKind, RowCheck, Values

_PHONE = re.compile(r"[+0-9][0-9 ()/-]{3,39}")


def body_with_name(bodies: QuerySet[Organisation], name: str) -> Organisation | None:
    """Return the one of the bodies with this name, full or short, now or before; case does not count."""
    ordered = bodies.order_by("pk")
    now = Q(name__iexact=name) | Q(short_name__iexact=name)
    return ordered.filter(now).first() or ordered.filter(former_names__name__iexact=name).first()


def say_unknown_body(name: str) -> str:
    """Return why a row that names this body does not come in."""
    return f"Organisationen «{name}» finns inte här. Skriv som den heter under Parter, eller lägg till den där först."


def _named_body(context: ListContext, name: str) -> Organisation | None:
    """Return the body with this name among all that the collaboration may choose. Asked for once."""
    known: dict[str, Organisation | None] = context.made.setdefault("bodies", {})
    if name not in known:
        known[name] = body_with_name(Organisation.objects.offered_to(context.collaboration), name)
    return known[name]


def _read_email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise BadCell(f"«{cell[:60]}» är ingen e-postadress.") from None
    return cell


def _read_phone(cell: str) -> str:
    if not _PHONE.fullmatch(cell):
        raise BadCell(f"«{cell[:30]}» är inget telefonnummer.")
    return cell


def _check_body(context: ListContext, values: Values) -> list[str]:
    name = values.get("organisation", "")
    return [] if not name or _named_body(context, name) else [say_unknown_body(name)]


def _check_reached(_context: ListContext, values: Values) -> list[str]:
    reached = values.get("email") or values.get("phone")
    return [] if reached else ["Skriv en e-postadress eller ett telefonnummer."]


def _create(context: ListContext, values: Values) -> Created:
    organisation = _named_body(context, values["organisation"])
    if organisation is None:
        raise Refusal("Organisationen finns inte här.", code="no_body")
    reached = {name: values.get(name, "") for name in ("name", "email", "phone", "note")}
    contact, is_new = add_contact(
        collaboration=context.collaboration,
        organisation=organisation,
        function=values["function"],
        by=context.by,
        **reached,
    )
    return Created(contact, is_new)


def _lead_to(collaboration: Collaboration, _contacts: Sequence[Contact]) -> list[tuple[str, str]]:
    return [("Kontakter", reverse("coordinate:contacts", args=[collaboration.slug]))]


def _delete(contact: Contact) -> None:
    contact.delete()


CONTACTS = ListKind(
    key="kontakter",
    title="Kontakter",
    unit="kontakter",
    help=(
        "En rad för varje funktion hos en organisation. Bara samordnarens grupp ser dem. Ingen får konto eller brev. "
        "Ta inte med fler namn än ni behöver."
    ),
    columns=(
        ListColumn(
            "organisation", "Organisation", frozenset({"förvaltning", "bolag", "part", "företag"}), is_required=True,
        ),
        ListColumn(
            "function", "Funktion", frozenset({"roll", "titel", "ansvar", "område"}), is_required=True,
            longest=160,
        ),
        ListColumn("name", "Namn", frozenset({"kontaktperson", "person"}), longest=120),
        ListColumn(
            "email", "E-post", frozenset({"epost", "e-postadress", "mejl", "mail", "email", "e-mail", "brevlåda"}),
            read=_read_email, longest=254,
        ),
        ListColumn("phone", "Telefon", frozenset({"telefonnummer", "tel", "mobil"}), read=_read_phone),
        ListColumn("note", "Att veta", frozenset({"anteckning", "kommentar"}), longest=240),
    ),
    model=Contact,
    create=_create,
    take_back=_delete,
    checks=(
        RowCheck(frozenset({"organisation"}), _check_body),
        RowCheck(frozenset({"email", "phone"}), _check_reached),
    ),
    lead_to=_lead_to,
)  # fmt: skip
