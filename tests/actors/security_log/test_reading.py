"""The data-protection officer reads the security log; nobody else does, and another controller's events stay hers."""

import csv
from io import StringIO

import pytest

from actors.models import Collaboration, SecurityEvent
from actors.security_log.recording import Kind, record
from tests import factories as make

PAGE = "/mitt/sakerhetslogg/"


@pytest.fixture
def officer(ostberga):
    """Dana, appointed by the controller as its data-protection officer."""
    user = make.user("dataskydd@ostberga.example", name="Dana")
    make.coordinator(ostberga, user, role="officer")
    return user


@pytest.fixture
def elsewhere(db):
    """Another collaboration's coordinator, with an event in it."""
    place, user = make.collaboration("annanstans"), make.user("annan@example.se", name="Annan")
    make.coordinator(place, user)
    record(Kind.READ_RAW_TEXT, by=user, collaboration=place, on=place)
    record(Kind.SIGNED_OUT, by=user)
    return user


def test_the_officer_reads_what_was_done_in_her_collaboration_only(officer, ake, ostberga, elsewhere, browse):
    record(Kind.READ_RAW_TEXT, by=ake, collaboration=ostberga, on=ostberga)
    page = browse(officer).get(PAGE).text

    assert ("Åke" in page, "läste omaskad text" in page, "Annan" in page) == (True, True, False)
    assert SecurityEvent.objects.filter(kind=Kind.LOG_READ, who=officer).count() == 1


def test_a_body_shared_with_another_collaboration_opens_nothing_about_the_people_there(
    officer, trafikkontoret, elsewhere, browse
):
    there, hers = Collaboration.objects.get(slug="annanstans"), make.user("siv@example.se", name="Siv")
    make.partnership(there, trafikkontoret)
    make.official(hers, trafikkontoret)
    make.mandate(hers, trafikkontoret, there)
    record(Kind.SIGNED_IN, by=hers)

    assert "Siv" not in browse(officer).get(PAGE).text


def test_her_own_officials_are_in_it(officer, ostberga, tova, trafikkontoret, browse):
    invited_by_nobody, mandated = make.user("nils@example.se", name="Nils"), make.user("mia@example.se", name="Mia")
    make.official(invited_by_nobody, trafikkontoret)
    make.mandate(mandated, trafikkontoret, ostberga)
    for user in (invited_by_nobody, mandated):
        record(Kind.SIGNED_IN, by=user)

    page = browse(officer).get(PAGE).text
    assert ("Nils" in page, "Mia" in page) == (True, True)


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}fil/"])
def test_nobody_else_does(ake, tova, elsewhere, browse, path):
    admin = make.user("teknik@ostberga.example", is_staff=True, is_superuser=True)

    assert [browse(user).get(path).status_code for user in (ake, tova, elsewhere, admin)] == [404, 404, 404, 404]
    assert browse().get(path).headers["Location"].startswith("/konto/login/")


def test_the_officer_coordinates_nothing(officer, ostberga, browse):
    assert not Collaboration.objects.coordinated_by(officer).exists()
    assert browse(officer).get("/samordna/ostberga/personer/").status_code == 404


def test_her_right_ends_with_the_appointment(officer, ostberga, browse):
    ostberga.appointments.filter(user=officer).update(ended_on="2026-11-24", started_on="2026-11-01")

    assert browse(officer).get(PAGE).status_code == 404


def test_it_is_filtered_by_kind_and_day(officer, ake, ostberga, browse):
    for kind in (Kind.EXPORTED, Kind.READ_RAW_TEXT):
        record(kind, by=ake, collaboration=ostberga)

    rows = browse(officer).get(PAGE, {"kind": "exported"}).context["page"].object_list
    assert [event.kind for event in rows] == ["exported"]
    assert list(browse(officer).get(PAGE, {"first": "2099-01-01"}).context["page"].object_list) == []


def test_the_file_has_the_same_rows_and_no_formulas(officer, ostberga, browse):
    sly = make.user("sly@example.se", name='=HYPERLINK("x")')
    make.coordinator(ostberga, sly, role="deputy")
    record(Kind.EXPORTED, by=sly, collaboration=ostberga, on=ostberga)

    answer = browse(officer).get(f"{PAGE}fil/", {"kind": "exported"})

    rows = list(csv.reader(StringIO(answer.text)))
    assert (rows[1][1], rows[1][2]) == ("Dana", "tog ut uppgifter")
    assert rows[2][1:] == [
        *('\'=HYPERLINK("x")', "tog ut uppgifter", "genomfört", str(ostberga)),
        *("actors.collaboration", str(ostberga.pk)),
    ]
