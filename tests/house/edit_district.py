"""The district of tests/house/doors.py with what else can be edited: a plan and a report."""

import datetime as dt
from typing import Any

from django.utils import timezone

from actors.models import Collaboration, User
from dialogue.models import Dialogue, Meeting, Proposal, ProposalPerspective
from dialogue.rules.staircase import Step
from reports.models import Report
from surveys.models import Wave
from tests import factories as make
from tests.house import doors

WEEK = dt.timedelta(days=7)


def build_to_edit() -> doors.District:
    """Create the district, with something in every form that edits."""
    district = doors.build()
    place, by = district.place, district.people["coordinator"]
    assert by
    dialogue, body = place.dialogues.get(is_current=True), place.partnerships.earliest("pk")
    place.body_descriptions.create(organisation=body.organisation, plain_language={"sv": "Sköter gatorna."})
    for step in Step:
        dialogue.steps.create(stage=make.stage(dialogue, step), start="2026-01-01", end="2026-06-30")
    draft = Proposal.objects.get(stands_since=None)
    draft.sides.create(perspective=draft.issue.perspectives.get(), side=ProposalPerspective.Side.ANSWERS)
    first = {"forslag/<int:pk>/andra": f"forslag/{draft.pk}/andra", **_plan(place), **_meetings(dialogue, by)}
    wave = Wave.objects.get()
    question = make.question(wave.survey)  # one without answers, which is changed and not replaced
    district.samples = [*first.items(), ("fragor/<int:question>", f"fragor/{question.pk}"), *district.samples]
    report = Report.objects.create(dialogue=dialogue, wave=wave, title="Så säger vi", slug="sa", created_by=by)
    theme = report.chosen_themes.create(theme=make.theme(place, "Ljus"), position=0)
    district.put({"rapporter/<int:pk>": report.pk, "innehall/<int:chosen>": theme.pk, "parter/<int:pk>": body.pk})
    return district


def _plan(place: Collaboration) -> dict[str, str]:
    plan = place.plans.create(title="Plan", starts_on="2026-01-01", is_draft=True)
    return {"plan/utkast/<slug:kind>/<int:pk>": f"plan/utkast/omrade/{plan.focus_areas.create(name='Ljus').pk}"}


def _meetings(dialogue: Dialogue, by: User) -> dict[str, str]:
    """One that is ahead, and one that has been held and waits for its approval."""
    group, ahead = dialogue.groups.get(), timezone.localdate() + WEEK
    when: dict[str, Any] = {"on": ahead, "starts_at": "18:00", "ends_at": "20:00", "place": "Torget"}
    planned = Meeting.objects.create(group=group, registered_by=by, **when)
    held = make.meeting(group, by, approved_on=None)
    return {
        "mitt/mote/<int:pk>/flytta": f"mitt/mote/{planned.pk}/flytta",
        "moten/<int:pk>/andra": f"moten/{held.pk}/andra",
    }
