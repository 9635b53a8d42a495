"""Promises that members make at meetings (`MinuteItem` of kind PROMISE): open ones and their outcome."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from dialogue.models import GroupEvent, MinuteItem, PromiseHandover, PromiseOutcome, Seat
from dialogue.models.minutes import MinuteItemQuerySet
from dialogue.rules.rights import TELL_OUTCOME
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

Became = PromiseOutcome.Became
RELATED = (
    *("meeting__group__dialogue__collaboration", "owner__organisation", "owner__user", "outcome"),
    "handover__seat__organisation",
)


def tellable_by(user: User) -> MinuteItemQuerySet:
    """Promises whose outcome the user may tell or read: their own, and those of groups they coordinate."""
    promises = MinuteItem.objects.standing().filter(kind=MinuteItem.Kind.PROMISE, meeting__ready_at__isnull=False)
    return promises.told_by(user).select_related(*RELATED)


@transaction.atomic
def tell_outcome(
    *,
    item: MinuteItem,
    became: str,
    by: User,
    words: str = "",
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> PromiseOutcome:
    """Store the outcome of a promise, once. A dropped promise needs a reason in `words`."""
    on, words = on or timezone.localdate(at), words.strip()
    item = MinuteItem.objects.select_for_update(no_key=True, of=("self",)).select_related(*RELATED).get(pk=item.pk)
    require(by, TELL_OUTCOME, item)
    if item.kind != MinuteItem.Kind.PROMISE or item.removed_at is not None or item.meeting.ready_at is None:
        raise Refusal("Det är inget åtagande som står i ett protokoll.", code="not_a_promise")
    if hasattr(item, "outcome"):
        raise Refusal("Det är redan berättat hur det gick.", code="already_told")
    if on < item.meeting.on:
        raise Refusal("Mötet hade inte hållits då.", code="told_before_meeting")
    if became == Became.DROPPED and not words:
        raise Refusal("Skriv varför det inte blev av.", code="reason")
    outcome = PromiseOutcome.objects.create(item=item, became=became, words=words, on=on, by=by)
    what = f"{outcome.get_became_display()}: {item}"
    GroupEvent.note(item.meeting.group, GroupEvent.Kind.TOLD, by=by, what=what, at=at)
    item.meeting.group.dialogue.collaboration.bump_public_version()
    return outcome


@transaction.atomic
def hand_over_promise(*, item: MinuteItem, to: Seat, by: User, at: dt.datetime | None = None) -> None:
    """Note that another seat of the group, which has said yes, has the promise from now on.

    Raises Refusal if it has an outcome, or if the seat is another group's or has been left.
    """
    require(by, COORDINATE, item.meeting.group)
    item = MinuteItem.objects.select_for_update(no_key=True, of=("self",)).select_related(*RELATED).get(pk=item.pk)
    if hasattr(item, "outcome"):
        raise Refusal("Det är redan berättat hur det gick.", code="already_told")
    if to.group_id != item.meeting.group_id or to.until is not None:
        raise Refusal(f"{to} har ingen plats i gruppen.", code="no_seat")
    had, noted = item.holder, {"seat": to, "by": by, "on": timezone.localdate(at)}
    PromiseHandover.objects.update_or_create(item=item, defaults=noted)
    what = f"{item} ({had or 'ingen'} till {to})"
    GroupEvent.note(item.meeting.group, GroupEvent.Kind.HANDED_ON, by=by, what=what, at=at)
