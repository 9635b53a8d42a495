"""The coordinator's week with 200 issues, 500 part-decisions and 300 followers of each issue against a tenth of it all.

At most 30 queries, as many for both, and hardly slower. Run: python -m benchmarks.week
"""

import datetime as dt
import sys
from typing import Any

from benchmarks.size_comparison import compare, serve

FEW, MANY = 20, 200  # issues
PARTS, BODIES = 5, 10  # part-decisions for every second issue; bodies in the collaboration
FOLLOWERS = 300  # of each issue; the same people follow all
QUERIES = 30


def build(size: int) -> str:
    """Create `size` issues over the five steps with all kinds of waiting work. Returns the coordinator's e-mail."""
    from surveys.models import Attachment
    from tests import factories as make

    collaboration = make.collaboration()
    ake = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(collaboration, ake)
    bodies = [make.organisation(f"Nämnden {number}") for number in range(BODIES)]
    for body in bodies:
        make.partnership(collaboration, body)
    dialogue = make.dialogue(collaboration)
    wave = make.wave(make.survey(collaboration))
    issues = [make.issue(dialogue, f"Fråga {n}", slug=f"fraga-{n}", step=n % 5 + 1) for n in range(size)]
    _follow(issues, FOLLOWERS * size // MANY)
    for number, issue in enumerate(issues):
        perspective = make.perspective(collaboration, ake, f"Vi som tycker {issue}")
        issue.links.create(perspective=perspective, linked_by=ake)
        Attachment.objects.create(statement=make.statement(wave, by=ake), perspective=perspective, attached_by=ake)
        issue.concerned.create(organisation=bodies[number % BODIES], why="Sköter den.")
        _decide(issue, ake, bodies, late=number % 2 == 0)
    return ake.email


def _decide(issue: Any, ake: Any, bodies: list[Any], *, late: bool) -> None:
    """Give the issue a decision, with five overdue answers if `late`, an activity and a meeting with a promise."""
    from django.utils import timezone

    from dialogue.models import MinuteItem
    from tests import factories as make

    yesterday = timezone.localdate() - dt.timedelta(days=1)
    asked_bodies, answer = (bodies[:PARTS], "requested") if late else (bodies[:1], "approved")
    decision = make.decision(issue, ake, *asked_bodies, answer=answer)
    decision.parts.filter(answer="requested").update(due_on=yesterday)
    activity = make.activity(issue, ake, decision, concern="Se över tiden." if late else "")
    make.commitment(activity, bodies[0], ake, reply="countered" if late else "accepted", answer="I maj.")
    meeting = make.meeting(make.group(issue.dialogue, ake, issue), ake, approved_on=None)
    words = {"kind": "promise", "text": "Räkna lamporna", "due_on": yesterday, "owner": meeting.present.first()}
    MinuteItem.objects.create(meeting=meeting, edited_by=ake, **words)
    type(meeting).objects.filter(pk=meeting.pk).update(approved_on=None if late else timezone.localdate())


def _follow(issues: list[Any], people: int) -> None:
    """Let `people` followers follow every issue."""
    from django.db import transaction

    from dialogue.models import FollowedIssue, Follower

    with transaction.atomic():
        followers = [Follower.at(f"foljare{number}@example.se", language="sv") for number in range(people)]
    FollowedIssue.objects.bulk_create(
        FollowedIssue(follower=follower, issue=issue) for follower in followers for issue in issues
    )


def addresses() -> dict[str, str]:
    """Return the pages to measure."""
    from django.urls import reverse

    week = reverse("coordinate:home", args=["ostberga"])
    pages = {"min vecka": week, "en låda i sin helhet": f"{week}?visa=moten"}
    search = reverse("coordinate:search", args=["ostberga"])
    return pages | {"takt": reverse("coordinate:pace", args=["ostberga"]), "sök": f"{search}?q=lampor"}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(build, addresses, int(sys.argv[1]))
    else:
        # These pages show everything; only their number of queries has a limit.
        loose = ("en låda i sin helhet", "takt", "sök")
        pages = ("min vecka", *loose)
        sys.exit(compare("benchmarks.week", pages, few=FEW, many=MANY, loose=loose, queries=QUERIES))
