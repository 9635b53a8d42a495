"""Loads the dialogue, its steps and its issues, and walks each issue through the gates on the dates it went."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from dialogue.issues.creating import create_issue, set_concerned_bodies, set_perspectives
from dialogue.models import Dialogue, Issue, ProcessStep
from dialogue.process import planning
from dialogue.rules.staircase import Requirement, Step
from dialogue.staircase import climbing, gate_facts
from ostberga.demo.content import Content, moment, read
from ostberga.demo.who import Who
from surveys.models import GuidingQuestion, Perspective, Survey

TEXTS = ("title", "purpose", "can_influence", "cannot_influence", "who_decides")
# The autumn's round began at least so long ago, also on a computer whose clock is behind the demo's story.
ROUND_2 = dt.timedelta(days=53)


@dataclass(frozen=True)
class Story:
    """What the later chapters are about, by the keys in the files."""

    who: Who
    dialogue: Dialogue
    issues: dict[str, Issue]
    perspectives: dict[str, Perspective]


def load_dialogue(who: Who, guiding_question: GuidingQuestion, survey: Survey) -> Dialogue:
    """The dialogue with the periods of its steps, round by round."""
    content = read("dialogue")
    row = content["dialogue"]
    dialogue = Dialogue.objects.create(
        collaboration=who.collaboration,
        guiding_question=guiding_question,
        is_current=False,
        **{name: row[name] for name in TEXTS},
    )
    dialogue.surveys.add(survey)
    for step in content["steps"]:
        for period in step["periods"]:
            ProcessStep.objects.create(
                dialogue=dialogue,
                round_number=period["round"],
                step=step["number"],
                name=step["name"],
                description=period.get("description", step["description"]),
                start=period["start"],
                end=period["end"],
                precision=period["precision"],
                loops_to=step.get("loops_to") if period["round"] == 1 else None,
            )
    _start(who, dialogue, content["round_1_opened"])
    return dialogue


def _start(who: Who, dialogue: Dialogue, opened: Content) -> None:
    """No body has confirmed what the demo says of it, and the demo does not pretend so: that is told with a reason."""
    unconfirmed = [one for one in gate_facts.missing_to_start(dialogue) if one.code == "confirmed"]
    planning.start_dialogue(
        dialogue=dialogue, by=who.coordinator, on=opened["on"], despite=unconfirmed, reason=opened["unconfirmed"]
    )


def raise_issues(who: Who, dialogue: Dialogue, perspectives: dict[str, Perspective]) -> dict[str, Issue]:
    """All issues at the first step, resting on their perspectives."""
    content = read("dialogue")
    at = moment(content["round_1_opened"]["on"])
    raised = {}
    for row in content["issues"]:
        issue = create_issue(
            dialogue=dialogue,
            slug=row["slug"],
            title=row["title"],
            description=row["description"],
            by=who.coordinator,
            at=at,
        )
        Issue.objects.filter(pk=issue.pk).update(next_up=row["next_up"])
        set_perspectives(
            issue=issue, perspectives=[perspectives[key] for key in row["perspectives"]], by=who.coordinator, at=at
        )
        set_concerned_bodies(
            issue=issue,
            bodies={who.bodies[key]: why for key, why in row["organisations"].items()},
            by=who.coordinator,
            at=at,
        )
        issue.publish(by=who.coordinator, at=at)
        raised[row["key"]] = issue
    return raised


def climb(story: Story, to: Step) -> None:
    """All issues that went on to a step in the first round do so, on the dates they did."""
    for row in read("dialogue")["issues"]:
        for move in row["round_1"]["moves"]:
            if move["to"] == to:
                _climb(story, row["key"], move)


def close(story: Story) -> None:
    """Those whose activities had all ended were closed, with an answer to those who asked."""
    for row in read("dialogue")["issues"]:
        if said := row["round_1"].get("closed"):
            climbing.close(
                issue=story.issues[row["key"]],
                by=story.who.coordinator,
                answer=said["answer"],
                reason=said["reason"],
                at=moment(said["on"], hour=13),
            )


def begin_again(story: Story) -> None:
    """This autumn: a new round of what is asked about anew, each for its own reason."""
    content = read("dialogue")
    for row in content["issues"]:
        if again := row["round_2"]:
            cause = {**content["round_2_opened"], **(again if isinstance(again, dict) else {})}
            began = min(cause["on"], timezone.localdate() - ROUND_2)
            climbing.begin_round(
                issue=story.issues[row["key"]], by=story.who.coordinator, cause=cause["reason"], at=moment(began)
            )


def climb_in_autumn(story: Story, to: Step) -> None:
    """The few issues that have gone on in the new round."""
    for row in read("dialogue")["issues"]:
        for move in row.get("round_2_moves", []):
            if move["to"] == to:
                _climb(story, row["key"], move)


def _climb(story: Story, key: str, move: Content) -> None:
    """One step up through the gate. What was missing then is named in the file, with the reason it was passed by."""
    issue, at = story.issues[key], moment(move["on"])
    climbing.climb(
        issue=issue,
        by=story.who.coordinator,
        reason=move["reason"],
        despite=_known(issue, move.get("despite", []), at),
        at=at,
    )


def _known(issue: Issue, codes: list[str], at: dt.datetime) -> list[Requirement]:
    missing = gate_facts.missing_requirements(issue, timezone.localdate(at)) if codes else []
    return [one for one in missing if one.code in codes]
