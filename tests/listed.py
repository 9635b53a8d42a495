"""Factories of what lists say, and of contacts."""

from typing import Any

from django.utils import timezone

from actors.models import Collaboration, Contact, Organisation, User
from dialogue.models import Issue, ListedActivity, ListedDecision
from dialogue.rules.activities import ActivityState


def decision(issue: Issue, by: User, body: Organisation, **fields: Any) -> ListedDecision:
    """A decision of a body about an issue, as a list tells of it."""
    told = {"title": "Lamporna byts enligt listan", "decided_on": timezone.localdate(), "source": "beslut.xlsx"}
    created = ListedDecision.objects.create(
        dialogue=issue.dialogue, organisation=body, entered_by=by, **{**told, **fields}
    )
    created.issues.add(issue)
    return created


def activity(issue: Issue, by: User, body: Organisation | None = None, **fields: Any) -> ListedActivity:
    """An activity about an issue, as a list tells of it."""
    told = {"title": "Lampor byts enligt listan", "state": ActivityState.DONE, "source": "aktiviteter.xlsx"}
    about = {"dialogue": issue.dialogue, "issue": issue}
    return ListedActivity.objects.create(organisation=body, entered_by=by, **about, **{**told, **fields})


def contact(place: Collaboration, body: Organisation, by: User) -> Contact:
    """A contact at a body."""
    reached = {"function": "Felanmälan", "email": "fel@example.se"}
    return place.contacts.create(organisation=body, entered_by=by, **reached)


def samples(issue: Issue, by: User, body: Organisation) -> list[tuple[str, Any]]:
    """A decision of a list and a contact, as the parts of addresses that they belong in."""
    said, known = decision(issue, by, body), contact(issue.dialogue.collaboration, body, by)
    kinds = [("listor/<str:kind>", "listor/beslut"), ("listor/beslut/<int:pk>", f"listor/beslut/{said.pk}")]
    return [*kinds, ("kontakter/<int:pk>", f"kontakter/{known.pk}")]
