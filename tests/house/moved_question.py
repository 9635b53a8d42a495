"""A question that the coordinator moved to another body, which has not taken it, as the doors table needs it."""

from typing import Any

from actors.models import Organisation, User
from dialogue.decisions import passing_on
from dialogue.models import Issue
from tests import factories as make


def of_moved_question(issue: Issue, by: User, before: Organisation, to: Organisation) -> list[tuple[str, Any]]:
    """Make it, and return the parts of routes that belong to it, with what they become."""
    part = make.decision(issue, by, before, title={"sv": "Muralen"}).parts.get()
    took_over: dict[str, Any] = {"predecessor": before, "predecessor_name": before.name, "successor": to}
    succession = issue.dialogue.collaboration.successions.create(**took_over, reason="Delas.", by=by)
    passing_on.pass_to_body(part=part, to=to, reason="Deras.", by=by, succession=succession)
    return [
        ("mitt/beslut/<int:pk>/ta-emot", f"mitt/beslut/{part.pk}/ta-emot"),
        ("parter/overtagande/<int:pk>", f"parter/overtagande/{succession.pk}"),
        ("beslut/<int:pk>/flytt/<int:part_pk>", f"beslut/{part.decision_id}/flytt/{part.pk}"),
    ]
