"""In which form each body makes up its mind, and what their answers make of the whole. Pure."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a decision is as a whole."""

    DECISION = "decision", _("beslut")
    AGREEMENT = "agreement", _("överenskommelse")


class Form(models.TextChoices):
    """The body's own form. In the last two politicians decide at a meeting, and the official registers it."""

    DELEGATION = "delegation", _("delegationsbeslut")
    EXECUTION = "execution", _("verkställighet")
    AUTHORITY = "authority", _("myndighetsbeslut")
    ACCESSION = "accession", _("anslutning till överenskommelse")
    COMMITTEE = "committee", _("nämndbeslut")
    BOARD = "board", _("styrelsebeslut")


AT_A_MEETING = (Form.COMMITTEE, Form.BOARD)


class PartState(models.TextChoices):
    """How far a body has come with what it was asked."""

    REQUESTED = "requested", _("begärt")
    PREPARING = "preparing", _("under beredning")
    APPROVED = "approved", _("godkänt")
    CONDITIONS = "conditions", _("godkänt med villkor")
    REFUSED = "refused", _("avslaget")
    SENT_BACK = "sent_back", _("återremitterat")


OPEN = (PartState.REQUESTED, PartState.PREPARING)
YES = (PartState.APPROVED, PartState.CONDITIONS)
GIVEN = (*YES, PartState.REFUSED, PartState.SENT_BACK)
NEEDS_REASON = (PartState.REFUSED, PartState.SENT_BACK)


class Whole(models.TextChoices):
    """What the parts make together."""

    PENDING = "pending", _("väntar på svar")
    IN_FORCE = "in_force", _("gäller")
    REFUSED = "refused", _("avslaget")
    SENT_BACK = "sent_back", _("återremitterat")
    SUPERSEDED = "superseded", _("ersatt av ett nytt beslut")
    EXPIRED = "expired", _("gäller inte längre")
    WITHDRAWN = "withdrawn", _("återtaget")


# While the whole is so, bodies that have not answered are still waited for. A no to the whole makes the rest needless.
WAITS = (Whole.PENDING, Whole.SENT_BACK)


def whole(answers: Collection[str]) -> Whole:
    """All yes: it is in force. One no is a no to the whole; one sent back holds the whole up."""
    given = set(answers)
    if PartState.REFUSED in given:
        return Whole.REFUSED
    if PartState.SENT_BACK in given:
        return Whole.SENT_BACK
    return Whole.IN_FORCE if given and given <= set(YES) else Whole.PENDING


def forms_for(kind: str) -> tuple[Form, ...]:
    """The forms that a body of this legal kind (`Organisation.Kind`) can decide in, the most usual first."""
    own = {
        "committee_admin": (Form.DELEGATION, Form.EXECUTION, Form.COMMITTEE),
        "municipal_company": (Form.EXECUTION, Form.BOARD),
        "state_authority": (Form.AUTHORITY,),
    }
    return (*own.get(kind, ()), Form.ACCESSION)


def facts_needed(form: str, answer: str) -> tuple[str, ...]:
    """The fields that must be filled in to write down this answer in this form."""
    if answer == PartState.PREPARING:
        return ("meets_on",) if form in AT_A_MEETING else ()
    needed: tuple[str, ...] = (
        ("instance", "paragraph", "registry_number", "decided_on") if form in AT_A_MEETING else ("decided_on",)
    )
    if form == Form.DELEGATION and answer in YES:
        needed += ("delegation_item",)
    if answer == PartState.CONDITIONS:
        needed += ("conditions",)
    return needed + ("motivation",) if answer in NEEDS_REASON else needed
