"""An issue is raised: named, tied to what people said and to the bodies it concerns."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from actors.models import Organisation, User
from dialogue.models import ConcernedBody, Dialogue, Issue, IssuePerspective, Round, StepChange
from dialogue.staircase import Step
from surveys.models import Perspective


@transaction.atomic
def raise_issue(
    *,
    dialogue: Dialogue,
    slug: str,
    title: dict[str, str],
    description: dict[str, str],
    by: User,
    at: dt.datetime | None = None,
) -> Issue:
    """A new issue in its first round, at the first step. Residents see it when it is published."""
    at = at or timezone.now()
    issue = Issue.objects.create(
        dialogue=dialogue, slug=slug, title=title, description=description, position=dialogue.issues.count()
    )
    first = Round.objects.create(issue=issue, started_on=timezone.localdate(at))
    StepChange.objects.create(round=first, to_step=Step.INTERVIEWS, by=by, at=at)
    return issue


@transaction.atomic
def rest_on(*, issue: Issue, perspectives: Iterable[Perspective], by: User, at: dt.datetime | None = None) -> None:
    """Let the issue rest on exactly these perspectives. Those already there keep who tied them, and when."""
    wanted = {one.pk: one for one in perspectives}
    issue.links.exclude(perspective__in=wanted).delete()
    there = set(issue.links.values_list("perspective", flat=True))
    IssuePerspective.objects.bulk_create(
        IssuePerspective(issue=issue, perspective=one, linked_by=by, linked_at=at or timezone.now())
        for key, one in wanted.items()
        if key not in there
    )
    issue.dialogue.collaboration.bump_public_version()


@transaction.atomic
def concern(*, issue: Issue, bodies: Mapping[Organisation, str]) -> None:
    """Name exactly the bodies that the issue concerns, each with what it can do about it."""
    issue.concerned.exclude(organisation__in=[*bodies]).delete()
    for body, why in bodies.items():
        ConcernedBody.objects.update_or_create(issue=issue, organisation=body, defaults={"why": why})
    issue.dialogue.collaboration.bump_public_version()
