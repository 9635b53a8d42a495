"""An issue that rests on 300 perspectives against 30, and the gates of 200 issues against 20.

The same number of queries, and hardly slower. Run: python -m benchmarks.staircase
"""

import sys
from typing import Any

from benchmarks.sizes import compare, serve

FEW, MANY = 20, 200  # issues; an issue's own page rests on half as many perspectives again


def build(size: int) -> str:
    """So many issues, all with a whole chain behind them; gives the coordinator's e-mail."""
    from dialogue.models import IssuePerspective
    from dialogue.rules.activities import ActivityState
    from dialogue.rules.decisions import PartState
    from tests import factories as make

    place = make.collaboration()
    ake = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(place, ake)
    bodies = [make.organisation(f"Nämnden {number}") for number in range(10)]
    for body in bodies:
        make.partnership(place, body)
    talk = make.dialogue(place)
    wave = make.wave(make.survey(place))
    issues = [make.issue(talk, f"Fråga {number}", slug=f"fraga-{number}") for number in range(size)]
    seen = [make.perspective(place, ake, f"Vi som tycker {number}") for number in range(size * 3 // 2)]
    _speak(wave, ake, seen)
    links = [IssuePerspective(issue=issues[0], perspective=one, linked_by=ake) for one in seen]
    links += [IssuePerspective(issue=one, perspective=seen[n], linked_by=ake) for n, one in enumerate(issues[1:])]
    IssuePerspective.objects.bulk_create(links)
    group = make.group(talk, ake, *issues)
    meeting = make.meeting(group, ake)
    for number, issue in enumerate(issues):
        body = bodies[number % 10]
        proposal = make.proposal(issue, ake, body, meeting=meeting)
        held = make.decision(issue, ake, body, answer=PartState.APPROVED, proposal=proposal)
        lit = make.activity(issue, ake, held, state=ActivityState.RUNNING)
        lit.events.create(state=ActivityState.RUNNING, by=ake)
        make.commitment(lit, body, ake)
    return ake.email


def _speak(wave: Any, ake: Any, seen: list[Any]) -> None:
    """Four confirmed statements behind each perspective."""
    from surveys.models import Attachment
    from surveys.rules.roles import Role
    from tests import factories as make

    roles = (Role.RESIDENT, Role.OFFICIAL)
    Attachment.objects.bulk_create(
        Attachment(statement=make.statement(wave, by=ake, role=roles[turn % 2]), perspective=one, attached_by=ake)
        for one in seen
        for turn in range(4)
    )


def addresses() -> dict[str, str]:
    """Where the staircase is seen."""
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
        # What has come of everything is read in whole to be put in order; only its number of queries is a gate.
        pages, loose = ("frågans sida", "alla frågor", "min vecka", "så gick det"), ("så gick det",)
        sys.exit(compare("benchmarks.staircase", pages, few=FEW, many=MANY, loose=loose))
