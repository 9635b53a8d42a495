"""The data-protection officer reads the security log; nobody else does, and another controller's events stay hers."""

import csv
import tracemalloc
from io import StringIO

import pytest

from actors.models import Collaboration, Mandate, SecurityEvent, SecuritySeal
from actors.security_log.recording import Kind, record
from tests import factories as make
from tests.actors.security_log.old_events import seal_what_waits

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

    assert answer.streaming
    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert (rows[1][1], rows[1][2], rows[1][5]) == ("Dana", "tog ut uppgifter", "sidan /mitt/sakerhetslogg/fil/")
    assert rows[2][1:] == [
        *('\'=HYPERLINK("x")', "tog ut uppgifter", "genomfört", str(ostberga)),
        *(f"samverkan {ostberga}", "actors.collaboration", str(ostberga.pk)),
    ]


def test_who_gave_or_ended_a_mandate_by_a_link_is_named_and_what_was_done(
    officer, ostberga, tova, trafikkontoret, browse
):
    given = make.mandate(tova, trafikkontoret, ostberga, confirmed_by_address="reg@trafik.example")
    record(Kind.RIGHT_CHANGED, by=None, on=given, collaboration=ostberga)
    # The database's clock is not the tests'.
    Mandate.objects.filter(pk=given.pk).update(confirmed_at=SecurityEvent.objects.latest("pk").at)

    told = "Registratorn (reg@trafik.example), med länk"
    page = browse(officer).get(PAGE).text
    file = browse(officer).get(f"{PAGE}fil/").getvalue().decode("utf-8-sig")
    assert (told in page, "bekräftade ett mandat" in page, "Okänd" in page) == (True, True, False)
    assert (told in file, f"mandat {given}" in file) == (True, True)


def test_days_in_the_wrong_order_are_an_error_and_not_an_empty_log(officer, browse):
    page = browse(officer).get(PAGE, {"first": "2026-12-05", "last": "2026-11-01"})

    assert "Sista dagen kan inte ligga före den första." in page.text
    assert "Inget har hänt" not in page.text


def test_it_is_filtered_by_person_and_the_names_lead_there(officer, ake, disa, ostberga, browse):
    for user in (ake, disa):
        record(Kind.EXPORTED, by=user, collaboration=ostberga)
    assert f'href="?person={disa.pk}"' in browse(officer).get(PAGE).text

    rows = browse(officer).get(PAGE, {"person": disa.pk, "kind": "exported", "last": "not a day"}).context["rows"]
    assert [told.event.who for told in rows] == [disa]


def test_the_filter_names_nobody_of_another_collaboration(officer, elsewhere, browse):
    page = browse(officer).get(PAGE, {"person": elsewhere.pk})

    assert "Annan" not in page.text


def test_objects_are_named_in_words_and_never_by_their_content(officer, ake, tova, autumn, browse):
    talk = make.interview(autumn, ake, "Anteckningen från samtalet")
    for thing in (tova, talk):
        record(Kind.READ_RAW_TEXT, by=ake, on=thing, collaboration=autumn.survey.collaboration)
    record(Kind.REFUSED, by=ake, on="coordinate:people")
    record(Kind.FACTOR_ADDED, by=ake, on="totp")
    page = browse(officer).get(PAGE).text

    assert (f"{tova._meta.verbose_name} Tova" in page, f"samtal {talk.pk}" in page) == (True, True)
    assert ("sidan /samordna/…/personer/" in page, "app med koder" in page) == (True, True)
    assert ("surveys.interview" in page, "Anteckningen" in page) == (False, False)


def test_a_long_file_takes_no_more_memory_than_a_short_one(officer, ake, ostberga, browse):
    def peak(rows):
        SecurityEvent.objects.bulk_create(
            SecurityEvent(kind=Kind.EXPORTED, who=ake, collaboration=ostberga) for _ in range(rows)
        )
        answer = browse(officer).get(f"{PAGE}fil/")
        tracemalloc.start()
        lines = sum(1 for _ in answer.streaming_content)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return lines, most

    (few, little), (many, much) = peak(1000), peak(5000)
    assert (few < 1100, many > 6000, much < 1.5 * little) == (True, True, True)


def test_the_file_ends_with_the_newest_seal(officer, ake, ostberga, browse):
    record(Kind.EXPORTED, by=ake, collaboration=ostberga)
    seal_what_waits()

    last = browse(officer).get(f"{PAGE}fil/").getvalue().decode().splitlines()[-1]
    assert last == f"Sista sigillet;{SecuritySeal.objects.last()}"
