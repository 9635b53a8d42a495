"""Invitations, accounts made from them, ending affiliations, handing over the coordination."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Affiliation, Invitation, Letter, User
from actors.people import inviting
from tests import factories as make
from tests.actors.people.test_accounts import sign_in

GOOD = {"name": "Iman", "password": "gatlyktor-och-buskar"}


@pytest.fixture
def invite(ake, ostberga, trafikkontoret, link_in_letter):
    """A function that invites a person to Trafikkontoret and returns the link in her letter."""

    def send(email="iman@ostberga.example"):
        given = {"name": "Iman", "organisation": trafikkontoret, "title": "Ingenjör", "scopes": ["delegation"]}
        inviting.invite(**{"collaboration": ostberga, "by": ake, "email": email, **given})
        return link_in_letter(email)

    return send


def test_an_invited_person_makes_her_account_and_lands_on_her_desk(invite, amina, trafikkontoret):
    answer = amina.post(invite(), GOOD)
    iman = User.objects.get(email="iman@ostberga.example")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/mitt/")
    assert amina.session["_auth_user_id"] == str(iman.pk)
    place = iman.affiliations.get()
    assert (place.organisation, place.title) == (trafikkontoret, "Ingenjör")
    assert [mandate.is_waiting for mandate in iman.mandates.all()] == [True]
    assert iman.check_password(GOOD["password"])


def test_opening_the_link_changes_nothing(invite, amina):
    link = invite()

    assert [amina.get(link).status_code, amina.head(link).status_code] == [200, 200]
    assert (User.objects.filter(email="iman@ostberga.example").count(), Invitation.objects.usable().count()) == (0, 1)


def test_only_a_hash_of_the_link_is_kept(invite):
    token = invite().strip("/").split("/")[-1]

    assert token not in str(Invitation.objects.values_list().get())


def test_a_weak_password_is_refused_beside_the_field_and_the_name_stays(invite, amina):
    answer = amina.post(invite(), {"name": "Iman av Ljuset", "password": "kort"})

    page = answer.content.decode()
    assert (answer.status_code, "Iman av Ljuset" in page) == (422, True)
    assert 'id="id_password_error"' in page


def test_a_used_link_says_the_account_is_ready(invite, amina, browse):
    link = invite()
    amina.post(link, GOOD)

    answer = browse().get(link)
    assert (answer.status_code, "kontot är klart" in answer.content.decode()) == (410, True)


def test_an_old_link_says_who_can_send_a_new_one(invite, amina, ostberga):
    link = invite()
    Invitation.objects.update(expires_at=timezone.now())

    assert ostberga.contact_email in amina.get(link).content.decode()
    assert amina.post(link, GOOD).status_code == 410


def test_a_new_letter_closes_the_old_link(invite, ake, amina, browse, link_in_letter):
    old = invite()
    pk = Invitation.objects.get().pk
    browse(ake).post(f"/samordna/ostberga/personer/inbjudan/{pk}/igen/")

    new = link_in_letter("iman@ostberga.example")
    assert [amina.get(old).status_code, amina.get(new).status_code] == [410, 200]


def test_a_withdrawn_invitation_opens_nothing(invite, ake, amina, browse):
    link = invite()
    browse(ake).post(f"/samordna/ostberga/personer/inbjudan/{Invitation.objects.get().pk}/aterkalla/")

    assert amina.get(link).status_code == 410


def test_who_has_an_account_signs_in_and_says_yes(invite, polly, browse, trafikkontoret):
    link = invite(polly.email)
    assert browse().get(link).headers["Location"].startswith("/konto/login/?next=%2Fvalkommen%2F")

    browse(polly).post(link)
    assert set(polly.affiliations.values_list("organisation__slug", flat=True)) == {"polisen", "trafik"}


def test_who_must_have_a_second_factor_gives_it_before_she_says_yes(invite, polly, ostberga, browse):
    make.coordinator(ostberga, polly, role="deputy")
    link = invite(polly.email)
    before, browser = polly.affiliations.count(), browse()
    sign_in(browser, polly)

    assert [browser.get(link).headers["Location"], browser.post(link).headers["Location"]] == ["/konto/tva-steg/"] * 2
    assert (polly.affiliations.count(), Invitation.objects.get().accepted_at) == (before, None)
    assert browser.session["second_factor_wanted"] == link


def test_nobody_else_can_use_her_link(invite, polly, stranger, browse):
    link = invite(polly.email)

    assert browse(stranger).post(link).status_code == 409
    assert stranger.affiliations.count() == 0


def test_the_coordinator_invites_on_a_page(ake, ostberga, trafikkontoret, browse):
    typed = {"email": "Ny@Ostberga.example", "name": "Ny", "organisation": trafikkontoret.pk, "title": ""}
    browse(ake).post("/samordna/ostberga/personer/bjud-in/", typed)

    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == ("ny@ostberga.example", "Välkommen till Samverkan Östberga")
    assert letter.collaboration == ostberga
    assert "Ny" in browse(ake).get("/samordna/ostberga/personer/").content.decode()


def test_inviting_twice_is_stopped_beside_the_address(invite, ake, browse, trafikkontoret):
    invite()
    typed = {"email": "iman@ostberga.example", "name": "Iman", "organisation": trafikkontoret.pk}
    answer = browse(ake).post("/samordna/ostberga/personer/bjud-in/", typed)

    assert answer.status_code == 422
    assert "Det finns redan en öppen inbjudan" in answer.content.decode()


def test_a_person_leaves_and_history_stays(ake, tova, browse):
    place = tova.affiliations.get()
    browse(ake).post(f"/samordna/ostberga/personer/{place.pk}/avsluta/", {"on": timezone.localdate()})

    place.refresh_from_db()
    assert (place.until, place.ended_by) == (timezone.localdate(), ake)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert not Affiliation.objects.on(tomorrow).contains(place)


@pytest.mark.parametrize("page", ["personer/", "personer/bjud-in/", "personer/overlamna/", "brev/"])
def test_the_pages_are_the_coordinators_own(page, ake, tova, stranger, browse):
    elsewhere = make.collaboration("annanstans")
    other = make.user()
    make.coordinator(elsewhere, other)

    seen = {user: browse(user).get(f"/samordna/ostberga/{page}").status_code for user in (ake, tova, stranger, other)}
    assert seen == {ake: 200, tova: 404, stranger: 404, other: 404}
    assert browse().get(f"/samordna/ostberga/{page}").headers["Location"].startswith("/konto/login/")


def test_the_list_of_people_costs_the_same_for_many(ake, ostberga, trafikkontoret, browse, count_queries):
    browser = browse(ake)
    make.official(make.user(), trafikkontoret)
    for_few = count_queries(lambda: browser.get("/samordna/ostberga/personer/"))
    for _ in range(3):
        make.official(make.user(), trafikkontoret)

    assert count_queries(lambda: browser.get("/samordna/ostberga/personer/")) == for_few
