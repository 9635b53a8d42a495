"""«Har det blivit bättre?»: asked once of those who follow an issue when something about it is done.

Each letter carries a link of its own that works once. Nothing stored ties the link to a follower, or the answer to the
link; the figures are shown when the time to answer is over, and only when at least six have answered.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from dialogue.models import Activity, Better, BetterAnswer, BetterInvite, BetterQuestion, FollowedIssue, News
from ostberga.lib.web.secret_links import new_token, token_hash
from surveys.redaction import detection

OPEN_FOR = dt.timedelta(days=30)
MIN_ANSWERS = 6


@dataclass(frozen=True)
class BetterFigures:
    """How many said what, when the time to answer was over."""

    yes: int
    some: int
    no: int
    unknown: int

    @property
    def answered(self) -> int:
        """How many answered at all."""
        return self.yes + self.some + self.no + self.unknown

    @property
    def are_shown(self) -> bool:
        """Whether they are enough not to point anybody out."""
        return self.answered >= MIN_ANSWERS


def create_questions(activities: Iterable[Activity]) -> list[News]:
    """Begin asking about what is done, where somebody follows the issue; the question as news, not yet stored."""
    today, rows = timezone.localdate(), []
    for activity in activities:
        if not FollowedIssue.objects.filter(issue=activity.issue_id, confirmed_on__isnull=False).exists():
            continue
        days = {"asked_on": today, "closes_on": today + OPEN_FOR}
        question, is_new = BetterQuestion.objects.get_or_create(activity=activity, defaults=days)
        if is_new:
            key = {"kind": News.Kind.BETTER, "key": question.pk}
            rows.append(News(issue_id=activity.issue_id, on=today, is_result=True, **key))
    return rows


def build_invite(question: BetterQuestion) -> tuple[str, BetterInvite]:
    """What a link ends with, and the row that knows it again; not stored yet."""
    token = new_token()
    return token, BetterInvite(question=question, token_hash=hash_token(token))


def hash_token(token: str) -> str:
    """What is stored of a link."""
    return token_hash("better", token)


def figures_by_activity(activities: Collection[int]) -> dict[int, BetterFigures]:
    """By activity, where the time to answer is over and all answers are counted. One query."""
    counted = {one.name.lower(): Count("answers", filter=Q(answers__answer=one.value)) for one in Better}
    waiting = Exists(BetterInvite.objects.filter(question=OuterRef("pk")))
    over = BetterQuestion.objects.filter(~waiting, closes_on__lt=timezone.localdate(), activity__in=activities)
    rows = over.annotate(**counted).values("activity", *counted)
    return {row.pop("activity"): BetterFigures(**row) for row in rows}


def masked_comments(activity: Activity) -> list[str]:
    """What those who answered wrote, masked, in an order that says nothing. Empty until the time to answer is over."""
    over = BetterAnswer.objects.filter(question__closes_on__lt=timezone.localdate(), question__activity=activity)
    written = [str(one.words) for one in over.order_by("pk")]
    return [detection.mask_text(text, detection.find_identifiers(text)) for text in written if text]
