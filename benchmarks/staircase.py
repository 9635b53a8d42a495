"""An issue with 300 perspectives against 30, and the gates of 200 issues against 20.

The same number of queries, and hardly slower. Run: python -m benchmarks.staircase
"""

import sys
from typing import Any

from benchmarks.size_comparison import compare, serve

FEW, MANY = 20, 200  # issues; the first one has half as many perspectives again


def build(size: int) -> str:
    """Create `size` issues, each with a whole chain of decisions. Returns the coordinator's e-mail."""
    from dialogue.models import IssuePerspective
    from tests import factories as make

    collaboration = make.collaboration()
    ake = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(collaboration, ake)
    bodies = [make.organisation(f"Nämnden {number}") for number in range(10)]
    for body in bodies:
        make.partnership(collaboration, body)
    dialogue = make.dialogue(collaboration)
    wave = make.wave(make.survey(collaboration))
    issues = [make.issue(dialogue, f"Fråga {number}", slug=f"fraga-{number}") for number in range(size)]
    perspectives = [make.perspective(collaboration, ake, f"Vi som tycker {number}") for number in range(size * 3 // 2)]
    _add_statements(wave, ake, perspectives)
    pairs = [(issues[0], perspective) for perspective in perspectives] + list(
        zip(issues[1:], perspectives, strict=False)
    )
    IssuePerspective.objects.bulk_create(
        IssuePerspective(issue=issue, perspective=perspective, linked_by=ake) for issue, perspective in pairs
    )
    _carry_out(dialogue, ake, issues, bodies)
    return ake.email


def _carry_out(dialogue: Any, ake: Any, issues: list[Any], bodies: list[Any]) -> None:
    """Give each issue a proposal, a decision, a running activity and a commitment."""
    from dialogue.rules.activities import ActivityState
    from dialogue.rules.decisions import PartState
    from tests import factories as make

    meeting = make.meeting(make.group(dialogue, ake, *issues), ake)
    for number, issue in enumerate(issues):
        body = bodies[number % 10]
        proposal = make.proposal(issue, ake, body, meeting=meeting)
        decision = make.decision(issue, ake, body, answer=PartState.APPROVED, proposal=proposal)
        activity = make.activity(issue, ake, decision, state=ActivityState.RUNNING)
        activity.events.create(state=ActivityState.RUNNING, by=ake)
        make.commitment(activity, body, ake)


def _add_statements(wave: Any, ake: Any, perspectives: list[Any]) -> None:
    """Attach four confirmed statements to each perspective."""
    from surveys.models import Attachment
    from surveys.rules.roles import Role
    from tests import factories as make

    roles = (Role.RESIDENT, Role.OFFICIAL)
    Attachment.objects.bulk_create(
        Attachment(
            statement=make.statement(wave, by=ake, role=roles[turn % 2]), perspective=perspective, attached_by=ake
        )
        for perspective in perspectives
        for turn in range(4)
    )


def addresses() -> dict[str, str]:
    """Return the pages to measure."""
    from django.urls import reverse

    from dialogue.models import Issue

    issue = Issue.objects.earliest("pk")
    return {
        "frågans sida": issue.get_absolute_url(),
        "alla frågor": reverse("coordinate:issues", args=["ostberga"]),
        "min vecka": reverse("coordinate:home", args=["ostberga"]),
        "så gick det": reverse("dialogue:results", args=["ostberga"]),
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(build, addresses, int(sys.argv[1]))
    else:
        # The results are read in full to be sorted; only the number of queries has a limit.
        pages, loose = ("frågans sida", "alla frågor", "min vecka", "så gick det"), ("så gick det",)
        sys.exit(compare("benchmarks.staircase", pages, few=FEW, many=MANY, loose=loose))
