"""Who coordinates is decided by the data controller: its registry answers by a link that works once."""

import pytest
from django.utils import timezone

from actors.mandates.letters import _coordinators
from actors.models import AppointmentProposal, Letter, RegistryEntry, SecurityEvent
from actors.people import appointing
from actors.people.memberships import affiliations_of, people_of
from ostberga.lib.refusal import Refusal
from tests import factories as make

HAND_OVER = "/samordna/ostberga/personer/overlamna/"
REGISTRY = "registrator@stad.example"
pytestmark = pytest.mark.usefixtures("registry")


def active(collaboration):
    return [(held.role, held.user.name) for held in collaboration.appointments.filter(ended_on=None).order_by("role")]


def events(collaboration):
    return [(event.by_whom, event.kind, event.what) for event in collaboration.events.order_by("pk")]


def told():
    return set(Letter.objects.filter(kind="appointment-told").values_list("to", flat=True))


def test_the_coordination_goes_over_when_the_registry_has_confirmed(ake, tova, ostberga, browse, link_in_letter):
    page = browse(ake).post(HAND_OVER, {"role": "coordinator", "user": tova.pk, "reason": "Föräldraledig"}, follow=True)
    assert f"{REGISTRY} har fått frågan" in page.text
    assert (active(ostberga), browse(tova).get(HAND_OVER).status_code) == ([("coordinator", "Åke")], 404)

    browse().post(link_in_letter(REGISTRY), {"svar": "ja"})

    assert active(ostberga) == [("coordinator", "Tova")]
    held = ostberga.appointments.get(ended_on=None)
    assert (held.appointed_by, held.confirmed_from) == (ake, REGISTRY)
    assert browse(ake).get(HAND_OVER).status_code == 404
    assert events(ostberga) == [
        ("Åke", "proposed", "Tova (samordnare)"),
        (REGISTRY, "appointed", "Tova (samordnare)"),
    ]


def test_opening_the_link_changes_nothing_and_it_works_once(ake, tova, ostberga, browse, link_in_letter):
    appointing.propose(collaboration=ostberga, user=tova, role="deputy", by=ake)
    link = link_in_letter(REGISTRY)
    assert [browse().get(link).status_code, browse().head(link).status_code, browse().post(link).status_code] == [
        200
    ] * 3
    assert active(ostberga) == [("coordinator", "Åke")]

    browse().post(link, {"svar": "ja"})
    assert active(ostberga) == [("coordinator", "Åke"), ("deputy", "Tova")]
    assert [browse().get(link).status_code, browse().post(link, {"svar": "nej"}).status_code] == [410, 410]


def test_a_no_leaves_everything_as_it_was_and_is_told(ake, tova, ostberga, browse, link_in_letter):
    appointing.propose(collaboration=ostberga, user=tova, role="coordinator", by=ake)
    browse().post(link_in_letter(REGISTRY), {"svar": "nej"})

    assert active(ostberga) == [("coordinator", "Åke")]
    assert events(ostberga)[-1] == (REGISTRY, "turned_down", "Tova (samordnare)")
    last = Letter.objects.filter(kind="appointment-told", to=ake.email).latest("written_at")
    assert f"{REGISTRY} har sagt nej till Tova (samordnare)." in last.text


def test_what_is_taken_back_or_sent_again_closes_the_old_link(ake, tova, ostberga, browse, link_in_letter):
    proposal = appointing.propose(collaboration=ostberga, user=tova, role="deputy", by=ake)
    address, first = f"/samordna/ostberga/personer/forslag/{proposal.pk}", link_in_letter(REGISTRY)
    browse(ake).post(f"{address}/igen/")
    second = link_in_letter(REGISTRY)
    assert [browse().get(link).status_code for link in (first, second)] == [410, 200]

    browse(ake).post(f"{address}/ta-tillbaka/")
    assert browse().post(second, {"svar": "ja"}).status_code == 410
    assert active(ostberga) == [("coordinator", "Åke")]


def test_a_link_that_is_old_or_went_to_an_earlier_registry_opens_nothing(ake, tova, ostberga, browse, link_in_letter):
    proposal = appointing.propose(collaboration=ostberga, user=tova, role="deputy", by=ake)
    ostberga.data_controller.registry_email = "ny@stad.example"
    ostberga.data_controller.save()
    assert browse().get(link_in_letter(REGISTRY)).status_code == 410
    with pytest.raises(Refusal, match="för gammal"):
        appointing.confirm(AppointmentProposal.objects.get(pk=proposal.pk))

    AppointmentProposal.objects.update(sent_to="ny@stad.example", expires_at=timezone.now())
    assert browse().get(link_in_letter(REGISTRY)).status_code == 410


def test_nobody_is_proposed_where_no_registry_can_answer(ake, tova, polly, ostberga, browse):
    for address in ("", "registrator@hemma.example", polly.email):
        ostberga.data_controller.registry_email = address
        ostberga.data_controller.save()
        assert browse(ake).post(HAND_OVER, {"role": "coordinator", "user": tova.pk}).status_code == 409
    assert AppointmentProposal.objects.count() == 0


def test_the_coordinator_can_not_be_her_own_deputy(ake, browse):
    answer = browse(ake).post(HAND_OVER, {"role": "deputy", "user": ake.pk})
    assert (answer.status_code, "kan inte vara sin egen ersättare" in answer.text) == (422, True)


def test_a_stranger_and_another_coordinator_propose_nobody(tova, stranger, ostberga):
    other = make.user()
    make.coordinator(make.collaboration("annanstans"), other)

    for person in (stranger, tova, other):
        with pytest.raises(Refusal):
            appointing.propose(collaboration=ostberga, user=person, role="coordinator", by=person)


@pytest.mark.parametrize("name", ["ake", "disa"])
def test_a_deputys_end_is_told_to_her_the_coordinator_and_the_registry(name, ake, disa, ostberga, browse):
    browse({"ake": ake, "disa": disa}[name]).post("/samordna/ostberga/personer/ersattare/avsluta/")

    assert active(ostberga) == [("coordinator", "Åke")]
    assert told() == {ake.email, disa.email, REGISTRY}
    assert SecurityEvent.objects.get(kind="appointed").collaboration == ostberga


def test_the_coordinators_place_is_never_empty(ake, ostberga):
    with pytest.raises(Refusal, match="lämnas över till någon"):
        appointing.step_down(collaboration=ostberga, role=appointing.Role.COORDINATOR, by=ake)


def test_two_can_not_be_proposed_for_one_place(ake, tova, polly, ostberga):
    appointing.propose(collaboration=ostberga, user=tova, role="deputy", by=ake)

    with pytest.raises(Refusal, match="väntar på svar"):
        appointing.propose(collaboration=ostberga, user=polly, role="deputy", by=ake)


def test_a_registry_whose_domain_was_delisted_since_confirms_nobody(ake, tova, ostberga):
    proposal = appointing.propose(collaboration=ostberga, user=tova, role="deputy", by=ake)
    RegistryEntry.objects.all().delete()
    with pytest.raises(Refusal, match="står inte på installationens lista"):
        appointing.confirm(proposal)

    assert active(ostberga) == [("coordinator", "Åke")]


def test_the_officer_is_nobody_who_coordinates(ake, ostberga, trafikkontoret):
    officer = make.user("ombud@ostberga.example")
    make.official(officer, trafikkontoret)
    make.mandate(officer, trafikkontoret, make.collaboration("rinkeby"))  # why she is nobody's business here
    ostberga.appointments.create(user=officer, role="officer")

    assert not people_of(ostberga).contains(officer)
    assert not affiliations_of(ostberga).filter(user=officer).exists()
    assert _coordinators(ostberga) == {ake.email}


def test_the_officer_has_a_place_of_her_own_on_the_page_of_people(ake, ostberga, browse):
    officer = make.user("dana@ostberga.example", name="Dana")
    make.coordinator(ostberga, officer, role="officer")
    page = browse(ake).get("/samordna/ostberga/personer/").text
    names = ("appointments", "officer")
    panels = {name: page.partition(f'id="{name}-heading"')[2].partition("</section>")[0] for name in names}

    assert ("Dana" in panels["officer"], "Dana" in panels["appointments"]) == (True, False)
    link = "/samordna/ostberga/personer/overlamna/?uppdrag=officer"
    assert link in panels["officer"]
    assert "<h1>Föreslå dataskyddsombud</h1>" in browse(ake).get(link).text


def test_the_page_of_people_needs_no_sideways_scroll(ake, tova, browse):
    page = browse(ake).get("/samordna/ostberga/personer/").text

    assert ("<table" in page, "Tova" in page, "Föreslå mandat" in page) == (False, True, True)


def test_nobody_is_proposed_at_the_mailbox_of_any_registry(ake, ostberga, trafikkontoret):
    make.registry(trafikkontoret)
    somebody = make.user("Registrator@trafik.example")

    with pytest.raises(Refusal, match="registrators"):
        appointing.propose(collaboration=ostberga, user=somebody, role="deputy", by=ake)
