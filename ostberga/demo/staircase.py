"""Loads the dialogue, its steps and its issues, and walks each issue up the staircase on the dates it did."""

from actors.models import User
from dialogue import climbing
from dialogue.models import Dialogue, Issue, ProcessStep
from dialogue.raising import concern, raise_issue, rest_on
from dialogue.staircase import Step
from ostberga.demo.content import Content, moment, read
from ostberga.demo.who import Who
from surveys.models import GuidingQuestion, Perspective, Survey

TEXTS = ("title", "purpose", "can_influence", "cannot_influence", "who_decides")


def load_dialogue(who: Who, guiding_question: GuidingQuestion, survey: Survey) -> Dialogue:
    """The dialogue with the periods of its steps, round by round."""
    content = read("dialogue")
    row = content["dialogue"]
    dialogue = Dialogue.objects.create(
        collaboration=who.collaboration, guiding_question=guiding_question, **{name: row[name] for name in TEXTS}
    )
    dialogue.surveys.add(survey)
    for step in content["steps"]:
        for period in step["periods"]:
            ProcessStep.objects.create(
                dialogue=dialogue,
                round_number=period["round"],
                step=step["number"],
                name=step["name"],
                description=step["description"],
                start=period["start"],
                end=period["end"],
                precision=period["precision"],
                loops_to=step.get("loops_to") if period["round"] == 1 else None,
            )
    return dialogue


def raise_issues(who: Who, dialogue: Dialogue, perspectives: dict[str, Perspective]) -> dict[str, Issue]:
    """All issues at the first step, resting on their perspectives."""
    content = read("dialogue")
    at = moment(content["round_1_opened"]["on"])
    raised = {}
    for row in content["issues"]:
        issue = raise_issue(
            dialogue=dialogue,
            slug=row["slug"],
            title=row["title"],
            description=row["description"],
            by=who.coordinator,
            at=at,
        )
        Issue.objects.filter(pk=issue.pk).update(next_up=row["next_up"])
        rest_on(issue=issue, perspectives=[perspectives[key] for key in row["perspectives"]], by=who.coordinator, at=at)
        concern(
            issue=issue,
            bodies={who.bodies[key]: why for key, why in row["organisations"].items()},
            by=who.coordinator,
            at=at,
        )
        issue.publish(by=who.coordinator, at=at)
        raised[row["key"]] = issue
    return raised


def climb_to_report(issues: dict[str, Issue], by: User) -> None:
    """Spring 2016: the interviews are done, the report is next."""
    for row in read("dialogue")["issues"]:
        for move in row["round_1"]["moves"][:1]:
            _move(issues[row["key"]], move, by)


def climb_on(issues: dict[str, Issue], by: User) -> None:
    """All that happened after the report was out, and the new round of this autumn."""
    content = read("dialogue")
    for row in content["issues"]:
        again = [{"to": Step.INTERVIEWS, **content["round_2_opened"]}] if row["round_2"] else []
        for move in [*row["round_1"]["moves"][1:], *again]:
            _move(issues[row["key"]], move, by)


def _move(issue: Issue, move: Content, by: User) -> None:
    at, to, reason = moment(move["on"]), Step(move["to"]), move["reason"]
    if to > issue.step:
        climbing.climb(issue=issue, by=by, reason=reason, at=at)
    else:
        climbing.begin_round(issue=issue, by=by, cause=reason, at=at)
