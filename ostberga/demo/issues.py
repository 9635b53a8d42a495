"""Load the dialogue, its steps and issues, and move each issue through the gates on the dates in the file."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from dialogue.issues.creating import create_issue, set_concerned_bodies, set_perspectives
from dialogue.models import Dialogue, Issue, ProcessStep
from dialogue.process import planning
from dialogue.process.stages import give_template
from dialogue.rules.process_templates import ProcessTemplate
from dialogue.rules.staircase import Requirement, Step
from dialogue.staircase import climbing, gate_facts
from ostberga.demo.content import Content, moment, read
from ostberga.demo.participants import Participants
from surveys.models import GuidingQuestion, Perspective, Survey

TEXTS = ("title", "purpose", "can_influence", "cannot_influence", "who_decides")
# The second round began at least this long ago, also on a computer whose clock is behind the demo's dates.
SECOND_ROUND_AGE = dt.timedelta(days=53)


@dataclass(frozen=True)
class DemoDialogue:
    """The dialogue with its issues, as the later loaders need it, by the keys in the files."""

    participants: Participants
    dialogue: Dialogue
    issues: dict[str, Issue]
    perspectives: dict[str, Perspective]


def load_dialogue(participants: Participants, guiding_question: GuidingQuestion, survey: Survey) -> Dialogue:
    """Create and start the dialogue with the periods of its steps in both rounds."""
    content = read("dialogue")
    row = content["dialogue"]
    dialogue = Dialogue.objects.create(
        collaboration=participants.collaboration,
        slug=row["slug"],
        guiding_question=guiding_question,
        is_current=False,
        **{name: row[name] for name in TEXTS},
    )
    dialogue.surveys.add(survey)
    give_template(dialogue, ProcessTemplate.OSTBERGA)
    stages = {stage.step: stage for stage in dialogue.stages.all()}
    for step in content["steps"]:
        for period in step["periods"]:
            ProcessStep.objects.create(
                dialogue=dialogue,
                round_number=period["round"],
                stage=stages[step["number"]],
                name=step["name"],
                description=period.get("description", step["description"]),
                start=period["start"],
                end=period["end"],
                precision=period["precision"],
                loops_to=stages.get(step.get("loops_to")) if period["round"] == 1 else None,
            )
    _start(participants, dialogue, content["round_1_opened"])
    return dialogue


def _start(participants: Participants, dialogue: Dialogue, opened: Content) -> None:
    """Start the dialogue despite the unconfirmed descriptions of the bodies, giving the reason in the file."""
    unconfirmed = [
        requirement for requirement in gate_facts.missing_to_start(dialogue) if requirement.code == "confirmed"
    ]
    planning.start_dialogue(
        dialogue=dialogue,
        by=participants.coordinator,
        on=opened["on"],
        despite=unconfirmed,
        reason=opened["unconfirmed"],
    )


def load_issues(
    participants: Participants, dialogue: Dialogue, perspectives: dict[str, Perspective]
) -> dict[str, Issue]:
    """Create all issues at the first step, linked to their perspectives. Returns them by key."""
    content = read("dialogue")
    at = moment(content["round_1_opened"]["on"])
    raised = {}
    for row in content["issues"]:
        texts = {name: row[name] for name in ("slug", "title", "description")}
        issue = create_issue(dialogue=dialogue, by=participants.coordinator, at=at, **texts)
        Issue.objects.filter(pk=issue.pk).update(next_up=row["next_up"])
        set_perspectives(
            issue=issue,
            perspectives=[perspectives[key] for key in row["perspectives"]],
            by=participants.coordinator,
            at=at,
        )
        set_concerned_bodies(
            issue=issue,
            bodies={participants.bodies[key]: why for key, why in row["organisations"].items()},
            by=participants.coordinator,
            at=at,
        )
        issue.publish(by=participants.coordinator, at=at)
        raised[row["key"]] = issue
    return raised


def climb_in_spring(demo_dialogue: DemoDialogue, to: Step) -> None:
    """Move the issues that reached a step in the first round to it, on the dates in the file."""
    for row in read("dialogue")["issues"]:
        for move in row["round_1"]["moves"]:
            if move["to"] == to:
                _climb(demo_dialogue, row["key"], move)


def close_issues(demo_dialogue: DemoDialogue) -> None:
    """Close the issues that were closed in the first round, with their answers."""
    for row in read("dialogue")["issues"]:
        if closed := row["round_1"].get("closed"):
            climbing.close(
                issue=demo_dialogue.issues[row["key"]],
                by=demo_dialogue.participants.coordinator,
                answer=closed["answer"],
                reason=closed["reason"],
                at=moment(closed["on"], hour=13),
            )


def begin_second_round(demo_dialogue: DemoDialogue) -> None:
    """Begin the second round of the issues that have one, each for its own reason."""
    content = read("dialogue")
    for row in content["issues"]:
        if again := row["round_2"]:
            cause = {**content["round_2_opened"], **(again if isinstance(again, dict) else {})}
            began = min(cause["on"], timezone.localdate() - SECOND_ROUND_AGE)
            climbing.begin_round(
                issue=demo_dialogue.issues[row["key"]],
                by=demo_dialogue.participants.coordinator,
                cause=cause["reason"],
                at=moment(began),
            )


def climb_in_autumn(demo_dialogue: DemoDialogue, to: Step) -> None:
    """Move the issues that reached a step in the second round to it."""
    for row in read("dialogue")["issues"]:
        for move in row.get("round_2_moves", []):
            if move["to"] == to:
                _climb(demo_dialogue, row["key"], move)


def _climb(demo_dialogue: DemoDialogue, key: str, move: Content) -> None:
    """Move an issue one step up, despite the missing requirements that the file names."""
    issue, at = demo_dialogue.issues[key], moment(move["on"])
    climbing.climb(
        issue=issue,
        by=demo_dialogue.participants.coordinator,
        reason=move["reason"],
        despite=_despite(issue, move.get("despite", []), at),
        at=at,
    )


def _despite(issue: Issue, codes: list[str], at: dt.datetime) -> list[Requirement]:
    missing = gate_facts.missing_requirements(issue, timezone.localdate(at)) if codes else []
    return [requirement for requirement in missing if requirement.code in codes]
