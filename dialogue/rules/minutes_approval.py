"""How far a meeting has come, and who must approve its minutes before they are locked. Pure."""

from collections.abc import Collection

from django.db import models


class ApprovalRule(models.TextChoices):
    """The group's own rule for who stands for what the minutes say."""

    CHAIR = "chair", "ordföranden justerar"
    TWO = "two", "två justerare"


class Phase(models.TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", "planerat"
    OPEN = "open", "protokollet skrivs"
    WAITING = "waiting", "väntar på justering"
    LOCKED = "locked", "justerat"
    CANCELLED = "cancelled", "inställt"


ADJUSTERS = 2


def meeting_phase(*, begun: bool, ready: bool, locked: bool, cancelled: bool) -> Phase:
    """The phase that these facts make."""
    if cancelled:
        return Phase.CANCELLED
    if locked:
        return Phase.LOCKED
    if ready:
        return Phase.WAITING
    return Phase.OPEN if begun else Phase.PLANNED


def required_approvers(
    rule: ApprovalRule, *, chair: int | None, adjusters: Collection[int], present: Collection[int]
) -> tuple[int, ...]:
    """The seats whose approval locks the minutes; empty when the meeting has not chosen them yet.

    Somebody who was not there cannot stand for what was said: a chair who was away gives way to the adjusters.
    """
    if rule == ApprovalRule.CHAIR and chair in present and chair is not None:
        return (chair,)
    chosen = tuple(sorted(seat for seat in set(adjusters) if seat in present))
    return chosen if len(chosen) >= min(ADJUSTERS, len(present)) and chosen else ()


def is_approved(must: Collection[int], given: Collection[int]) -> bool:
    """Whether everybody who must has approved."""
    return bool(must) and set(must) <= set(given)
