"""A body confirms that it has read a report."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.models import Mandate, Organisation, User
from actors.rules.rights import SPEAK_FOR
from dialogue.models import PublishedReport, ReadConfirmation
from ostberga.lib.authorization import lack_of, require
from ostberga.lib.refusal import Refusal


@transaction.atomic
def confirm_read(
    *,
    report: PublishedReport,
    organisation: Organisation,
    by: User,
    comment: str = "",
    at: dt.datetime | None = None,
) -> ReadConfirmation:
    """Confirm that the body has read the report; a second time changes nothing.

    Raises Refusal when the user does not speak for the body, or not in that collaboration, or the report is withdrawn.
    """
    require(by, SPEAK_FOR, organisation)
    hers = Mandate.objects.in_force().filter(person=by, organisation=organisation)
    if not hers.filter(collaboration=report.dialogue.collaboration).exists():
        raise lack_of(SPEAK_FOR)
    if report.withdrawn_at is not None:
        raise Refusal("Rapporten är tillbakadragen.", code="withdrawn")
    confirmation, _ = ReadConfirmation.objects.get_or_create(
        report=report,
        organisation=organisation,
        defaults={"by": by, "comment": comment.strip(), "at": at or timezone.now()},
    )
    report.dialogue.collaboration.bump_public_version()
    return confirmation
