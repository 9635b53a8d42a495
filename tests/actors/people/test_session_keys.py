"""A copy of the database and of the cache signs nobody in, and sessions survive that the cache is away."""

import datetime as dt
import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore as PlainStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from actors.models import SecurityEvent
from actors.people.sessions import SEEN_ON
from actors.tasks import forget_ended_sessions
from ostberga.lib.servers.redis_client import cache_client
from ostberga.lib.web import session_store
from ostberga.lib.web.cache_backend import SharedRedisCacheClient
from ostberga.lib.web.session_store import SessionStore, stored_key
from tests import clock
from tests.actors.people.test_accounts import sign_in
from tests.actors.people.test_second_factor import code_in_letter


@pytest.fixture
def signed_in(stranger, browse):
    """A browser that signed in, whose page has put the session in the cache too."""
    browser = browse()
    sign_in(browser, stranger)
    assert browser.get("/mitt/").status_code == 200
    return browser


def everything_stored():
    """Every row of every table, and every name and value in the cache, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(sql.SQL("SELECT {0}::text FROM {0}").format(sql.Identifier(table)))
            yield from (row for (row,) in cursor.fetchall())
    server: Any = cache_client()
    for key in server.scan_iter():
        yield key.decode()
        yield server.get(key).decode("latin-1") if server.type(key) == b"string" else ""


def test_nothing_stored_is_the_key_of_a_session(signed_in):
    key, rows = signed_in.cookies["sessionid"].value, list(everything_stored())

    assert any("session:" in row for row in rows)
    assert [row for row in rows if key in row] == []


def test_no_word_of_what_is_stored_signs_anybody_in(signed_in, browse):
    words = {word for row in everything_stored() for word in re.findall(r"[0-9a-zA-Z]{32,64}", row)}
    assert Session.objects.get().session_key in words

    for word in words:
        thief = browse()
        thief.cookies["sessionid"] = word
        assert thief.get("/mitt/").headers["Location"].startswith("/konto/login/")


def test_whoever_has_the_dump_and_the_secret_key_reads_no_session(browse, stranger):
    browser = browse()
    browser.post("/konto/login/code/", {"email": stranger.email})
    code = code_in_letter(stranger.email)
    browser.get("/konto/login/code/confirm/")
    row = Session.objects.get()
    kept = [row.session_data, cache.get(f"session:{row.session_key}")]

    assert code in str(dict(browser.session))
    assert [PlainStore().decode(sealed) for sealed in kept] == [{}, {}]
    assert [SessionStore(row.session_key).decode(sealed) for sealed in kept] == [{}, {}]
    assert code not in str(kept)


def test_the_list_and_the_table_know_the_session_by_the_same_hash(signed_in):
    assert [row.session_key for row in UserSession.objects.all()] == [Session.objects.get().session_key]
    assert "Den här" in signed_in.get("/konto/sessions/").text


def test_ending_the_others_is_logged_and_leaves_them_nothing_in_the_cache(signed_in, stranger, browse):
    here = browse()
    sign_in(here, stranger)
    here.post("/konto/sessions/")

    assert (here.get("/mitt/").status_code, signed_in.get("/mitt/").status_code) == (200, 302)
    assert SecurityEvent.objects.filter(kind="session_ended", who=stranger).count() == 1


def test_signing_out_leaves_no_row(signed_in):
    signed_in.post("/konto/logout/")

    assert not Session.objects.exists()


def test_without_the_cache_sessions_are_read_from_the_database(signed_in, monkeypatch):
    monkeypatch.setattr(cache, "_cache", SharedRedisCacheClient(["redis://127.0.0.1:1/0"]))

    assert signed_in.get("/mitt/").status_code == 200
    signed_in.post("/konto/logout/")
    assert signed_in.get("/mitt/").status_code == 302


def test_a_session_is_cached_for_a_minute_at_most(signed_in):
    stored = Session.objects.get().session_key

    assert 0 < cache_client().ttl(cache.make_key(f"session:{stored}")) <= session_store.SECONDS_CACHED


@pytest.mark.django_db(transaction=True)
def test_a_session_read_while_it_is_ended_is_not_left_in_the_cache(signed_in):
    stored = Session.objects.get().session_key
    with transaction.atomic():
        SessionStore.end(stored)
        cache.set(f"session:{stored}", {"as": "another process read it"})

    assert cache.get(f"session:{stored}") is None


def test_one_session_can_be_ended_by_itself_and_has_the_day_of_its_last_use(signed_in, stranger, browse):
    other = browse()
    sign_in(other, stranger)
    there = UserSession.objects.get(session_key=stored_key(other.cookies["sessionid"].value))

    assert "Senast använd" in signed_in.get("/konto/sessions/").text
    page = signed_in.post("/konto/sessions/", {"session": there.pk}, follow=True)

    assert "Inloggningen är avslutad." in page.text
    assert other.get("/mitt/").headers["Location"].startswith("/konto/login/")
    assert signed_in.get("/mitt/").status_code == 200


def test_nobody_ends_somebody_elses_session_nor_her_own_by_this_button(signed_in, ake, browse):
    browser = browse()
    sign_in(browser, ake)
    theirs = UserSession.objects.get(user=ake)
    for pk in (theirs.pk, UserSession.objects.exclude(user=ake).get().pk, "x"):
        assert "redan avslutad" in signed_in.post("/konto/sessions/", {"session": pk}, follow=True).text

    assert UserSession.objects.count() == 2


def test_the_day_of_use_is_written_once_a_day(signed_in):
    before = UserSession.objects.get().last_seen_at
    clock.start(clock.moment() + dt.timedelta(hours=11))
    session = signed_in.session
    session[SEEN_ON] = "2026-11-24"
    session.save()
    signed_in.get("/mitt/")

    seen = UserSession.objects.get().last_seen_at
    assert timezone.localtime(seen).time() == dt.time(0)
    assert (seen <= before, signed_in.session[SEEN_ON]) == (True, timezone.localdate().isoformat())


def test_a_session_that_has_ended_by_itself_is_deleted_with_what_it_held(signed_in, browse, ake):
    sign_in(browse(), ake)
    here = stored_key(signed_in.cookies["sessionid"].value)
    Session.objects.filter(session_key=here).update(expire_date=timezone.now() - dt.timedelta(minutes=1))
    forget_ended_sessions()

    assert [row.session_key for row in Session.objects.all()] == [row.session_key for row in UserSession.objects.all()]
    assert Session.objects.exclude(session_key=here).count() == 1
    assert not Session.objects.filter(session_key=here).exists()


def test_it_is_done_every_hour(settings):
    entries = [entry for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] == forget_ended_sessions.name]

    assert [entry["schedule"] for entry in entries] == [3600]
