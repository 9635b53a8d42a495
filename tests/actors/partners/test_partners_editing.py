"""Partners join and leave, edit and confirm their terms; organisations and responsibilities are edited."""

import datetime as dt
import unicodedata

import pytest
from django.utils import timezone

from actors.models import Organisation
from actors.partners import partnerships
from actors.partners.responsibility_search import search_responsibilities
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.forms_by_hand import form_to

TERMS = {"mandate": "Gator och ljus.", "role_description": "Lagar lampor.", "preconditions": "", "goal_conflicts": ""}
WORKSHOP = "/samordna/ostberga"


@pytest.fixture
def part(ostberga, trafikkontoret):
    """Trafikkontoret's partnership."""
    return ostberga.partnerships.get(organisation=trafikkontoret)


@pytest.fixture
def shows_anew(ostberga):
    """A function that tells whether an act invalidates the public pages."""

    def check(act):
        before = ostberga.public_version
        act()
        ostberga.refresh_from_db()
        return ostberga.public_version > before

    return check


def confirm(browser, part):
    part.refresh_from_db()
    return browser.post(f"/mitt/organisation/{part.pk}/bekrafta/", {"text_mark": part.text_mark})


def test_an_official_writes_and_confirms_her_bodys_words(tova, part, browse, amina, shows_anew):
    browser = browse(tova)
    assert browser.get("/mitt/organisation/").headers["Location"] == f"/mitt/organisation/{part.pk}/"
    assert shows_anew(lambda: browser.post(f"/mitt/organisation/{part.pk}/andra/", TERMS))
    assert shows_anew(lambda: confirm(browser, part))

    part.refresh_from_db()
    assert (part.mandate, part.written_by, part.confirmed_by) == ("Gator och ljus.", tova, tova)
    assert "Bekräftad av organisationen" in amina.get("/ostberga/parter/").content.decode()


def test_a_change_after_confirming_is_the_bodys_alone_and_must_be_confirmed_anew(tova, ake, part, browse):
    confirm(browse(tova), part)
    assert browse(ake).post(f"{WORKSHOP}/parter/{part.pk}/", TERMS).status_code == 409
    part.refresh_from_db()
    assert (part.is_confirmed, part.mandate) == (True, "Uppdrag")

    browse(tova).post(f"/mitt/organisation/{part.pk}/andra/", TERMS)
    part.refresh_from_db()
    assert (part.is_confirmed, part.is_accepted, part.written_by) == (False, True, tova)


def test_saving_the_same_words_changes_nothing(tova, ake, part, browse):
    confirm(browse(tova), part)
    part.refresh_from_db()
    part.describe(by=ake, mandate=part.mandate)

    assert part.is_confirmed


def test_nobody_confirms_a_text_she_has_not_read(tova, ake, part, browse):
    read = part.text_mark
    part.describe(by=ake, **TERMS)

    answer = browse(tova).post(f"/mitt/organisation/{part.pk}/bekrafta/", {"text_mark": read})
    assert (answer.status_code, "ändrades medan du läste" in answer.content.decode()) == (409, True)


def test_another_bodys_words_are_not_mine(polly, ake, part, browse):
    assert confirm(browse(polly), part).status_code == 404
    assert confirm(browse(ake), part).status_code == 404
    with pytest.raises(Refusal, match="inget mandat som gäller nu"):
        part.confirm(by=polly, text_mark=part.text_mark)


def test_who_has_left_the_body_speaks_for_it_no_more(tova, part, browse):
    tova.affiliations.update(
        since=timezone.localdate() - dt.timedelta(days=9), until=timezone.localdate() - dt.timedelta(days=1)
    )

    assert browse(tova).get(f"/mitt/organisation/{part.pk}/").status_code == 404


def test_a_body_leaves_with_a_reason_that_residents_see(ake, part, browse, amina):
    address = f"{WORKSHOP}/parter/{part.pk}/lamnar/"
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert browse(ake).post(address, {"on": yesterday, "reason": ""}).status_code == 422
    browse(ake).post(address, {"ending": "left", "on": yesterday, "reason": "Gatorna bytte ägare.", "confirmed": "on"})

    page = amina.get("/ostberga/parter/").content.decode()
    assert "Gatorna bytte ägare." in page
    assert "Har varit med" in page


def test_a_new_body_is_written_down_and_comes_in(ake, ostberga, browse, shows_anew):
    browser = browse(ake)
    who = {"name": "Kulturförvaltningen", "short_name": "Kultur", "kind": "committee_admin"}
    browser.post(
        f"{WORKSHOP}/organisationer/ny/", {**who, "plain_language_sv": "Bibliotek.", "plain_language_ar": "مكتبات"}
    )
    culture = Organisation.objects.get(name="Kulturförvaltningen")
    joins = {"organisation": culture.pk, "on": "2017-01-01", "reason": "Kulturhuset.", **TERMS}

    written = ostberga.body_descriptions.get(organisation=culture).plain_language
    assert (culture.slug, culture.created_in, culture.plain_language) == ("kultur", ostberga, {})
    assert written == {"sv": "Bibliotek.", "ar": "مكتبات"}
    assert shows_anew(lambda: browser.post(f"{WORKSHOP}/parter/ny/", joins))
    assert ostberga.partnerships.current().get(organisation=culture).joined_reason == "Kulturhuset."


def test_a_body_is_in_once(ake, ostberga, trafikkontoret):
    with pytest.raises(Refusal, match="redan med"):
        partnerships.add_partner(collaboration=ostberga, organisation=trafikkontoret, by=ake, on=timezone.localdate())


def test_what_a_body_answers_for_is_found_by_the_words_written_down(ake, ostberga, trafikkontoret, browse, shows_anew):
    typed = {"subject": "Parkbelysning", "words": "lampa i parken, lyktor", "note": ""}
    address = f"{WORKSHOP}/organisationer/{trafikkontoret.pk}/ansvar/"
    assert shows_anew(lambda: browse(ake).post(address, typed))

    assert search_responsibilities("lyktor", ostberga)[0].organisation == trafikkontoret
    area = trafikkontoret.responsibilities.get()
    browse(ake).post(f"{WORKSHOP}/ansvar/{area.pk}/", {**typed, "words": "glödlampa"})
    mac = unicodedata.normalize("NFD", "glödlampa")
    spelt = ["glodlampa", '"GLÖDLAMPA"', mac, "vem lagar glödlmpa", "parkbelysnig"]
    assert [search_responsibilities(word, ostberga).count() for word in spelt] == [1, 1, 1, 1, 1]
    assert [search_responsibilities(word, ostberga).count() for word in ("glödlampa", "lyktor")] == [1, 0]


def test_somebody_outside_is_shown_and_hidden_again(ake, ostberga, browse, amina):
    sl = make.organisation("SL")
    browse(ake).post(f"{WORKSHOP}/parter/utanfor/", {"organisation": sl.pk, "about_sv": "Bussarna."})
    assert "Bussarna." in amina.get("/ostberga/parter/").content.decode()

    browse(ake).post(f"{WORKSHOP}/parter/utanfor/{ostberga.addressees.get().pk}/ta-bort/")
    assert ostberga.addressees.count() == 0


def test_every_page_of_the_coordinators_opens(ake, ostberga, part, trafikkontoret, browse):
    area = trafikkontoret.responsibilities.create(subject="Ljus", words=["lampa"], collaboration=ostberga)
    pages = [
        "parter/",
        "parter/ny/",
        f"parter/{part.pk}/",
        f"parter/{part.pk}/lamnar/",
        "parter/utanfor/",
        "organisationer/ny/",
        f"organisationer/{trafikkontoret.pk}/",
        f"organisationer/{trafikkontoret.pk}/ansvar/",
        f"ansvar/{area.pk}/",
    ]

    assert {page: browse(ake).get(f"{WORKSHOP}/{page}").status_code for page in pages} == dict.fromkeys(pages, 200)


def test_a_body_of_another_collaboration_is_not_hers_to_edit(ake, browse):
    elsewhere = make.organisation("Annan stad")

    assert browse(ake).get(f"{WORKSHOP}/organisationer/{elsewhere.pk}/").status_code == 404


def test_the_terms_of_one_that_has_left_are_not_changed_from_an_old_tab(ake, part, browse):
    path, browser = f"{WORKSHOP}/parter/{part.pk}/", browse(ake)
    form = form_to(browser.get(path), path)
    part.left_on, part.left_reason = timezone.localdate(), "Klart."
    part.save()

    page = browser.post(path, form.typed({"mandate": ["Något helt nytt"]}))
    part.refresh_from_db()

    assert (page.status_code, part.mandate == "Något helt nytt") == (422, False)
    assert "Nu: Trafikkontoret har lämnat samverkan." in page.text
    assert "Något helt nytt" in page.text


def test_a_municipalitys_body_is_chosen_with_its_municipality_beside(ostberga, ake, browse):
    elsewhere = make.collaboration("nord", municipality="Nordstad")
    hidden = make.collaboration("syd", municipality="Sydstad", awaits_controller=True)
    streets, police = make.organisation("Gatukontoret"), make.organisation("Kusten", kind="state_authority")
    for place in (elsewhere, hidden):
        make.partnership(place, streets)
        make.partnership(place, police)

    pages = [browse(ake).get(f"{WORKSHOP}/parter/{path}/").text for path in ("ny", "utanfor")]

    assert ["Gatukontoret (Nordstad)</option>" in page for page in pages] == [True, True]
    assert ["Kusten</option>" in page for page in pages] == [True, True]


def test_a_partner_alone_is_counted_in_the_singular(ostberga, ake, browse, part):
    ostberga.partnerships.exclude(pk=part.pk).delete()

    assert "1 part i samverkan" in browse(ake).get(f"{WORKSHOP}/parter/").text
