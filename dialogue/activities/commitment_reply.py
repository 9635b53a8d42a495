"""A reply as it was typed becomes the act it means, whoever typed it: one with an account or one with the link."""

from collections.abc import Mapping
from typing import Any

from actors.models import User
from dialogue.activities import commitments
from dialogue.models import Commitment
from dialogue.rules.activities import Reply


def record_reply(*, commitment: Commitment, said: Mapping[str, Any], by: User | None = None) -> None:
    """Say yes, no or «ja, men». Raises Refusal when somebody else answered first."""
    function = said.get("funktion", "")
    if said["svar"] == Reply.ACCEPTED:
        commitments.accept(commitment=commitment, by=by, function=function)
    elif said["svar"] == Reply.DECLINED:
        commitments.decline(commitment=commitment, reason=said["ord"], by=by, function=function)
    else:
        offer, start = said["ord"], said["fran"]
        commitments.counter(commitment=commitment, offer=offer, start=start, by=by, function=function)
