"""Load activities: their plans, commitments, news and outcomes."""

from collections.abc import Mapping

from actors.models import FocusArea, User
from dialogue.activities import activity_lifecycle, commitments
from dialogue.activities.activity_lifecycle import ActivityPlan
from dialogue.models import Activity, Commitment, Decision
from dialogue.rules.activities import ActivityState, Part
from ostberga.demo.content import Content, day, moment, read
from ostberga.demo.issues import DemoDialogue
from ostberga.lib.periods import Period


def load(demo_dialogue: DemoDialogue, decisions: Mapping[str, Decision], name: str) -> dict[str, Activity]:
    """Plan the activities under a heading of the file and ask for commitments. Returns them by key; none is started."""
    areas = _focus_areas(demo_dialogue)
    activities = {}
    for row in read("activities")[name]:
        activity = activity_lifecycle.plan(
            issue=demo_dialogue.issues[row["issue"]],
            plan=_plan(row, areas),
            by=demo_dialogue.participants.coordinator,
            decision=decisions[row["decision"]] if row["decision"] else None,
            at=moment(row["planned"]),
        )
        for request in row["asked"]:
            _ask(demo_dialogue, activity, request, row)
        activities[row["key"]] = activity
    return activities


def carry_out(demo_dialogue: DemoDialogue, activities: Mapping[str, Activity]) -> None:
    """Start the activities, publish their news and end those that have ended."""
    for row in read("activities")["activities"]:
        activity, by = activities[row["key"]], _lead(demo_dialogue, row)
        if "begun" in row:
            activity_lifecycle.start(activity=activity, by=by, at=moment(row["begun"], hour=8))
        for news in row.get("news", []):
            activity_lifecycle.add_news(activity=activity, by=by, text=news["text"], at=moment(news["on"], hour=14))
        if "end" in row:
            _end(activity, row["end"], by)
        if "later" in row:
            again = _plan({**row, **row["later"]}, _focus_areas(demo_dialogue))
            coordinator = demo_dialogue.participants.coordinator
            activity_lifecycle.edit(activity=activity, plan=again, decision=activity.decision, by=coordinator)


def _focus_areas(demo_dialogue: DemoDialogue) -> dict[str, FocusArea]:
    """Return the focus areas by their keys in the plan's file: F1 is the first."""
    areas = FocusArea.objects.filter(plan__collaboration=demo_dialogue.participants.collaboration).order_by("position")
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


def _ask(demo_dialogue: DemoDialogue, activity: Activity, request: Content, row: Content) -> None:
    due = request.get("due")
    commitment = commitments.ask(
        activity=activity,
        organisation=demo_dialogue.participants.bodies[request["body"]],
        part=Part(request["part"]),
        what=request["what"],
        by=demo_dialogue.participants.coordinator,
        due_on=None if due is None else day(due),
        at=moment(row["planned"]),
    )
    if "replied" in request:
        _reply(commitment, request, demo_dialogue.participants.accounts[request["body"]])


def _reply(commitment: Commitment, request: Content, by: User) -> None:
    at = moment(request["replied"], hour=11)
    if "no" in request:
        commitments.decline(commitment=commitment, reason=request["no"], by=by, at=at)
    elif "offer" in request:
        commitments.counter(commitment=commitment, offer=request["offer"], by=by, at=at)
    else:
        commitments.accept(commitment=commitment, by=by, at=at)


def _lead(demo_dialogue: DemoDialogue, row: Content) -> User:
    return next(
        demo_dialogue.participants.accounts[commitment["body"]]
        for commitment in row["asked"]
        if commitment["part"] == Part.LEAD
    )


def _end(activity: Activity, row: Content, by: User) -> None:
    activity_lifecycle.end(
        activity=activity,
        state=ActivityState(row["state"]),
        outcome=row["outcome"],
        by=by,
        carried_on_by=row.get("carried_on_by", ""),
        at=moment(row["on"], hour=16),
    )
