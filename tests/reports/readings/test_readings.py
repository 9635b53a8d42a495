"""Readings of a draft: private links, comments, and their outcome."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import SecurityEvent, User
from actors.security_log.recording import Kind
from ostberga.lib.web.language_switch import SWITCH
from reports.models import Reading, ReadingComment, ReportVersion
from tests.conftest import Browse
from tests.forms_by_hand import form_to
from tests.reports.conftest import ReportStory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(finished: ReportVersion, ake: User) -> str:
    """The path of a private link."""
    _, secret = Reading.invite(finished, "Öppna förskolan", ake)
    return reverse("reading", args=[secret])


def test_the_link_is_shown_once_and_kept_only_as_a_hash(finished: ReportVersion, ake: User, browse: Browse) -> None:
    browser = browse(ake)
    invite = reverse("coordinate:reading-invite", args=["ostberga", finished.pk])
    link = browser.post(invite, {"label": "Öppna förskolan", "days": 14}, follow=True).context["secret"]
    secret = link.rstrip("/").rpartition("/")[2]

    assert browser.get(link).status_code == 200
    assert secret not in browser.get(reverse("coordinate:report-version", args=["ostberga", finished.pk])).text
    assert Reading.objects.by_token(secret).get().token_hash != secret


def test_a_reader_without_account_says_what_was_missed(link: str, amina: Client) -> None:
    assert "Sätt upp fler lampor vid stråket." in amina.get(link).text
    page = amina.post(link, {"text": "Ni glömde barnen."}, follow=True)

    assert "Tack" in page.text
    assert ReadingComment.objects.get().text == "Ni glömde barnen."


def test_a_draft_is_neither_kept_nor_found_nor_told_to_others(link: str, amina: Client) -> None:
    page = amina.get(link)

    assert {"no-store", "private"} <= set(page["Cache-Control"].split(", "))
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "strict-origin"
    assert amina.get(f"{link}role.svg").status_code == 200


def test_an_empty_answer_is_told_beside_the_field(link: str, amina: Client) -> None:
    page = amina.post(link, {"text": " "})

    assert page.status_code == 422
    assert "Skriv vad vi har missat" in page.text


def test_another_site_can_not_answer_in_someones_name(link: str, amina: Client) -> None:
    page = amina.post(link, {"text": "Falskt."}, headers={"Origin": "https://example.com"})

    assert page.status_code == 403
    assert not ReadingComment.objects.exists()


@pytest.mark.parametrize("how", ["closed", "expired", "wrong"])
def test_a_link_that_no_longer_works_says_so(how: str, link: str, amina: Client) -> None:
    if how == "closed":
        Reading.objects.get().close()
    if how == "expired":
        Reading.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    page = amina.get("/avstamning/fel/" if how == "wrong" else link)

    assert page.status_code == 404
    assert "Länken gäller inte längre" in page.text
    assert "Sätt upp fler lampor" not in page.text


def test_what_was_changed_is_written_beside_what_was_said(
    link: str, amina: Client, ake: User, browse: Browse, written: ReportStory
) -> None:
    amina.post(link, {"text": "Ni glömde barnen."})
    comment = ReadingComment.objects.get()
    address = reverse("coordinate:reading-comment", args=["ostberga", comment.pk])
    assert browse(ake).post(address, {"outcome": ""}).status_code == 422

    browse(ake).post(address, {"outcome": "Skolvägen är med."})
    comment.refresh_from_db()
    assert (comment.outcome, comment.handled_by) == ("Skolvägen är med.", ake)
    assert "Skolvägen är med." in browse(ake).get(written.report.get_workshop_url()).text


def test_what_points_somebody_out_in_a_comment_never_reaches_the_report(
    link: str, amina: Client, ake: User, browse: Browse, written: ReportStory
) -> None:
    amina.post(link, {"text": "Ring mig på 070-174 06 05."})
    comment = ReadingComment.objects.get()
    address = reverse("coordinate:reading-comment", args=["ostberga", comment.pk])
    assert "Ring mig på [telefonnummer]." in browse(ake).get(address).text
    assert browse(ake).post(address, {"text": comment.text, "outcome": "Ja."}).status_code == 422

    browse(ake).post(address, {"text": "Ring mig på [telefonnummer].", "outcome": "Ja."})
    comment.refresh_from_db()
    assert comment.text == "Ring mig på [telefonnummer]."


def test_what_a_reader_wrote_is_redacted_before_it_leaves_its_page(
    link: str, amina: Client, ake: User, browse: Browse, written: ReportStory
) -> None:
    """Neither the table, the report's page nor the file that is not verbatim has it; whoever reads it is logged."""
    amina.post(link, {"text": "Ring mig på 070-174 06 05."})
    comment = ReadingComment.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM reports_readingcomment")
        assert "070" not in cursor.fetchall()[0][0]
    report = browse(ake).get(written.report.get_workshop_url()).text
    assert ("070" in report, "Ring mig på [telefonnummer]." in report) == (False, True)
    file = browse(ake).get(reverse("coordinate:take-out-file", args=["ostberga", "avstamningar", "json"]))
    assert (file.status_code, "070" in file.getvalue().decode()) == (200, False)
    assert SecurityEvent.objects.filter(kind=Kind.READ_RAW_TEXT).count() == 0

    browse(ake).get(reverse("coordinate:reading-comment", args=["ostberga", comment.pk]))
    assert SecurityEvent.objects.filter(kind=Kind.READ_RAW_TEXT, object_key=str(comment.pk)).count() == 1


@pytest.mark.parametrize("who", ["stranger", "tova"])
def test_nobody_else_handles_comments(
    who: str, link: str, amina: Client, browse: Browse, request: pytest.FixtureRequest
) -> None:
    amina.post(link, {"text": "Ni glömde barnen."})
    address = reverse("coordinate:reading-comment", args=["ostberga", ReadingComment.objects.get().pk])

    assert browse(request.getfixturevalue(who)).post(address, {"outcome": "Nej."}).status_code == 404


def test_two_taps_leave_one_comment_and_the_second_says_so(link: str, amina: Client) -> None:
    typed = form_to(amina.get(link), link).typed({"text": ["Ni glömde barnen."]})
    first, second = amina.post(link, typed), amina.post(link, typed)
    other = amina.post(link, {**typed, "text": ["Och de gamla."]})

    assert (first.status_code, second.status_code, other.status_code) == (302, 200, 302)
    assert "Det är redan skickat" in second.text
    assert f'href="{first.headers["Location"]}"' in second.text
    assert [comment.text for comment in ReadingComment.objects.all()] == ["Ni glömde barnen.", "Och de gamla."]


def test_what_a_reader_writes_goes_along_to_another_language(link: str, amina: Client) -> None:
    typed = form_to(amina.get(link), link).typed({"text": ["Ni glömde barnen."], SWITCH: ["1"]})

    page = amina.post(f"/ar{link}", typed)

    assert (page.status_code, 'dir="rtl"' in page.text, "Ni glömde barnen." in page.text) == (200, True, True)
    assert ReadingComment.objects.count() == 0
