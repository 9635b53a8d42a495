"""Rows are stored by one act, once, with their week and wave; a file's rows tell no small place."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ostberga.lib.refusal import Refusal
from surveys.batching import blank_counts, waiting
from surveys.importing.places import make_places
from surveys.importing.reading.tables import AT_ONCE
from surveys.importing.storing import store_rows
from surveys.importing.views import not_saved
from surveys.models import Channel, Response, Survey
from tests import factories as make

HEAD = "Vad tycker du?"
PAGES = ("import-done", "import-not-saved")


def test_a_key_of_somebody_else_s_page_is_refused(ake, disa, form, batch, run):
    key = uuid4()
    store_rows(survey=form, key=key, by=ake, rows=run(f"{HEAD}\nMer ljus").rows, read=1)
    with pytest.raises(Exception, match="någon annans import"):
        store_rows(survey=form, key=key, by=disa, rows=run(f"{HEAD}\nEn bänk").rows, read=1)


@pytest.mark.slow
def test_two_thousand_rows_are_stored_in_one_go(save):
    rows = "\n".join(f"Svar nummer {number}" for number in range(AT_ONCE))
    save(f"{HEAD}\n{rows}")

    assert Response.objects.count() == AT_ONCE


@pytest.mark.django_db
def test_a_day_in_a_closed_wave_is_not_late_and_keeps_only_its_week(ake, office, run, save):
    save("Datum\tSynpunkt\n2026-09-09\tMer ljus")
    stored = Response.objects.get()

    assert (str(stored.wave), stored.is_late) == ("September", False)
    assert f"{stored.received_on}" == "2026-09-07"


def test_a_day_that_has_not_come_is_refused(run):
    (row,) = run(f"Datum\t{HEAD}\n2027-01-01\tMer ljus").rows

    assert row.problems == ["Datum: dagen «2027-01-01» har inte kommit än."]


@pytest.fixture
def places(form, run):
    """Two rows from the stairs and one from the square, with what was chosen for the places."""
    text = f"{HEAD}\tPlats\nMer ljus\tTrappan\nEn bänk\tTrappan\nEn buss\tTorget"
    asks = run(text).places
    return run(text, **dict(zip([ask.name for ask in asks], ["small", "new"], strict=True)))


@pytest.mark.django_db
def test_with_a_small_place_no_response_has_a_channel_and_they_are_counted_last(ake, form, places):
    sent = {"survey": form, "by": ake, "rows": places.rows, "read": 3}
    make_places(survey=form, by=ake, rows=places.stored)
    with CaptureQueriesContext(connection) as asked:
        store_rows(key=uuid4(), **sent)
    locks = [number for number, query in enumerate(asked) if query["sql"].startswith("LOCK TABLE")]
    after = " ".join(query["sql"] for query in asked.captured_queries[locks[0] :])

    assert set(Response.objects.values_list("channel", flat=True)) == {None}
    assert "surveys_response" not in after
    assert "surveys_formevent" not in after
    counted = {Channel.objects.get(pk=body["channel"]).label: body["number"] for body in waiting.list_bodies("blank")}
    assert counted == {"Trappan": 2, "Torget": 1}


@pytest.mark.django_db
def test_a_place_made_small_while_the_dry_run_was_read_makes_the_whole_import_blank(ake, form, run, monkeypatch):
    monkeypatch.setattr(blank_counts, "PERCENT", 0)
    rows = run(f"{HEAD}\nMer ljus\nEn bänk").rows
    form.channels.update(is_small=True, is_web=False)
    store_rows(survey=form, key=uuid4(), by=ake, rows=rows, read=2)

    assert form.imports.get().is_blank
    assert [body["number"] for body in waiting.list_bodies("blank")] == [2]


@pytest.mark.django_db
@pytest.mark.parametrize(("percent", "channels"), [(100, {None}), (0, {"Webben"})])
def test_without_a_small_place_all_or_none_have_their_channel(ake, run, monkeypatch, percent, channels):
    form, rows = Survey.objects.get(), run(f"{HEAD}\nMer ljus\nEn bänk\nEn buss").rows
    monkeypatch.setattr(blank_counts, "PERCENT", percent)
    store_rows(survey=form, key=uuid4(), by=ake, rows=rows, read=3)

    assert set(Response.objects.values_list("channel__label", flat=True)) == channels
    assert form.imports.get().is_blank == (percent == 100)


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_sent_twice_at_the_same_moment_stores_once(ake, form, run):
    rows, key = run(f"{HEAD}\nMer ljus\nEn bänk").rows, uuid4()

    def send(_):
        try:
            return store_rows(survey=form, key=key, by=ake, rows=rows, read=2).stored
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [2] * 4
    assert Response.objects.count() == 2
    assert form.events.filter(kind="imported").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_to_two_surveys_at_once_is_stored_in_one_and_refused_in_the_other(ake, form, run):
    rows, key, other = run(f"{HEAD}\nMer ljus").rows, uuid4(), make.survey(form.collaboration, title={"sv": "Ett till"})
    both = Barrier(2)

    def send(survey):
        try:
            both.wait()
            return str(store_rows(survey=survey, key=key, by=ake, rows=rows, read=1).stored)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, [form, other])) == ["1", "not_mine"]


@pytest.mark.django_db
def test_an_import_that_dies_in_the_middle_has_stored_nothing(ake, form, run, monkeypatch):
    rows = run(f"{HEAD}\nMer ljus\nEn bänk").rows
    monkeypatch.setattr(type(rows[1]), "language_name", "")
    rows[1].language = "för långt språk"
    key = uuid4()
    with pytest.raises(Exception, match="character varying"):
        store_rows(survey=form, key=key, by=ake, rows=rows, read=2)
    rows[1].language = "sv"

    assert store_rows(survey=form, key=key, by=ake, rows=rows, read=2).stored == 2
    assert timezone.localdate() == rows[0].day


def test_what_was_not_saved_is_told_after_it_and_can_be_downloaded_by_whoever_imported(save, form, browse, disa):
    text = f"{HEAD}\tTrivs du?\tEget\nMer ljus\t\t\n\t\tHelt tom\nEn bänk\t\t"
    page = save(text)
    client = page.client
    done, file = (reverse(f"coordinate:{name}", args=["ostberga", form.pk, form.imports.get().pk]) for name in PAGES)

    assert page.url == done
    assert "1 sparades inte" in client.get(done).text
    assert "Rad 3: Raden har inget svar på någon fråga." in client.get(done).text
    assert client.get(file).headers["Content-Disposition"].startswith("attachment")
    assert "sparades inte</h2>" not in browse(disa).get(done).text
    assert browse(disa).get(file).status_code in {403, 404}


def test_rows_beyond_what_a_session_keeps_are_read_again(save, form, monkeypatch):
    monkeypatch.setattr(not_saved, "_MOST", 10)
    client = save(f"{HEAD}\tEget\nMer ljus\t\n\tHelt tom").client
    done, file = (reverse(f"coordinate:{name}", args=["ostberga", form.pk, form.imports.get().pk]) for name in PAGES)

    assert "om du läser in samma fil en gång till" in client.get(done).text
    assert client.get(file).status_code == 404
