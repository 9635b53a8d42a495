"""Changes to the collaboration are logged, and shown on the coordinator's pages."""

import pytest
from django.utils import timezone

from actors.models import CollaborationEvent, FocusArea
from actors.partners import descriptions
from actors.people import appointing, inviting
from actors.plan import plan_drafts
from tests import factories as make

TERMS = {"mandate": "Gator.", "role_description": "Lagar.", "preconditions": "", "goal_conflicts": ""}
WORKSHOP = "/samordna/ostberga"


def written(collaboration):
    return [
        (event.by.name if event.by else event.by_address, event.kind, event.what)
        for event in collaboration.events.order_by("pk")
    ]


@pytest.fixture
def plan(ostberga):
    """The adopted plan."""
    joint_plan = ostberga.plans.create(title="Plan", starts_on=timezone.localdate())
    FocusArea.objects.create(plan=joint_plan, name="Ljus")
    return joint_plan


def test_a_body_that_comes_and_goes(ake, ostberga, trafikkontoret, browse):
    today, culture = timezone.localdate(), make.organisation("Kultur")
    browser, part = browse(ake), ostberga.partnerships.get(organisation=trafikkontoret)
    browser.post(f"{WORKSHOP}/parter/ny/", {"organisation": culture.pk, "on": today, "reason": "Huset.", **TERMS})
    leaves = {"ending": "left", "on": today, "reason": "Bytte ägare.", "confirmed": "on"}
    browser.post(f"{WORKSHOP}/parter/{part.pk}/lamnar/", leaves)

    assert written(ostberga) == [
        ("Åke", "joined", f"Kultur, från {today}"),
        ("Åke", "left", f"Trafikkontoret, sista dagen {today}"),
    ]
    page = browser.get(f"{WORKSHOP}/parter/").text
    assert f"Åke noterade att parten lämnar Trafikkontoret, sista dagen {today}. Skäl: Bytte ägare." in page


def test_a_bodys_own_words_are_logged_where_who_wrote_them_is_known(tova, ostberga, trafikkontoret):
    other = make.collaboration("rinkeby")
    make.partnership(other, trafikkontoret)

    names = {"name": "Trafikkontoret", "short_name": "Trafik"}
    descriptions.write_own_words(
        organisation=trafikkontoret, by=tova, plain_language={}, contact_function="Växeln", **names
    )

    assert (written(ostberga), written(other)) == ([("Tova", "presented", "Trafikkontoret")], [])


def test_an_invitation_taken_back_and_a_deputy_who_steps_down(ake, tova, ostberga, registry, browse):
    invitation = inviting.invite(collaboration=ostberga, by=ake, email="ny@ostberga.example", name="Ny")
    appointing.confirm(appointing.propose(collaboration=ostberga, user=tova, role="deputy", by=ake))
    browse(ake).post(f"{WORKSHOP}/personer/inbjudan/{invitation.pk}/aterkalla/")
    browse(ake).post(f"{WORKSHOP}/personer/ersattare/avsluta/")

    assert written(ostberga) == [
        ("Åke", "proposed", "Tova (ersättare)"),
        (registry, "appointed", "Tova (ersättare)"),
        ("Åke", "withdrew", "Ny (ny@ostberga.example)"),
        ("Åke", "stepped_down", "Tova"),
    ]
    assert "Åke avslutade uppdraget som ersättare för Tova." in browse(ake).get(f"{WORKSHOP}/personer/").text


def test_a_plan_thrown_away_is_still_told(ake, plan, ostberga, browse):
    draft = plan_drafts.create_new_version(plan, by=ake)
    plan_drafts.save_part(FocusArea(plan=draft), words={"name": "Unga"}, by=ake)
    plan_drafts.move_part(draft.focus_areas.get(name="Unga"), up=True, by=ake)
    plan_drafts.remove_part(draft.focus_areas.get(name="Ljus"), by=ake)
    plan_drafts.discard_draft(draft, by=ake)

    kinds = ["copied", "wrote", "moved", "took_away", "threw_away"]
    assert [kind for _, kind, _ in written(ostberga)] == kinds
    assert "Åke kastade utkastet till planen Plan, version 2." in browse(ake).get(f"{WORKSHOP}/plan/").text


def test_what_was_refused_is_not_told(ake, ostberga, browse):
    assert browse(ake).post(f"{WORKSHOP}/personer/ersattare/avsluta/").status_code == 409
    assert CollaborationEvent.objects.count() == 0
