"""Creating an issue, and setting its perspectives, the bodies it concerns and its place in lists."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from actors.models import Organisation, User
from actors.rules.rights import COORDINATE
from dialogue.models import ConcernedBody, Dialogue, Issue, IssuePerspective, Round, StepChange
from dialogue.models.former.addresses import holder_of_slug
from dialogue.rules.staircase import Move, Step
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from surveys.models import Perspective
from surveys.rules.lineage import roots


@transaction.atomic
def create_issue(
    *,
    dialogue: Dialogue,
    slug: str,
    title: dict[str, str],
    description: dict[str, str],
    by: User,
    next_up: dict[str, str] | None = None,
    at: dt.datetime | None = None,
) -> Issue:
    """Create an issue in its first round, at the first step. Residents see it when it is published.

    Raises Refusal if another issue of the collaboration has or has had the address.
    """
    require(by, COORDINATE, dialogue)
    at = at or timezone.now()
    take_turns(dialogue.collaboration)  # two at once do not get the same address
    if holder_of_slug(dialogue.collaboration, slug):
        raise Refusal("En annan fråga har eller har haft den adressen. Välj en annan.", code="address_taken")
    issue = Issue.objects.create(
        dialogue=dialogue,
        slug=slug,
        title=title,
        description=description,
        next_up=next_up or {},
        position=dialogue.issues.count(),
    )
    first = Round.objects.create(issue=issue, started_on=timezone.localdate(at))
    StepChange.objects.create(round=first, to_step=Step.INTERVIEWS, move=Move.START, by=by, at=at)
    issue.events.create(dialogue=dialogue, kind="raised", by=by, at=at)
    return issue


@transaction.atomic
def set_perspectives(
    *, issue: Issue, perspectives: Iterable[Perspective], by: User, at: dt.datetime | None = None
) -> None:
    """Let the issue rest on exactly these perspectives. Existing links keep who made them, and when.

    A merged perspective counts as the one it was merged into.
    """
    require(by, COORDINATE, issue)
    at = at or timezone.now()
    _lock(issue)
    root_of = roots(Perspective.objects.filter(collaboration=issue.dialogue.collaboration_id).merges())
    wanted = {root_of[perspective.pk]: perspective for perspective in perspectives}
    links = list(issue.links.all())
    issue.links.filter(pk__in=[link.pk for link in links if root_of[link.perspective_id] not in wanted]).delete()
    linked = {root_of[link.perspective_id] for link in links}
    IssuePerspective.objects.bulk_create(
        IssuePerspective(issue=issue, perspective=perspective, linked_by=by, linked_at=at)
        for root, perspective in wanted.items()
        if root not in linked
    )
    issue.events.create(dialogue=issue.dialogue, kind="tied", by=by, at=at)
    issue.dialogue.collaboration.bump_public_version()


@transaction.atomic
def set_concerned_bodies(
    *, issue: Issue, bodies: Mapping[Organisation, str], by: User, at: dt.datetime | None = None
) -> None:
    """Set exactly the bodies that the issue concerns, each with what it can do about it."""
    require(by, COORDINATE, issue)
    _lock(issue)
    issue.concerned.exclude(organisation__in=[*bodies]).delete()
    for body, why in bodies.items():
        ConcernedBody.objects.update_or_create(issue=issue, organisation=body, defaults={"why": why})
    issue.events.create(dialogue=issue.dialogue, kind="concerned", by=by, at=at or timezone.now())
    issue.dialogue.collaboration.bump_public_version()


@transaction.atomic
def move_in_list(*, issue: Issue, steps: int, by: User) -> None:
    """Move the issue `steps` places down the list, or up when negative. The order says nothing about importance."""
    require(by, COORDINATE, issue)
    issues = list(Issue.objects.select_for_update(no_key=True).filter(dialogue=issue.dialogue_id))
    index = issues.index(issue)
    issues.insert(max(index + steps, 0), issues.pop(index))
    for position, listed in enumerate(issues):
        listed.position = position
    Issue.objects.bulk_update(issues, ["position"])
    issue.events.create(dialogue=issue.dialogue, kind="placed", by=by)
    issue.dialogue.collaboration.bump_public_version()


def _lock(issue: Issue) -> None:
    Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
