"""Deletion of followers: months after the issue's last answer, or when they follow nothing. Letters go in a month."""

import datetime as dt
from calendar import monthrange

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from actors.letters import disposal
from actors.models import DeadAddress
from dialogue.models import Dialogue, FollowedIssue, Follower, Issue
from ostberga.lib.coarse_dates import month_of

# A mailbox may be full, or closed by mistake: so long at least she keeps her place, and gets no letters. Only the month
# is known, so it may be a month more.
DEAD_FOR = dt.timedelta(days=30)


def every_day(today: dt.date | None = None) -> None:
    """All of it. Safe to run twice."""
    today = today or timezone.localdate()
    end_old_followings(today)
    forget_followers_of_nothing()
    forget_dead_addresses(today)
    disposal.dispose_of_due(today)


@transaction.atomic
def end_old_followings(today: dt.date) -> int:
    """Delete followings older than the dialogue's `follow_months` after the issue's last answer; how many.

    The months count from the answer or from when the follower asked, whichever is later. An issue in a new round has no
    last answer yet.
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
    """Delete followers who follow no issue, and their letters; how many.

    They are locked first and then checked again, since somebody may just have asked to follow.
    """
    followed = FollowedIssue.objects.filter(follower=OuterRef("pk"))
    idle = Follower.objects.filter(~Exists(followed)).select_for_update(skip_locked=True)
    held = Follower.objects.filter(pk__in=[follower.pk for follower in idle])
    gone = list(held.filter(~Exists(followed)))
    for follower in gone:
        follower.forget()
    return len(gone)


@transaction.atomic
def forget_dead_addresses(today: dt.date) -> int:
    """Delete followers whose address has taken no letters for DEAD_FOR; how many.

    The marks go with them, and so do those as old of everybody else: a letter that comes back marks the address anew.
    """
    over = DeadAddress.objects.filter(since__lt=month_of(today - DEAD_FOR))
    gone = list(Follower.objects.filter(email__in=over.values("email")).select_for_update(skip_locked=True))
    for follower in gone:
        follower.forget()
    over.exclude(email__in=Follower.objects.values("email")).delete()  # one that was locked is forgotten tomorrow
    return len(gone)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last day of that month if it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
