"""Which events are told to those who follow an issue: that it moved on the staircase, or stands in a new report.

Told by a task some minutes later, all news to one address in one letter, each event once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from actors import letters
from dialogue.models import FollowedIssue, Follower, Issue, PublishedReport, StepChange
from dialogue.staircase import Step


@dataclass(frozen=True)
class News:
    """Something that happened to an issue, and the day it did."""

    issue: Issue
    on: dt.date
    step: Step | None = None  # the step it moved to
    report: PublishedReport | None = None

    @property
    def path(self) -> str:
        """Where to read more, in the language that is active."""
        if self.report is not None:
            slug = self.report.dialogue.collaboration.slug
            return reverse("reports:report", args=[slug, self.report.slug])
        return self.issue.get_absolute_url()


@transaction.atomic
def tell_followers() -> int:
    """Write to all who follow an issue with news; how many letters it was. Each event is told once."""
    changes = list(
        StepChange.objects.select_for_update(skip_locked=True, of=["self"])
        .filter(told_at__isnull=True, from_step__isnull=False)
        .select_related("round__issue__dialogue__collaboration")
    )
    reports = list(
        PublishedReport.objects.select_for_update(skip_locked=True, of=["self"])
        .filter(told_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("dialogue__collaboration")
        .prefetch_related("issues__dialogue__collaboration")
    )
    written = _write([*_moves(changes), *_publications(reports)])
    now = timezone.now()
    StepChange.objects.filter(pk__in=[change.pk for change in changes]).update(told_at=now)
    PublishedReport.objects.filter(pk__in=[report.pk for report in reports]).update(told_at=now)
    return written


def _moves(changes: Iterable[StepChange]) -> Iterable[News]:
    for change in changes:
        yield News(change.round.issue, timezone.localdate(change.at), step=Step(change.to_step))


def _publications(reports: Iterable[PublishedReport]) -> Iterable[News]:
    for report in reports:
        for issue in report.issues.all():
            yield News(issue, timezone.localdate(report.published_at), report=report)


def _write(news: list[News]) -> int:
    """One letter to each address, with what has happened since she said yes to news about each issue."""
    about = [one.issue.pk for one in news if one.issue.published_at is not None]
    follows = FollowedIssue.objects.filter(issue__in=about, confirmed_on__isnull=False).select_related("follower")
    to_tell: dict[Follower, list[News]] = defaultdict(list)
    for followed in follows:
        for one in news:
            if one.issue.pk == followed.issue_id and followed.confirmed_on and one.on >= followed.confirmed_on:
                to_tell[followed.follower].append(one)
    for follower, told in to_tell.items():
        _send(follower, told)
    return len(to_tell)


def _send(follower: Follower, told: list[News]) -> None:
    with translation.override(follower.language):
        items = [{"news": one, "link": settings.SITE_URL + one.path} for one in told]
        stop = settings.SITE_URL + reverse("following", args=[follower.token])
    letters.write(
        kind="news",
        to=follower.email,
        template="news",
        context={"items": items, "stop": stop},
        language=follower.language,
        collaboration=told[0].issue.dialogue.collaboration,
    )
