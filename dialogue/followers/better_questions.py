"""«Har det blivit bättre?» ("Did it get better?"): asked once of an issue's followers when an activity is done.

Each letter carries a link of its own that works once. Nothing stored ties the link to a follower, or the answer to the
link. The figures are shown when the time to answer is over, and only when at least six have answered.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from dialogue.models import Activity, Better, BetterAnswer, BetterInvite, BetterQuestion, FollowedIssue, News
from ostberga.lib.privacy.small_numbers import publish
from ostberga.lib.web.secret_links import new_token, token_hash
from surveys.redaction import detection

# The purpose of its secret links.
LINK = "better"
OPEN_FOR = dt.timedelta(days=30)
MIN_ANSWERS = 6


@dataclass(frozen=True)
class BetterFigures:
    """How many gave each answer, as may be told by the rule for small numbers."""

    answered: str
    yes: str
    some: str
    no: str
    unknown: str
    are_shown: bool

    @classmethod
    def of_counts(cls, *, yes: int, some: int, no: int, unknown: int) -> "BetterFigures":
        """The figures of these counts; they are not shown when no answer was given by enough people."""
        published = publish([[yes, some, no, unknown]], MIN_ANSWERS)
        names = ("answered", "yes", "some", "no", "unknown")
        words = dict(zip(names, [span.words for span in (published.total, *published.tables[0])], strict=True))
        return cls(are_shown=published.has_numbers, **words)


def create_questions(activities: Iterable[Activity]) -> list[News]:
    """Store a question for each activity whose issue has followers; returns unsaved News of the new questions."""
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
    """The token of a new link, and the unsaved row with its hash."""
    token = new_token()
    return token, BetterInvite(question=question, token_hash=hash_token(token))


def hash_token(token: str) -> str:
    """The hash of a link's token, as it is stored."""
    return token_hash(LINK, token)


def figures_by_activity(activities: Collection[int]) -> dict[int, BetterFigures]:
    """By activity's key, for those whose time to answer is over and whose answers are all written. One query."""
    counted = {choice.name.lower(): Count("answers", filter=Q(answers__answer=choice.value)) for choice in Better}
    waiting = Exists(BetterInvite.objects.filter(question=OuterRef("pk")))
    over = BetterQuestion.objects.filter(~waiting, closes_on__lt=timezone.localdate(), activity__in=activities)
    rows = over.annotate(**counted).values("activity", *counted)
    return {row.pop("activity"): BetterFigures.of_counts(**row) for row in rows}


def masked_comments(activity: Activity) -> list[str]:
    """The comments of those who answered, masked, in random order. Empty until the time to answer is over."""
    over = BetterAnswer.objects.filter(question__closes_on__lt=timezone.localdate(), question__activity=activity)
    written = [str(answer.words) for answer in over.order_by("pk")]
    return [detection.mask_text(text, detection.find_identifiers(text)) for text in written if text]
