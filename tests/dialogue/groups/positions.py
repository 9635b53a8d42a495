"""Shortcuts in tests of positions."""

from typing import Any

from django.urls import reverse

from dialogue.groups import open_positions, proposing, taking_positions

DRAFT: dict[str, Any] = {"stands_since": None, "agreed_at": None, "dissent": ""}
NOISE = "Ljuset stör sömnen i bottenvåningen."


def seat(draft, role="resident", number=1):
    return draft.group.seats.get(role=role, number=number)


def taken(draft):
    """What each seat says now."""
    draft.refresh_from_db()
    valid = open_positions.read_valid(draft)
    return {str(draft.group.seats.get(pk=key)): (given.stance, given.reason) for key, given in valid.items()}


def consent(draft, ake):
    """The coordinator writes that the seat without an account consents."""
    taking_positions.take_position(proposal=draft, seat=seat(draft), stance="consent", by=ake)


def hers(draft):
    return reverse("my-position", args=[draft.pk])


def stand(draft, ake, dissent=""):
    proposing.stand_behind(proposal=draft, meeting=draft.group.meetings.get(), dissent=dissent, by=ake)
