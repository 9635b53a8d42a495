"""The admin site shows accounts and organisations, and nothing that residents have said."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model

from actors.admin import GuardedAdmin
from actors.models import Collaboration, Letter, Organisation, RegistryEntry, SecurityEvent
from tests import factories as make
from tests.house import doors

PROPOSE = "/admin/actors/appointmentproposal/add/"
# Links that end the session, or lead to the account's own pages.
AWAY = {"/admin/logout/", "/admin/password_change/", "/admin/jsi18n/"}


@pytest.fixture
def keeper(db, browse):
    """A browser signed in as superuser."""
    return browse(make.user("drift@ostberga.example", is_staff=True, is_superuser=True))


def test_what_residents_said_is_not_in_the_admin():
    app_labels = {model._meta.app_label for model in admin.site._registry}

    assert "surveys" not in app_labels
    assert {"Letter", "Invitation"} & {model.__name__ for model in admin.site._registry} == set()


def test_every_list_opens(keeper, ostberga, tova):
    ours = [model for model in admin.site._registry if model._meta.app_label == "actors"]

    codes = {model.__name__: keeper.get(f"/admin/actors/{model._meta.model_name}/").status_code for model in ours}
    assert codes == dict.fromkeys(codes, 200)


def test_rows_are_looked_at_and_not_edited(keeper, ostberga):
    partnership = ostberga.partnerships.first()

    assert keeper.post(f"/admin/actors/partnership/{partnership.pk}/change/", {"mandate": "Annat"}).status_code == 403


def test_no_account_is_changed_here(keeper, tova):
    sent = {"is_staff": "on", "is_superuser": "on", "is_active": ""}
    assert keeper.post(f"/admin/actors/user/{tova.pk}/change/", sent).status_code == 403

    tova.refresh_from_db()
    assert (tova.is_active, tova.is_staff, tova.is_superuser) == (True, False, False)


def test_the_admins_door_is_the_same_as_everyones(amina, tova, browse):
    assert amina.get("/admin/login/").headers["Location"].startswith("/konto/login/")
    assert browse(tova).get("/admin/").status_code in {302, 403}


def test_the_administrator_proposes_and_everybody_appointed_is_told(keeper, ake, disa, ostberga, registry):
    keeper.post(
        PROPOSE, {"collaboration": ostberga.pk, "email": "ny@stad.example", "name": "Ny", "role": "coordinator"}
    )

    assert ostberga.appointments.get(role="coordinator").user == ake
    assert set(Letter.objects.values_list("kind", "to")) == {
        ("appointment-asked", registry),
        ("appointment-told", ake.email),
        ("appointment-told", disa.email),
    }
    assert ostberga.events.get().by.is_superuser


def test_the_administrator_appoints_neither_herself_nor_anybody(keeper, ake, ostberga, registry):
    herself = {"collaboration": ostberga.pk, "email": "drift@ostberga.example", "name": "Drift", "role": "deputy"}

    assert "teknisk administratör och kan inte samordna" in keeper.post(PROPOSE, herself).text
    held = ostberga.appointments.get()
    for path in ("add/", f"{held.pk}/change/", f"{held.pk}/delete/"):
        assert keeper.post(f"/admin/actors/coordinatorappointment/{path}", {"user": 1}).status_code == 403
    assert (ostberga.appointments.count(), ostberga.appointment_proposals.count()) == (1, 0)


def test_the_administrator_can_not_move_who_confirms(keeper, ake, ostberga, registry):
    mine = make.organisation("Min nämnd", registry_email="jag@stad.example")
    address = f"/admin/actors/collaboration/{ostberga.pk}/change/"
    keeper.post(address, {"data_controller": mine.pk, "name": "Annat", "minimum_group": 6})
    controller = ostberga.data_controller
    moved = keeper.post(f"/admin/actors/organisation/{controller.pk}/change/", {"registry_email": "jag@stad.example"})

    ostberga.refresh_from_db()
    controller.refresh_from_db()
    assert (ostberga.data_controller, controller.registry_email, moved.status_code) == (controller, registry, 403)


def test_nothing_on_the_site_lets_her_into_anothers_account():
    assert {model._meta.app_label for model in admin.site._registry} == {"actors"}


def test_an_installation_begins_with_its_administrator_and_the_controller(keeper, browse, link_in_letter):
    keeper.post("/admin/actors/registryentry/add/", {"listed": "Stad.Example"})
    names = {"name": "Stadsdelsnämnden", "short_name": "Nämnden", "slug": "namnden", "kind": "committee_admin"}
    keeper.post("/admin/actors/organisation/add/", {**names, "registry_email": "registrator@stad.example"})
    founded = {"slug": "ny", "name": "Samverkan Ny", "area": "Ny", "since_start": "2026-01-01", "description": "{}"}
    founded |= {"controller_name": "Nämnden", "contact_email": "ny@stad.example", "minimum_group": "6"}
    controller = Organisation.objects.get()
    keeper.post(
        "/admin/actors/collaboration/add/", {**founded, "since_precision": "season", "data_controller": controller.pk}
    )
    place = Collaboration.objects.get()
    keeper.post(
        PROPOSE, {"collaboration": place.pk, "email": "nora@stad.example", "name": "Nora", "role": "coordinator"}
    )
    assert not place.appointments.exists()

    browse().post(link_in_letter("registrator@stad.example"), {"svar": "ja"})

    nora = place.appointments.get().user
    assert "konto/password/reset" in Letter.objects.get(kind="appointment", to=nora.email).text
    assert browse(nora).get("/samordna/ny/").status_code == 200


def test_the_administrator_can_not_make_herself_coordinator_by_moving_the_registry(keeper, ake, ostberga, registry):
    listing = "/admin/actors/registryentry/"
    keeper.post(f"{listing}add/", {"listed": "evil.example"})
    keeper.post(f"{listing}{RegistryEntry.objects.get(listed='stad.example').pk}/change/", {"listed": "evil2.example"})
    chosen = {"action": "remove_registry", "_selected_action": ostberga.data_controller_id}
    answer = keeper.post("/admin/actors/organisation/", chosen, follow=True)
    her_own = {"registry_email": "jag@evil.example"}
    keeper.post(f"/admin/actors/organisation/{ostberga.data_controller_id}/change/", her_own)

    ostberga.data_controller.refresh_from_db()
    assert ("bekräftar vem som samordnar" in answer.text, ostberga.data_controller.registry_email) == (True, registry)
    assert {
        name: RegistryEntry.objects.admit(f"x@{name}", ostberga.data_controller)
        for name in ("evil.example", "evil2.example")
    } == {
        "evil.example": False,
        "evil2.example": False,
    }


def test_all_that_she_saves_and_deletes_is_in_the_security_log(keeper, ake, ostberga):
    listed = RegistryEntry.objects.create(listed="stad.example")
    words = {"slug": ostberga.slug, "name": "Ny", "area": "Ö", "description": "{}", "since_start": "2015-03-01"}
    words |= {"since_precision": "season", "controller_name": "Evil", "contact_email": "e@evil.example"}
    keeper.post(f"/admin/actors/collaboration/{ostberga.pk}/change/", {**words, "minimum_group": "6"})
    keeper.post(f"/admin/actors/registryentry/{listed.pk}/delete/", {"post": "yes"})
    other = RegistryEntry.objects.create(listed="annan.example")
    chosen = {"action": "delete_selected", "_selected_action": other.pk, "post": "yes"}
    keeper.post("/admin/actors/registryentry/", chosen)

    logged = SecurityEvent.objects.filter(kind="administered", who__is_superuser=True)
    assert set(logged.values_list("object_type", "object_key")) == {
        ("actors.collaboration", str(ostberga.pk)),
        ("actors.registryentry", str(listed.pk)),
        ("actors.registryentry", str(other.pk)),
    }
    assert not RegistryEntry.objects.exists()


def test_every_page_of_the_site_records_and_guards():
    assert {
        type(page).__name__ for page in admin.site._registry.values() if not isinstance(page, GuardedAdmin)
    } == set()


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("user", "password__startswith"),
        ("user", "appointments__role"),
        ("appointmentproposal", "token_hash__startswith"),
        ("affiliation", "user__password__startswith"),
    ],
)
def test_no_filter_gives_away_a_hash_a_character_at_a_time(keeper, tova, model, field):
    answer = keeper.get(f"/admin/actors/{model}/", {field: tova.password[:6]})

    assert (answer.status_code, tova.email in answer.text) == (400, False)


def test_the_filters_that_the_list_offers_work(keeper, tova):
    assert tova.email in keeper.get("/admin/actors/user/?is_active__exact=1&q=tova").text
    assert tova.email not in keeper.get("/admin/actors/user/?is_active__exact=0").text


def test_no_page_of_the_site_shows_what_was_said_written_or_linked(keeper, browse):
    district = doors.build()
    Letter.objects.update(kept_text=doors.RAW)
    walked, waiting = set(), ["/admin/"]
    while waiting:
        path = waiting.pop()
        walked.add(path)
        page = keeper.get(path).text
        hidden = {*doors.SECRETS, "token_hash", "kept_text"}
        assert {secret for secret in hidden if secret in page} == set(), path
        waiting += set(re.findall(r'href="(/admin/[^"?#]*)"', page)) - walked - set(waiting) - AWAY
    assert {f"/admin/actors/{name}/" for name in ("user", "collaboration", "partnership")} <= walked
    assert len(walked) > 40
    assert district.place.slug == "ostberga"


def test_what_is_said_of_the_controller_is_told_to_the_appointed_and_the_former_address(keeper, ake, disa, ostberga):
    ostberga.dpo_email = "dso@stad.example"
    ostberga.save()
    page = keeper.get(f"/admin/actors/collaboration/{ostberga.pk}/change/").context["adminform"].form
    typed = {name: page[name].value() for name in page.fields if page[name].value() is not None}
    former = ostberga.contact_email
    Letter.objects.all().delete()

    answer = keeper.post(
        f"/admin/actors/collaboration/{ostberga.pk}/change/",
        typed | {"contact_email": "mig@evil.example", "dpo_email": "mig2@evil.example", "_save": "1"},
    )

    assert answer.status_code == 302
    told = {ake.email, disa.email, former, "dso@stad.example", ostberga.data_controller.registry_email} - {""}
    assert set(Letter.objects.values_list("to", flat=True)) == told
    assert f"mig@evil.example (förut {former})" in Letter.objects.all()[0].text
    assert "dso@stad.example" in Letter.objects.all()[0].text


def test_saving_a_collaboration_with_the_same_words_tells_nobody(keeper, ake, ostberga):
    page = keeper.get(f"/admin/actors/collaboration/{ostberga.pk}/change/").context["adminform"].form
    typed = {name: page[name].value() for name in page.fields if page[name].value() is not None}
    Letter.objects.all().delete()
    keeper.post(f"/admin/actors/collaboration/{ostberga.pk}/change/", typed | {"area": "Dalen", "_save": "1"})

    assert not Letter.objects.exists()


def test_the_first_page_has_a_swedish_heading(keeper):
    page = keeper.get("/admin/").text
    assert ("Människor, organisationer och samverkan" in page, ">Actors<" in page) == (True, False)


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("user/{tova}/change/", {"is_staff": "on", "is_active": "on"}),
        ("registryentry/add/", {"listed": "evil.example"}),
        ("registryentry/{entry}/delete/", {"post": "yes"}),
        ("registryentry/", {"action": "delete_selected", "_selected_action": "{entry}", "post": "yes"}),
    ],
)
def test_whatever_is_sent_from_an_open_session_asks_for_the_password_again(keeper, tova, address, typed):
    entry = RegistryEntry.objects.create(listed="stad.example")
    keys = {"tova": tova.pk, "entry": entry.pk}
    typed = {name: word.format(**keys) for name, word in typed.items()}
    session = keeper.session
    session["account_authentication_methods"][0]["at"] = 0
    session.save()
    page = f"/admin/actors/{address.format(**keys)}"

    assert keeper.get(page).status_code == 200
    assert "reauthenticate" in keeper.post(page, typed).headers["Location"]
    tova.refresh_from_db()
    assert (tova.is_staff, list(RegistryEntry.objects.values_list("listed", flat=True))) == (False, ["stad.example"])


def test_signing_out_of_the_site_asks_for_nothing(keeper):
    session = keeper.session
    session["account_authentication_methods"][0]["at"] = 0
    session.save()

    assert keeper.post("/admin/logout/").status_code == 200
    assert keeper.get("/admin/").status_code == 302


@pytest.mark.parametrize("page", ["/admin/password_change/", "/admin/password_change/done/"])
def test_the_password_is_changed_on_the_accounts_own_page_only(keeper, page):
    typed = {"old_password": "ostberga-demo", "new_password1": "Tre ord i rad", "new_password2": "Tre ord i rad"}

    assert [keeper.get(page).url, keeper.post(page, typed).url] == ["/konto/password/change/"] * 2
    assert get_user_model().objects.get(is_superuser=True).check_password("ostberga-demo")
