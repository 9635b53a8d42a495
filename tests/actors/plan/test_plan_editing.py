"""The joint plan: drafted, adopted, and then changed only as a new version."""

import datetime as dt

import pytest

from actors.models import FocusArea, Goal, Indicator
from actors.plan import plan_drafts
from ostberga.lib.refusal import Refusal

WORKSHOP = "/samordna/ostberga/plan/"


@pytest.fixture
def plan(ostberga):
    """The adopted plan: one area, one goal, one indicator."""
    joint_plan = ostberga.plans.create(title="Gemensam plan", starts_on=dt.date(2017, 1, 1))
    area = FocusArea.objects.create(plan=joint_plan, name="Mötesplatser")
    goal = Goal.objects.create(focus_area=area, text="En plats för alla åldrar")
    Indicator.objects.create(goal=goal, text="Öppettimmar per vecka", direction="up", source="Kultur")
    return joint_plan


def shape(plan):
    return [
        (area.name, [(goal.text, [indicator.text for indicator in goal.indicators.all()]) for goal in area.goals.all()])
        for area in plan.focus_areas.all()
    ]


@pytest.fixture
def draft(ake, ostberga, browse):
    """A draft written on the pages, not adopted."""
    browser = browse(ake)
    browser.post(f"{WORKSHOP}ny/", {"title": "Plan 2026", "introduction": "Tillsammans.", "starts_on": "2026-01-01"})
    joint_plan = ostberga.plans.get()
    browser.post(f"{WORKSHOP}utkast/omrade/i/{joint_plan.pk}/", {"name": "Trygg utemiljö"})
    browser.post(f"{WORKSHOP}utkast/mal/i/{joint_plan.focus_areas.get().pk}/", {"text": "Fel lagas snabbt"})
    measure = {"text": "Dagar till lagat", "direction": "down"}
    browser.post(f"{WORKSHOP}utkast/indikator/i/{joint_plan.focus_areas.get().goals.get().pk}/", measure)
    return joint_plan


def test_the_first_plan_is_written_and_adopted(ake, draft, browse, amina):
    assert shape(draft) == [("Trygg utemiljö", [("Fel lagas snabbt", ["Dagar till lagat"])])]
    assert "Trygg utemiljö" not in amina.get("/ostberga/plan/").content.decode()

    browse(ake).post(f"{WORKSHOP}utkast/anta/")
    draft.refresh_from_db()
    assert (draft.is_draft, draft.adopted_by) == (False, ake)
    assert "Dagar till lagat" in amina.get("/ostberga/plan/").content.decode()


def test_an_empty_plan_is_not_adopted(ake, ostberga):
    draft = plan_drafts.create_draft(
        collaboration=ostberga, title="Tom", introduction="", starts_on=dt.date(2026, 1, 1), ends_on=None, by=ake
    )

    with pytest.raises(Refusal, match="inget fokusområde"):
        plan_drafts.adopt_draft(draft, by=ake)
    FocusArea.objects.create(plan=draft, name="Ljus")
    with pytest.raises(Refusal, match="Ljus har inget mål"):
        plan_drafts.adopt_draft(draft, by=ake)


def test_a_new_version_is_a_whole_copy_and_the_old_one_stays(ake, plan, ostberga, browse):
    browse(ake).post(f"{WORKSHOP}{plan.pk}/ny-version/")
    draft = ostberga.plans.get(is_draft=True)
    assert (shape(draft), draft.version) == (shape(plan), 2)

    browse(ake).post(f"{WORKSHOP}utkast/mal/{draft.focus_areas.get().goals.get().pk}/", {"text": "Nytt mål"})
    assert [shape(version)[0][1][0][0] for version in (plan, draft)] == ["En plats för alla åldrar", "Nytt mål"]


def test_an_adopted_plan_is_not_changed(ake, plan, browse):
    area = plan.focus_areas.get()

    assert browse(ake).post(f"{WORKSHOP}utkast/omrade/{area.pk}/", {"name": "Annat"}).status_code == 404
    with pytest.raises(Refusal, match="ny version"):
        plan_drafts.save_part(area, words={"name": "Annat"}, by=ake)


def test_there_is_one_draft_at_a_time(ake, plan, browse):
    assert browse(ake).post(f"{WORKSHOP}{plan.pk}/ny-version/").status_code == 302
    assert browse(ake).post(f"{WORKSHOP}{plan.pk}/ny-version/").status_code == 409


def test_parts_change_places_and_go(ake, plan, browse):
    draft = plan_drafts.create_new_version(plan, by=ake)
    for name in ("Unga", "Resor"):
        plan_drafts.save_part(FocusArea(plan=draft), words={"name": name}, by=ake)
    travel = draft.focus_areas.get(name="Resor")
    browse(ake).post(f"{WORKSHOP}utkast/omrade/{travel.pk}/flytta/", {"way": "up"})
    assert [area.name for area in draft.focus_areas.all()] == ["Mötesplatser", "Resor", "Unga"]

    browse(ake).post(f"{WORKSHOP}utkast/omrade/{travel.pk}/ta-bort/")
    assert [area.name for area in draft.focus_areas.all()] == ["Mötesplatser", "Unga"]


def test_a_draft_can_be_thrown_away_but_not_a_plan(ake, plan, ostberga, browse):
    plan_drafts.create_new_version(plan, by=ake)
    browse(ake).post(f"{WORKSHOP}utkast/kasta/")

    assert list(ostberga.plans.all()) == [plan]
    assert browse(ake).post(f"{WORKSHOP}utkast/kasta/").status_code == 404


def test_a_period_that_ends_before_it_begins_is_said_beside_the_field(ake, browse, ostberga):
    typed = {"title": "Plan", "introduction": "", "starts_on": "2026-02-01", "ends_on": "2026-01-01"}
    answer = browse(ake).post(f"{WORKSHOP}ny/", typed)

    assert (answer.status_code, 'id="id_ends_on_error"' in answer.content.decode()) == (422, True)


def test_every_page_of_the_plan_opens(ake, plan, browse):
    draft = plan_drafts.create_new_version(plan, by=ake)
    area = draft.focus_areas.get()
    pages = ["", "ny/", "utkast/", f"utkast/omrade/i/{draft.pk}/", f"utkast/mal/{area.goals.get().pk}/"]

    assert [browse(ake).get(f"{WORKSHOP}{page}").status_code for page in pages] == [200] * 5
