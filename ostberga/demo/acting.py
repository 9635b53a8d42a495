"""Loads activities: planned, promised by a body, begun under a decision, told about, and brought to an honest end."""

from collections.abc import Mapping

from actors.models import FocusArea, User
from dialogue.activities import activity_lifecycle, commitments
from dialogue.activities.activity_lifecycle import ActivityPlan
from dialogue.models import Activity, Commitment, Decision
from dialogue.rules.activities import ActivityState, Part
from ostberga.demo.content import Content, day, moment, read
from ostberga.demo.staircase import Story
from ostberga.lib.periods import Period


def plan(story: Story, decisions: Mapping[str, Decision], name: str) -> dict[str, Activity]:
    """The activities under a heading in the file, each asked for, by their keys there. Nothing begins yet."""
    areas = _focus_areas(story)
    activities = {}
    for row in read("activities")[name]:
        activity = activity_lifecycle.plan(
            issue=story.issues[row["issue"]],
            plan=_plan(row, areas),
            by=story.who.coordinator,
            decision=decisions[row["decision"]] if row["decision"] else None,
            at=moment(row["planned"]),
        )
        for asked in row["asked"]:
            _ask(story, activity, asked, row)
        activities[row["key"]] = activity
    return activities


def carry_out(story: Story, activities: Mapping[str, Activity]) -> None:
    """What has been told about them since, and how they ended."""
    for row in read("activities")["activities"]:
        activity, by = activities[row["key"]], _lead(story, row)
        if "begun" in row:
            activity_lifecycle.start(activity=activity, by=by, at=moment(row["begun"], hour=8))
        for news in row.get("news", []):
            activity_lifecycle.add_news(activity=activity, by=by, text=news["text"], at=moment(news["on"], hour=14))
        if "end" in row:
            _end(activity, row["end"], by)
        if "later" in row:
            again = _plan({**row, **row["later"]}, _focus_areas(story))
            activity_lifecycle.edit(activity=activity, plan=again, decision=activity.decision, by=by)


def _focus_areas(story: Story) -> dict[str, FocusArea]:
    """By their keys in the plan's file: F1 is the first."""
    areas = FocusArea.objects.filter(plan__collaboration=story.who.collaboration).order_by("position")
    return {f"F{place}": area for place, area in enumerate(areas, start=1)}


def _plan(row: Content, areas: Mapping[str, FocusArea]) -> ActivityPlan:
    end = row["end_on"]
    return ActivityPlan(
        title=row["title"],
        period=Period.covering(day(row["start"]), None if end is None else day(end), row["precision"]),
        description=row["description"],
        place=row["place"],
        focus_area=areas[row["focus"]],
    )


def _ask(story: Story, activity: Activity, asked: Content, row: Content) -> None:
    due = asked.get("due")
    commitment = commitments.ask(
        activity=activity,
        organisation=story.who.bodies[asked["body"]],
        part=Part(asked["part"]),
        what=asked["what"],
        by=story.who.coordinator,
        due_on=None if due is None else day(due),
        at=moment(row["planned"]),
    )
    if "replied" in asked:
        _reply(commitment, asked, story.who.accounts[asked["body"]])


def _reply(commitment: Commitment, asked: Content, by: User) -> None:
    at = moment(asked["replied"], hour=11)
    if "no" in asked:
        commitments.decline(commitment=commitment, reason=asked["no"], by=by, at=at)
    elif "offer" in asked:
        commitments.counter(commitment=commitment, offer=asked["offer"], by=by, at=at)
    else:
        commitments.accept(commitment=commitment, by=by, at=at)


def _lead(story: Story, row: Content) -> User:
    return next(story.who.accounts[one["body"]] for one in row["asked"] if one["part"] == Part.LEAD)


def _end(activity: Activity, row: Content, by: User) -> None:
    activity_lifecycle.end(
        activity=activity,
        state=ActivityState(row["state"]),
        outcome=row["outcome"],
        by=by,
        carried_on_by=row.get("carried_on_by", ""),
        at=moment(row["on"], hour=16),
    )
