"""Create, update and end working groups."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.models.former.names import keep_name
from actors.rules.rights import COORDINATE
from dialogue.models import Dialogue, GroupEvent, Issue, WorkingGroup
from dialogue.rules.minutes_approval import ApprovalRule
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

Kind = GroupEvent.Kind


@transaction.atomic
def create_group(
    *,
    dialogue: Dialogue,
    name: str,
    mandate: str,
    issues: Iterable[Issue],
    by: User,
    approval: str = ApprovalRule.TWO,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> WorkingGroup:
    """Create a group that works with one or more issues of the dialogue. It starts `on` a day, by default today."""
    require(by, COORDINATE, dialogue)
    words = {"name": name, "mandate": mandate, "approval": approval}
    started = on or timezone.localdate(at)
    group = WorkingGroup.objects.create(dialogue=dialogue, started_on=started, formed_by=by, **words)
    group.issues.set(issues)
    GroupEvent.note(group, Kind.FORMED, by=by, at=at)
    dialogue.collaboration.bump_public_version()
    return group


@transaction.atomic
def update_group(
    *, group: WorkingGroup, name: str, mandate: str, issues: Iterable[Issue], by: User, approval: str = ""
) -> None:
    """Update name, mandate, issues and the rule for approving minutes (kept when `approval` is empty)."""
    require(by, COORDINATE, group)
    _lock(group)
    if name != group.name:
        keep_name(group.former_names, name=group.name)
    group.name, group.mandate, group.approval = name, mandate, approval or group.approval
    group.save(update_fields=["name", "mandate", "approval"])
    group.issues.set(issues)
    GroupEvent.note(group, Kind.DESCRIBED, by=by)
    group.dialogue.collaboration.bump_public_version()


@transaction.atomic
def end_group(*, group: WorkingGroup, on: dt.date, by: User, at: dt.datetime | None = None) -> None:
    """End the group after a day. Its meetings and proposals stay. Refused if it has ended or had not started then."""
    require(by, COORDINATE, group)
    _lock(group)
    if group.ended_on is not None:
        raise Refusal("Gruppen är redan avslutad.", code="already_ended")
    if on < group.started_on:
        raise Refusal("Gruppen kan inte sluta innan den började.", code="ended_before_start")
    group.ended_on = on
    group.save(update_fields=["ended_on"])
    GroupEvent.note(group, Kind.ENDED, by=by, at=at)
    group.dialogue.collaboration.bump_public_version()


def _lock(group: WorkingGroup) -> None:
    group.refresh_from_db(from_queryset=WorkingGroup.objects.select_for_update(no_key=True))
