"""A body that has not said that it is with us is shown so wherever its name stands; and by what right it promised."""

import pytest
from django.utils import timezone

from actors.models import Organisation
from dialogue.models import Commitment
from dialogue.rules.activities import Reply
from tests import factories as make
from tests.dialogue.lamps import build_lamps

pytestmark = pytest.mark.django_db
TAG = "har inte bekräftat än"


@pytest.fixture
def lamps(talk, ake, autumn):
    """The issue about the lamps, a decision and an activity."""
    return build_lamps(talk, ake, autumn)


@pytest.fixture
def polisen_is_asked(lamps, ake, ostberga, polisen, trafikkontoret):
    """Trafikkontoret has confirmed, Polisen has not; both are asked about the lamps again, and Polisen promises."""
    ostberga.partnerships.filter(organisation=trafikkontoret).update(accepted_at=timezone.now())
    make.decision(lamps.issue, ake, trafikkontoret, polisen)
    make.commitment(lamps.activity, polisen, ake, part="partner", what="Går dit om kvällen.")
    return lamps


def tags_after(page, name):
    """For each place where the name stands, whether the tag follows it."""
    pieces = " ".join(page.split()).split(name)[1:]
    return [TAG in piece[:160] for piece in pieces]


def test_residents_see_it_beside_its_name_in_a_decision_and_an_activity(polisen_is_asked, amina):
    story = amina.get(polisen_is_asked.issue.get_absolute_url()).text
    activity = amina.get(f"/ostberga/sa-gick-det/{polisen_is_asked.activity.pk}/").text

    for page in (story, activity):
        assert any(tags_after(page, "Polismyndigheten"))
        assert not any(tags_after(page, "Trafikkontoret"))


def test_so_does_the_coordinator_and_it_goes_when_the_body_says_yes(polisen_is_asked, ake, amina, ostberga, browse):
    decision = polisen_is_asked.issue.decisions.latest("pk")
    pages = [f"/samordna/ostberga/beslut/{decision.pk}/", polisen_is_asked.issue.get_absolute_url()]
    assert all(TAG in browse(ake).get(page).text for page in pages)

    ostberga.partnerships.get(organisation__slug="polisen").accept()
    assert not any(TAG in browse(ake).get(page).text for page in pages)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("committee_admin", "Svaret kom med länken till registrator@polisen.example. Samordnaren skrev in adressen"),
        ("association", "Svaret kom med länken till föreningens kontaktperson."),
    ],
)
def test_an_activity_tells_by_which_link_a_body_promised(polisen_is_asked, ake, amina, kind, told):
    polisen = Organisation.objects.get(slug="polisen")
    polisen.kind = kind
    address, now = make.registry(polisen), timezone.now()
    change = polisen.registry_changes.create(
        address=address, proposed_by=ake, entered_as="coordinator", confirmed_at=now
    )
    linked = {"from_before_mandates": False, "sent_to": address, "registry_change": change}
    Commitment.objects.filter(organisation=polisen).update(**linked)
    page = " ".join(amina.get(f"/ostberga/sa-gick-det/{polisen_is_asked.activity.pk}/").text.split())

    assert (told in page, "registrator@polisen.example" in page) == (True, kind != "association")


def test_and_by_which_mandate(polisen_is_asked, ostberga, polly, polisen, amina):
    given = make.mandate(polly, polisen, ostberga)
    replied = Commitment.objects.filter(organisation=polisen, reply=Reply.ACCEPTED)
    replied.update(mandate=given, from_before_mandates=False)
    page = amina.get(f"/ostberga/sa-gick-det/{polisen_is_asked.activity.pk}/").text

    assert f"Enligt mandat bekräftat av {given.confirmed_by_address}." in page
    assert polly.name not in page
