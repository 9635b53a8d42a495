"""Recording a body's reply to a commitment from the form's data, from an account or from a letter's link."""

from collections.abc import Mapping
from typing import Any

from actors.models import User
from dialogue.activities import commitments
from dialogue.models import Commitment
from dialogue.rules.activities import Reply


def record_reply(*, commitment: Commitment, typed: Mapping[str, Any], by: User | None = None) -> None:
    """Accept, decline or counter. Raises Refusal when somebody else answered first."""
    function = typed.get("funktion", "")
    if typed["svar"] == Reply.ACCEPTED:
        commitments.accept(commitment=commitment, by=by, function=function)
    elif typed["svar"] == Reply.DECLINED:
        commitments.decline(commitment=commitment, reason=typed["ord"], by=by, function=function)
    else:
        offer, start = typed["ord"], typed["fran"]
        commitments.counter(commitment=commitment, offer=offer, start=start, by=by, function=function)
