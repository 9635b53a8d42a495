"""Åke left his session open: whoever sits down there takes no raw text out without his password or passkey."""

from urllib.parse import parse_qs, urlsplit

import pytest

from actors.models import SecurityEvent
from reports.downloads import export_job
from reports.downloads.catalogue import BUNDLES, OFFERS, formats_of
from reports.downloads.handing_out import is_raw
from reports.models import Export
from surveys.models import Wave
from tests import factories as make
from tests.actors.sent_forms.test_words_come_back import PASSWORD, with_second_factor
from tests.forms_by_hand import form_to
from tests.house import doors
from tests.surveys.importing.examples import judged_large_file

pytestmark = pytest.mark.django_db
AGAIN, START = "/konto/reauthenticate/", "/samordna/ostberga/ta-ut/"
RAW = {slug for slug in OFFERS if is_raw(slug)}


@pytest.fixture
def district(db):
    return doors.build()


@pytest.fixture
def left_open(browse, district):
    """A browser that somebody signed in with long ago."""
    browser = browse(district.people["coordinator"])
    with_second_factor(browser, district.people["coordinator"], at=0)
    return browser


def read_events():
    return SecurityEvent.objects.filter(kind__in=["read_raw_text", "exported"]).count()


def proven(browser, asked):
    """Answer «Är det du?» and return what comes then."""
    again = form_to(browser.get(asked), asked, AGAIN)
    return browser.post(again.action, again.typed({"password": PASSWORD}))


def test_every_file_with_raw_text_asks_and_no_other_does(left_open):
    files = [(slug, ending) for slug in OFFERS if slug not in BUNDLES for ending in formats_of(slug)]
    answers = {(slug, ending): left_open.get(f"{START}{slug}.{ending}") for slug, ending in files}
    asked = {key for key, page in answers.items() if page.status_code == 302 and page.url.startswith(AGAIN)}

    assert asked == {(slug, ending) for slug, ending in files if slug in RAW}
    assert {page.status_code for key, page in answers.items() if key not in asked} == {200}
    assert not SecurityEvent.objects.filter(kind="read_raw_text").exists()


def test_after_the_password_the_file_that_was_chosen_comes(left_open, district):
    asked = left_open.get(f"{START}svar.csv").url
    led_to = proven(left_open, asked).url
    page = left_open.get(led_to)
    before = read_events()
    fetched = left_open.get(page.headers["Refresh"].partition("url=")[2])

    assert parse_qs(urlsplit(led_to).query) == {"fil": [f"{START}svar.csv"]}
    assert (fetched.status_code, "svar" in fetched.headers["Content-Disposition"]) == (200, True)
    assert doors.RAW in b"".join(fetched.streaming_content).decode()
    assert (before, read_events()) == (0, 2)


def test_an_order_waits_for_the_password_with_its_format(left_open):
    path = f"{START}allt-ordagrant/"
    order = form_to(left_open.get(path), path, f"{path}bestall/")
    asked = left_open.post(order.action, order.typed({"format": "zip"})).url
    assert (asked.startswith(AGAIN), Export.objects.filter(table="allt-ordagrant").count()) == (True, 0)

    done = proven(left_open, asked)
    ordered = Export.objects.get(table="allt-ordagrant")
    assert (ordered.format, done.url) == ("zip", f"{START}filer/{ordered.pk}/")


def test_a_file_that_lies_ready_asks_too(left_open, district):
    place, by = district.place, district.people["coordinator"]
    ready = {table: place.exports.create(table=table, format="zip", requested_by=by) for table in BUNDLES}
    for export in ready.values():
        export_job.make_export(export.pk)
    fetched = {table: left_open.get(f"{START}filer/{export.pk}/hamta/") for table, export in ready.items()}

    assert fetched["allt"].status_code == 200
    assert fetched["allt-ordagrant"].url.startswith(AGAIN)
    assert left_open.get(proven(left_open, fetched["allt-ordagrant"].url).url).status_code == 200


def test_rows_of_a_file_that_were_not_saved_ask_too(left_open, district):
    wave = Wave.objects.get(survey__collaboration=district.place)
    large = judged_large_file(wave, district.people["coordinator"])
    path = f"/samordna/ostberga/formular/{wave.survey_id}/stor-fil/{large.pk}/inte-sparade.xlsx"
    asked = left_open.get(path)

    assert asked.url.startswith(AGAIN)
    assert not SecurityEvent.objects.filter(kind="read_raw_text").exists()
    assert path in left_open.get(proven(left_open, asked.url).url).text


def test_the_other_coordinator_is_told_nothing(browse, district):
    rut = make.user("rut@annanstans.example")
    make.coordinator(make.collaboration("annan-plats"), rut)
    theirs = browse(rut)
    with_second_factor(theirs, rut, at=0)
    export = district.place.exports.create(
        table="allt-ordagrant", format="zip", requested_by=district.people["coordinator"]
    )
    paths = [f"{START}svar.csv", f"{START}filer/{export.pk}/hamta/"]

    assert [theirs.get(path).status_code for path in paths] == [404, 404]
    assert theirs.post(f"{START}svar/bestall/", {"format": "csv"}).status_code == 404


@pytest.mark.parametrize(
    "file", ["", "//ond.example/x", "https://ond.example/", "/konto/logout/", "/mitt/", f"{START}beslut.csv"]
)
def test_the_page_that_starts_a_file_starts_nothing_else(left_open, file):
    page = left_open.get("/konto/fil/", {"fil": file})
    assert (page.status_code, "Refresh" in page.headers) == (404, False)


def test_no_link_would_save_the_question_as_a_file(left_open):
    """A link with `download` saves whatever page it leads to."""
    page = left_open.get(f"{START}svar/")
    assert f"{START}svar.csv" in page.text
    assert " download" not in page.text
