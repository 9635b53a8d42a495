"""The coordinator withdraws a request that bodies have not settled. Answers already given stay readable."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from actors.models import User
from actors.rules.rights import COORDINATE
from dialogue.activities import consequences
from dialogue.letters import to_officials
from dialogue.models import Decision, DecisionEvent
from dialogue.rules.decisions import OPEN_OUTCOMES, DecisionOutcome
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.sentences import in_all_languages


@transaction.atomic
def withdraw(*, decision: Decision, reason: str, by: User, at: dt.datetime | None = None) -> None:
    """Withdraw a request; the reason is public. A decision that it would have superseded stays in force.

    Activities planned on it are flagged. The proposal can be asked about again.
    """
    require(by, COORDINATE, decision)
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update(no_key=True))
    consequences.lock_activities_under([decision.pk])
    _refuse_unless_open(decision)
    if not reason.strip():
        raise Refusal("Skriv varför. Det visas för boende.", code="no_reason")
    at = at or timezone.now()
    decision.outcome, decision.withdrawn_reason = DecisionOutcome.WITHDRAWN, reason.strip()
    decision.settled_on = timezone.localdate(at)
    decision.save(update_fields=["outcome", "withdrawn_reason", "settled_on"])
    decision.events.create(what=DecisionEvent.What.WITHDRAWN, text=decision.withdrawn_reason, by=by, at=at)
    said = in_all_languages(_("Frågan om beslut togs tillbaka."))
    consequences.pause_activities_under(decision, said, decision.withdrawn_reason, by=by, at=at)
    to_officials.tell_of_withdrawal(decision, by)
    decision.dialogue.collaboration.bump_public_version()


def _refuse_unless_open(decision: Decision) -> None:
    if decision.outcome not in OPEN_OUTCOMES:
        raise Refusal(f"Beslutet är redan avgjort: {decision.get_outcome_display()}.", code="settled")
    if decision.reconsidered_by is not None:
        raise Refusal("Frågan ställs redan på nytt. Ta tillbaka omprövningen i stället.", code="reconsidered")
