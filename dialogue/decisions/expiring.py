"""Decisions whose time is out stop being in force."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dialogue.activities import consequences
from dialogue.models import Decision, DecisionEvent
from dialogue.rules.decisions import DecisionOutcome
from ostberga.lib.translations.sentences import in_all_languages


@transaction.atomic
def expire(today: dt.date | None = None, *, at: dt.datetime | None = None) -> int:
    """Expire decisions that were valid until before `today`, and pause activities under them; how many it was."""
    today = today or timezone.localdate()
    in_force = Decision.objects.select_for_update(no_key=True).filter(outcome=DecisionOutcome.IN_FORCE)
    over = list(in_force.filter(valid_until__lt=today).order_by("pk"))
    consequences.lock_activities_under([decision.pk for decision in over])
    for decision in over:
        decision.outcome = DecisionOutcome.EXPIRED
        decision.save(update_fields=["outcome"])
        decision.events.create(decision=decision, what=DecisionEvent.What.EXPIRED, at=at or timezone.now())
        said = in_all_languages(_("Beslutet gällde till %(day)s."), day=decision.valid_until)
        consequences.pause_activities_under(decision, said, at=at)
        decision.dialogue.collaboration.bump_public_version()
    return len(over)
