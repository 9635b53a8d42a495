"""Hostile input in URLs, forms and files causes no crash and reveals no secret."""

import io
import logging
import zipfile

import pytest
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse

from actors.letters import outbox, sending
from dialogue.batching import dialogue_batch
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.privacy.private_logging import PrivateFormatter
from ostberga.lib.web.origin import is_foreign
from surveys.fielding import channels
from surveys.importing.reading.files import read_file
from surveys.importing.reading.tables import UnreadableFile
from tests import factories as make

pytestmark = pytest.mark.django_db

UNREADABLE = ["9" * 5000, "\x00"]  # refused before any view
NO_NUMBERS = ["", "abc", "²", "٣", "-1", *UNREADABLE]


def test_what_is_no_number_is_nobodys_key():
    assert [parse_id(sent) for sent in NO_NUMBERS] == [0] * len(NO_NUMBERS)
    assert [parse_id(None), parse_id("17")] == [0, 17]


@pytest.mark.parametrize("path", ["/svara/%00/", "/ostberga/parter/?q=%00", "/%00/", "/folj/?samverkan=%00"])
def test_an_address_with_a_sign_no_database_holds_is_refused(browse, ostberga, path, settings):
    settings.KEEP_PUBLIC_PAGES = True
    assert browse().get(path).status_code == 400


@pytest.mark.parametrize("sent", NO_NUMBERS)
def test_following_something_that_is_no_issue_is_said_beside_the_field(browse, sent):
    page = browse().post("/folj/", {"epost": "amina@example.se", "fraga": [sent]})
    assert page.status_code == (400 if sent in UNREADABLE else 422)


@pytest.mark.parametrize("sent", NO_NUMBERS)
def test_taking_a_perspective_out_of_a_theme_needs_a_perspective(browse, ake, ostberga, sent):
    theme = make.theme(ostberga)
    page = browse(ake).post(f"/samordna/ostberga/teman/{theme.pk}/ta-ut/", {"perspektiv": sent})
    assert page.status_code == (400 if sent in UNREADABLE else 404)


def test_a_number_without_end_in_what_a_library_reads_is_refused(browse, tova):
    page = browse(tova).post("/konto/2fa/webauthn/add/", {"credential": f"[{'9' * 5000}]"})
    assert (page.status_code, "går inte att läsa" in page.text) == (400, True)


@pytest.mark.parametrize("name", ["account_login", "account_logout"])
def test_leading_on_to_what_is_no_address_leads_home(browse, tova, name):
    page = browse(tova).post(reverse(name), {"next": "http://["})
    assert (page.status_code, "[" in page.headers["Location"]) == (302, False)


def test_an_origin_that_is_no_address_is_foreign():
    sent = [RequestFactory().post("/kvitto/", headers={"Origin": origin}) for origin in ("http://[", "null", "x")]
    assert [is_foreign(request) for request in sent] == [True, True, True]


def test_a_kept_page_still_leads_to_https(browse, talk, settings):
    settings.KEEP_PUBLIC_PAGES, settings.SECURE_HSTS_SECONDS = True, 60
    first, kept = [browse().get("/ostberga/", secure=True) for _ in range(2)]
    settings.SECURE_SSL_REDIRECT = True
    assert [page.headers["Strict-Transport-Security"] for page in (first, kept)] == ["max-age=60"] * 2
    assert browse().get("/ostberga/").status_code == 301


def test_the_log_names_neither_secret_links_nor_what_was_sent(browse, caplog):
    row = "Key (email)=(amina@example.se) already exists"
    browse().get("/folj/hemligt/")
    try:
        raise ValueError(row)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error")
    log = "\n".join(map(PrivateFormatter().format, caplog.records))
    assert [part in log for part in ("404 following", "ValueError", "amina@", "hemligt/\n")] == [
        True,
        True,
        False,
        False,
    ]


def test_what_a_task_failed_with_is_told_by_its_kind():
    fields = {"name": "reports.tasks.render", "exc": "ValidationError(['hemligt'])", "args": "['hemligt']"}
    failed = logging.LogRecord("celery.app.trace", 40, "", 0, "Task %(name)s raised %(exc)s %(args)s", (fields,), None)
    other = logging.LogRecord("celery.worker", 40, "", 0, "%r: %s", (ValueError("hemligt"), "läge"), None)

    lines = [PrivateFormatter().format(record) for record in (failed, other)]

    assert lines == ["Task reports.tasks.render raised ValidationError …", "'ValueError': läge"]


def test_an_address_no_mail_can_be_written_to_does_not_stop_the_letters_behind_it():
    bad = outbox.post(kind="follow", to=f"a@{'ö' * 60}.se", subject="Hej", text="Hej")
    assert sending.send(str(bad.pk)) is False
    bad.refresh_from_db()
    assert (bad.attempts, bad.error, mail.outbox) == (1, "UnicodeError", [])


def test_a_broken_workbook_is_told_as_one():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "x" * 5000)
    content = packed.getvalue()
    for broken in (content.replace(b"\x08\x00", b"\x09\x00"), content[:45] + b"\xff" * 9 + content[54:]):
        with pytest.raises(UnreadableFile):
            read_file(broken)


def test_a_place_found_to_be_small_lets_go_of_the_answers_it_brought(ake, autumn):
    place = make.channel(autumn.survey, label="Trappan")
    answers = [make.answer(autumn, channel=place) for _ in range(2)]
    channels.change_channel(channel=place, by=ake, label="Trappan", is_small=True)
    dialogue_batch.write()
    for answer in answers:
        answer.response.refresh_from_db()
    assert (place.counted, [answer.response.channel for answer in answers]) == (2, [None, None])


@pytest.mark.parametrize(
    "sent", [{"headers": {"host": "evil.example"}}, {"query_params": {"a": "\x00"}}, {"headers": {"host": "a_b"}}]
)
def test_a_refused_request_has_the_headers_of_any_page(db, client, sent):
    names = ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"]
    names.append("Cross-Origin-Opener-Policy")
    refused, page = client.get("/om/", **sent), client.get("/om/")

    assert refused.status_code == 400
    first, second = ([set(answer.headers.get(name, "").split("; ")) for name in names] for answer in (refused, page))
    assert first == second
    assert len(first[0]) == 10


@pytest.mark.parametrize(("host", "status"), [("testserver", 200), ("testserver:443", 200), ("testserver:8080", 400)])
def test_only_the_ports_of_the_site_are_answered(db, client, settings, host, status):
    settings.PORTS = {"", "443"}

    assert client.get("/om/", headers={"host": host}).status_code == status
