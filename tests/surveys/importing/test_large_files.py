"""A file of thousands of rows is judged and stored by a worker, which tells how far it has come."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from actors.models import SecurityEvent
from ostberga.lib.privacy import encrypted
from surveys import tasks
from surveys.importing import dry_run, large_files
from surveys.importing.reading.tables import AT_ONCE
from surveys.importing.row_doubts import OTHERS
from surveys.importing.views import not_saved
from surveys.models import AnswerImport, Channel, LargeImport, Response
from tests import factories as make

ROWS = AT_ONCE + 100
TEXT = (
    "Synpunkt\tRoll\n" + "".join(f"Mer ljus {number}\tBoende\n" for number in range(ROWS)) + "Mer ljus 0\tBoende\n\tX"
)


@pytest.fixture
def large(paste, office):
    """Åke has chosen a large file."""
    page = paste(TEXT)
    row = LargeImport.objects.get()
    assert page.url == reverse("coordinate:import-large", args=["ostberga", office.pk, row.pk])
    return row


@pytest.fixture
def page(large, browse, ake, office):
    """Open the page of the file, or do what it offers."""

    def send(name="", who=ake, **data):
        address = reverse(f"coordinate:import-large{name}", args=["ostberga", office.pk, large.pk])
        client = browse(who)
        return client.post(address, data, follow=True) if data else client.get(address)

    return send


def ask_named(page, start):
    run = page.context["dry_run"]
    return next(ask for ask in [*run.asks, *run.values] if ask.name.startswith(start))


def test_it_waits_is_judged_asks_and_is_stored_by_the_worker(large, page):
    assert "Väntar på sin tur" in page().text
    tasks.judge_import(str(large.pk))
    judged = page()
    equal, value = ask_named(judged, "equal"), ask_named(judged, "value")
    assert judged.context["dry_run"].stored == ROWS
    assert not Response.objects.exists()

    page("-judge", **{equal.name: OTHERS, value.name: "-"})
    tasks.judge_import(str(large.pk))
    seen = page().context["dry_run"].fingerprint
    assert "Sparar raderna" in page("-store", seen=seen, **{equal.name: OTHERS, value.name: "-"}).text
    tasks.judge_import(str(large.pk))

    assert page().url.endswith(f"/importer/{large.pk}/")
    assert AnswerImport.objects.get(pk=large.pk).stored == Response.objects.count() == ROWS + 1


def test_what_was_not_shown_is_not_stored(large, page):
    tasks.judge_import(str(large.pk))
    page("-store", seen="something else")
    tasks.judge_import(str(large.pk))

    assert "Något är ändrat sedan du granskade" in page().text
    assert not Response.objects.exists()


def test_how_far_it_has_come_is_told(large, page):
    LargeImport.objects.update(state="running", read=1500, rows=ROWS)

    assert f"Granskar: 1500 av {ROWS} rader" in page().text
    assert 'hx-trigger="every 2s"' in page().text
    assert page("-judge", x="1").status_code == 409


def test_what_is_refused_can_be_downloaded(large, page):
    tasks.judge_import(str(large.pk))
    file = page("-refused")

    assert file.headers["Content-Disposition"] == f'attachment; filename="inte-sparade-{large.survey_id}.xlsx"'
    assert [row[1] for row in large_files.refused(LargeImport.objects.get())] == [
        "Rad i filen",
        f"{ROWS + 2}",
        f"{ROWS + 3}",
    ]


def test_the_file_is_encrypted_and_gone_when_stored(large, page):
    with connection.cursor() as cursor:
        cursor.execute("SELECT source FROM surveys_largeimport")
        assert "ljus" not in cursor.fetchone()[0]
    tasks.judge_import(str(large.pk))
    page("-store", seen=page().context["dry_run"].fingerprint)
    tasks.judge_import(str(large.pk))
    assert not LargeImport.objects.exists()


def test_a_file_that_waits_says_in_clear_no_place(large, page, office):
    library = make.channel(office, label="Biblioteket")
    tasks.judge_import(str(large.pk))
    page("-judge", **{"place-1": str(library.pk)})
    row = LargeImport.objects.get()
    assert json.loads(row.chosen)["place-1"] == str(library.pk)

    assert not [field for field in LargeImport._meta.get_fields() if field.related_model is Channel]
    with connection.cursor() as cursor:
        cursor.execute("SELECT chosen FROM surveys_largeimport")
        assert "place" not in cursor.fetchone()[0]


def test_a_worker_that_died_is_followed_by_another_but_not_for_ever(large, page):
    long_ago = timezone.now() - dt.timedelta(hours=1)
    LargeImport.objects.update(state="running", heartbeat_at=long_ago, attempts=1)
    assert large_files.sweep() == [large.pk]

    LargeImport.objects.update(state="running", heartbeat_at=long_ago, attempts=large_files.MAX_ATTEMPTS)
    assert large_files.sweep() == []
    assert "Arbetet avbröts flera gånger" in page().text


def test_a_worker_that_lost_its_claim_writes_nothing(large):
    LargeImport.objects.update(state="running", attempts=2)
    large.attempts = 1
    large_files._finish(large, "finished", result=json.dumps({}))

    assert LargeImport.objects.get().state == "running"


def test_nobody_else_sees_the_file(large, page, stranger, browse, office):
    assert page(who=stranger).status_code == 404


def test_twice_called_is_once_done(large, page):
    tasks.judge_import(str(large.pk))
    page("-store", seen=page().context["dry_run"].fingerprint)
    tasks.judge_import(str(large.pk))
    tasks.judge_import(str(large.pk))

    assert AnswerImport.objects.count() == 1


def test_a_worker_that_lost_the_file_between_judging_and_storing_stores_nothing(large, page, monkeypatch):
    tasks.judge_import(str(large.pk))
    page("-store", seen=page().context["dry_run"].fingerprint)
    judge = dry_run.judge

    def judge_and_lose(**asked):
        run = judge(**asked)
        LargeImport.objects.update(attempts=7)
        return run

    monkeypatch.setattr(large_files, "judge", judge_and_lose)
    tasks.judge_import(str(large.pk))

    assert not AnswerImport.objects.exists()
    assert not Response.objects.exists()
    assert LargeImport.objects.get().state == "running"


@pytest.mark.parametrize(
    ("state", "hours", "silent", "is_kept"),
    [
        ("queued", 25, 0, True),
        ("queued", 49, 0, False),
        ("running", 49, 0, True),
        ("running", 25, 1, False),
        ("finished", 25, 0, False),
        ("finished", 23, 0, True),
    ],
)
def test_a_file_is_kept_a_day_and_one_more_while_it_waits_and_while_a_worker_has_it(
    large, state, hours, silent, is_kept
):
    now = timezone.now()
    at, heard = now - dt.timedelta(hours=hours), now - dt.timedelta(hours=silent)
    LargeImport.objects.update(state=state, at=at, heartbeat_at=heard)
    large_files.sweep()

    assert LargeImport.objects.exists() == is_kept


def readings():
    return SecurityEvent.objects.filter(kind="read_raw_text").count()


def test_only_a_page_that_shows_rows_is_logged_as_reading(large, page):
    page()
    tasks.judge_import(str(large.pk))
    assert readings() == 0
    page()
    assert readings() == 1

    page("-judge", x="1")  # leads to the page, which tells how far the worker has come
    LargeImport.objects.update(state="running")
    page()
    assert readings() == 1


def test_a_page_that_tells_how_far_it_has_come_decrypts_nothing(large, page, monkeypatch):
    tasks.judge_import(str(large.pk))
    LargeImport.objects.update(state="running")
    monkeypatch.setattr(encrypted, "decrypt", lambda _token: pytest.fail("decrypted"))

    assert "Granskar" in page().text


def test_the_page_that_refuses_a_number_of_people_shows_rows_and_is_logged(large, page):
    tasks.judge_import(str(large.pk))
    page("-store", seen="x", people="12 st")

    assert readings() == 1


def test_what_was_not_saved_is_still_told_when_the_page_is_sent_again(large, page, browse, ake, office):
    tasks.judge_import(str(large.pk))
    browser, seen = browse(ake), page().context["dry_run"].fingerprint
    store, done = (
        reverse(f"coordinate:{name}", args=["ostberga", office.pk, large.pk])
        for name in ("import-large-store", "import-done")
    )
    assert browser.post(store, {"seen": seen}).status_code == 302
    tasks.judge_import(str(large.pk))
    told = browser.get(done).context["not_saved"]
    assert told != []

    assert browser.post(store, {"seen": seen}).url == done
    assert browser.get(done).context["not_saved"] == told


def test_a_number_of_people_that_is_none_is_told_and_nothing_is_asked_of_the_worker(large, page):
    tasks.judge_import(str(large.pk))
    told = page("-store", seen="x", people="12 st")

    assert told.status_code == 422
    assert LargeImport.objects.get().state == "finished"
    assert not_saved.rows_of(told.wsgi_request, large.pk) == []


def test_the_form_s_token_is_not_among_what_was_chosen(large, page):
    tasks.judge_import(str(large.pk))
    page("-judge", formular="secret", kvar="words", rows="people")

    assert json.loads(LargeImport.objects.get().chosen) == {"rows": "people"}
