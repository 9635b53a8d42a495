"""Until the data controller has confirmed her the coordinator prepares, and publishes, takes in and reads nothing."""

import pytest
from django.utils import timezone

from actors.mandates import registry_addresses
from actors.models import Collaboration, Letter, User
from actors.partners import partnerships
from actors.people import appointing
from dialogue.models import Dialogue
from ostberga.lib.refusal import Refusal
from surveys.models import Survey
from tests import factories as make
from tests.actors.founding.conftest import COORDINATOR, PASSWORD, REGISTRY

HOME = "/samordna/norra-berget/"
PREPARED = ["parter/", "parter/ny/", "personer/", "personer/bjud-in/", "plan/", "plan/ny/", "dialog/", "dialog/ny/"]
PREPARED += ["formular/", "formular/nytt/"]
CLOSED = ["koda/", "utsagor/", "samtal/", "perspektiv/", "rapporter/", "brev/", "fragor/", "takt/"]


@pytest.fixture
def place(first_answers, browse):
    """The founded collaboration, which waits for its data controller."""
    browse().post("/grunda/", first_answers)
    return Collaboration.objects.get()


@pytest.fixture
def kim(place, browse, link_in_letter):
    """Kim has opened her invitation and chosen a password."""
    browse().post(link_in_letter(COORDINATOR), {"name": "Kim", "password": PASSWORD + "!"})
    return User.objects.get(email=COORDINATOR)


def confirm(browse, link_in_letter):
    asked = Letter.objects.filter(kind="appointment-asked", to=REGISTRY)
    assert asked.exists()
    browse().post(link_in_letter(REGISTRY), {"svar": "ja"})


def test_the_invitation_opens_the_account_once(place, browse, link_in_letter):
    link = link_in_letter(COORDINATOR)
    assert "Välj namn och lösenord" in browse().get(link).text

    browse().post(link, {"name": "Kim", "password": PASSWORD + "!"})

    kim = User.objects.get(email=COORDINATOR)
    assert kim.check_password(PASSWORD + "!")
    assert browse().get(link).status_code == 410


def test_she_is_told_what_she_waits_for_and_prepares(kim, browse):
    page = browse(kim).get(HOME)

    assert "Stadsdelsnämnden Norr har inte bekräftat än att du samordnar" in page.text
    assert "Inga parter är med än" in page.text
    assert {path: browse(kim).get(HOME + path).status_code for path in PREPARED} == dict.fromkeys(PREPARED, 200)


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_read_or_published_is_refused_in_words(kim, browse, path):
    page = browse(kim).get(HOME + path)

    assert page.status_code == 409
    assert "har inte bekräftat än att du samordnar" in page.text


def test_every_link_of_the_menu_opens(kim, browse):
    links = set(browse(kim).get(HOME).text.split('href="'))
    below = {link.split('"')[0] for link in links if link.startswith(HOME)}

    assert {link: browse(kim).get(link).status_code for link in below} == dict.fromkeys(below, 200)
    assert HOME + "koda/" not in below


def test_nobody_else_sees_it(kim, place, browse, ake):
    pages = ["/norra-berget/", "/norra-berget/parter/", "/norra-berget/plan/", "/norra-berget/sa-gick-det/"]

    assert [browse().get(page).status_code for page in pages] == [404] * 4
    assert "Norra berget" not in browse().get("/personuppgifter/").text
    assert browse(ake).get(HOME).status_code == 404


def test_no_form_opens_and_no_dialogue_begins(kim, place, browse):
    survey, dialogue = make.survey(place), make.dialogue(place, is_current=False)
    wave = survey.waves.create(number=1, title="Våren", opens_on="2026-01-01")

    opened = browse(kim).post(f"{HOME}formular/{survey.pk}/omgangar/{wave.pk}/oppna/")
    begun = browse(kim).post(f"{HOME}dialog/{dialogue.pk}/borja/", {"reason": "Vi vill."})

    assert (opened.status_code, begun.status_code) == (409, 409)
    assert not Dialogue.objects.current().exists()
    assert Survey.objects.get().waves.get().opened_at is None


def test_the_registrys_yes_opens_everything(kim, place, browse, link_in_letter):
    confirm(browse, link_in_letter)

    place.refresh_from_db()
    assert (place.awaits_controller, place.appointments.get().user) == (False, kim)
    assert {path: browse(kim).get(HOME + path).status_code for path in CLOSED} == dict.fromkeys(CLOSED, 200)
    assert browse().get("/norra-berget/").status_code == 200


def test_the_registrys_no_takes_what_she_prepared_from_her(kim, place, browse, link_in_letter):
    browse().post(link_in_letter(REGISTRY), {"svar": "nej"})

    assert browse(kim).get(HOME).status_code == 404
    assert browse().get("/norra-berget/").status_code == 404


def test_she_sends_the_question_again(kim, place, browse):
    proposal = place.appointment_proposals.get()

    browse(kim).post(f"{HOME}personer/forslag/{proposal.pk}/igen/")

    assert Letter.objects.filter(kind="appointment-asked", to=REGISTRY).count() == 2
    assert browse(kim).post(f"{HOME}personer/forslag/{proposal.pk}/ta-tillbaka/").status_code == 409


def test_a_new_form_has_the_languages_of_the_collaboration(kim, place, browse):
    typed = {"template": "perspectives", "title": "Trivsel", "guiding_question": "Vad ger trivsel?"}
    page = browse(kim).get(HOME + "formular/nytt/")
    template = page.text.split('name="template" value="')[1].split('"')[0]

    browse(kim).post(HOME + "formular/nytt/", {**typed, "template": template})

    assert Survey.objects.get().languages == ["sv", "so"]


@pytest.fixture
def doors(db):
    """An association of the installation without an address, which every collaboration may choose."""
    return make.organisation("Öppna dörren", kind="association")


def test_she_enters_no_address_that_counts_elsewhere(kim, place, doors):
    partnerships.show_addressee(collaboration=place, organisation=doors, about={}, by=kim)

    with pytest.raises(Refusal, match="kan inte ändra adressen"):
        registry_addresses.enter(organisation=doors, address="van@mail.example", by=kim, contact_name="Vännen")

    assert not doors.registry_changes.exists()


def test_what_she_typed_in_has_its_address_and_stays_hers(kim, place, browse, link_in_letter):
    named = {"name": "Nya dörren", "short_name": "Dörren", "kind": "association"}
    body = partnerships.type_in_organisation(
        collaboration=place, by=kim, plain_language={}, contact_function="", **named
    )
    registry_addresses.enter(organisation=body, address="van@mail.example", by=kim, contact_name="Vännen")
    browse().post(link_in_letter("van@mail.example"), {"svar": "bekrafta"})
    keeper = User.objects.get(is_superuser=True)

    with pytest.raises(Refusal, match="har inte bekräftat än vem som samordnar"):
        partnerships.share_organisation(organisation=body, by=keeper)

    body.refresh_from_db()
    assert (body.registry_email, body.created_in) == ("van@mail.example", place)


def test_a_question_that_nobody_answered_in_time_ends_the_preparing_until_it_is_asked_again(kim, place, browse, doors):
    proposal = place.appointment_proposals.get()
    place.appointment_proposals.update(expires_at=timezone.now())

    assert [browse(kim).get(HOME + path).status_code for path in ("", "parter/", "formular/")] == [404] * 3
    with pytest.raises(Refusal):
        partnerships.show_addressee(collaboration=place, organisation=doors, about={}, by=kim)

    appointing.ask_again(proposal, by=User.objects.get(is_superuser=True))

    assert browse(kim).get(HOME).status_code == 200


def test_an_address_is_still_entered_by_the_coordinator_when_nobody_answered_in_time(kim, place):
    body = make.organisation("Nya dörren", kind="association", created_in=place)
    make.partnership(place, body)
    make.official(kim, body)
    make.mandate(kim, body, place)
    place.appointment_proposals.update(expires_at=timezone.now())
    named = {"address": "van@mail.example", "contact_name": "Vännen"}
    change = registry_addresses.enter(organisation=body, by=kim, **named)

    assert change.entered_as == "coordinator"
