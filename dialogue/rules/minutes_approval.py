"""Phases of a meeting, and whose approval locks its minutes. Pure."""

from collections.abc import Collection

from django.db import models


class ApprovalRule(models.TextChoices):
    """Who approves the minutes of a group's meetings."""

    CHAIR = "chair", "ordföranden justerar"
    TWO = "two", "två justerare"


class Phase(models.TextChoices):
    """Phases of a meeting."""

    PLANNED = "planned", "planerat"
    OPEN = "open", "protokollet skrivs"
    WAITING = "waiting", "väntar på justering"
    LOCKED = "locked", "justerat"
    CANCELLED = "cancelled", "inställt"


ADJUSTERS = 2


def meeting_phase(*, begun: bool, ready: bool, locked: bool, cancelled: bool) -> Phase:
    """Return the phase of a meeting with these properties."""
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
    """Return the seats whose approval locks the minutes, as keys; empty when the meeting has not chosen them yet.

    Only somebody who was present can approve: when the chair was absent, the adjusters approve instead.
    """
    if rule == ApprovalRule.CHAIR and chair in present and chair is not None:
        return (chair,)
    chosen = tuple(sorted(seat for seat in set(adjusters) if seat in present))
    return chosen if len(chosen) >= min(ADJUSTERS, len(present)) and chosen else ()


def is_approved(must: Collection[int], given: Collection[int]) -> bool:
    """Whether all the seats in `must` are among those that have approved; False when `must` is empty."""
    return bool(must) and set(must) <= set(given)
