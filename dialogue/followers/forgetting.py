"""When followers are forgotten: months after the answer, or when they follow nothing. Their letters go in a month."""

import datetime as dt
from calendar import monthrange

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from actors.models import Letter
from dialogue.models import Dialogue, FollowedIssue, Follower, Issue
from dialogue.models.following import LETTERS

DAYS_OF_LETTERS = 30


def every_day(today: dt.date | None = None) -> None:
    """All of it. Safe to run twice."""
    today = today or timezone.localdate()
    end_old_followings(today)
    forget_followers_of_nothing()
    delete_old_letters(today)


@transaction.atomic
def end_old_followings(today: dt.date) -> int:
    """Nobody follows an issue for longer than its dialogue says after its last answer, or after she asked to.

    An issue that has begun a new round has no last answer yet. How many they were.
    """
    gone = 0
    for dialogue in Dialogue.objects.filter(issues__followed_by__isnull=False).distinct():
        day = months_before(today, dialogue.follow_months)
        latest = Issue.objects.filter(dialogue=dialogue).annotate(latest=Max("rounds__number"))
        answered = latest.filter(rounds__number=F("latest"), rounds__closed_at__date__lt=day)
        followed = FollowedIssue.objects.annotate(since=Coalesce("confirmed_on", "follower__asked_on"))
        gone += followed.filter(issue__in=answered.values("pk"), since__lt=day).delete()[0]
    return gone


@transaction.atomic
def forget_followers_of_nothing() -> int:
    """Erase those who follow nothing any more, and their letters; how many they were.

    They are locked first and looked at again: somebody may just have asked to follow.
    """
    followed = FollowedIssue.objects.filter(follower=OuterRef("pk"))
    idle = Follower.objects.filter(~Exists(followed)).select_for_update(skip_locked=True)
    held = Follower.objects.filter(pk__in=[one.pk for one in idle])
    gone = list(held.filter(~Exists(followed)))
    for one in gone:
        one.forget()
    return len(gone)


def delete_old_letters(today: dt.date) -> int:
    """Letters to followers are not kept: their addresses stand in them. How many they were."""
    day = today - dt.timedelta(days=DAYS_OF_LETTERS)
    old = Letter.objects.filter(kind__in=LETTERS).exclude(state=Letter.State.WAITING)
    return old.annotate(last=Coalesce("sent_at", "written_at")).filter(last__date__lt=day).delete()[0]


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months ago, or the last of that month where there is no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
