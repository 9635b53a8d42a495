"""The district of tests/house/doors.py with what else can be edited: a plan and a report."""

import datetime as dt

from django.utils import timezone

from dialogue.models import Meeting, Proposal, ProposalPerspective
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
    plan = place.plans.create(title="Plan", starts_on="2026-01-01", is_draft=True)
    area = plan.focus_areas.create(name="Ljus")
    wave, dialogue = Wave.objects.get(), place.dialogues.get(is_current=True)
    report = Report.objects.create(dialogue=dialogue, wave=wave, title="Så säger vi", slug="sa", created_by=by)
    theme = report.chosen_themes.create(theme=make.theme(place, "Ljus"), position=0)
    body, group = place.partnerships.earliest("pk").organisation, dialogue.groups.get()
    place.body_descriptions.create(organisation=body, plain_language={"sv": "Sköter gatorna."})
    planned = Meeting.objects.create(
        group=group,
        on=timezone.localdate() + WEEK,
        starts_at="18:00",
        ends_at="20:00",
        place="Torget",
        registered_by=by,
    )
    held = make.meeting(group, by, approved_on=None)
    question = make.question(wave.survey)  # one without answers, which is changed and not replaced
    for step in Step:
        dialogue.steps.create(step=step, start="2026-01-01", end="2026-06-30")
    draft = Proposal.objects.get(stands_since=None)
    draft.sides.create(perspective=draft.issue.perspectives.get(), side=ProposalPerspective.Side.ANSWERS)
    first = {
        "forslag/<int:pk>/andra": f"forslag/{draft.pk}/andra",
        "plan/utkast/<slug:kind>/<int:pk>": f"plan/utkast/omrade/{area.pk}",
        "mitt/mote/<int:pk>/flytta": f"mitt/mote/{planned.pk}/flytta",
        "moten/<int:pk>/andra": f"moten/{held.pk}/andra",
        "fragor/<int:question>": f"fragor/{question.pk}",
    }
    district.samples = [*first.items(), *district.samples]
    district.put({"rapporter/<int:pk>": report.pk})
    district.put({"innehall/<int:chosen>": theme.pk, "parter/<int:pk>": place.partnerships.earliest("pk").pk})
    return district
