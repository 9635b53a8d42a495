"""Rendering a version: frozen findings, one worker at a time, files stored once."""

import datetime as dt
import errno
import io
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from actors.models import User
from ostberga.lib.refusal import Refusal
from reports.models import ReportVersion
from reports.publishing.version_requests import request_version
from reports.rendering import render_job
from tests.reports.conftest import ReportStory, say

pytestmark = pytest.mark.django_db
State = ReportVersion.State


def words(version: ReportVersion) -> str:
    """The text of the PDF, with line breaks as spaces."""
    with version.pdf.open() as stored:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(stored.read())).pages]
    return " ".join(" ".join(pages).split())


def test_what_a_resident_said_is_in_the_pdf_with_contents_and_page_numbers(finished: ReportVersion) -> None:
    text = words(finished)

    assert finished.state == State.FINISHED
    assert "Sätt upp fler lampor vid stråket." in text
    assert "Gången är mörk på kvällen." in text
    assert "Vilka vi har hört – och vilka som saknas" in text


def test_the_pdf_is_accessible_as_far_as_machines_can_tell(finished: ReportVersion) -> None:
    for command in (["pdfua", "check", "--min-severity", "error"], ["outloud", "-q"]):
        checked = subprocess.run(
            [f".venv/bin/{command[0]}", *command[1:], finished.pdf.path], capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stdout


def test_the_word_file_holds_the_same_with_real_headings(finished: ReportVersion) -> None:
    with finished.docx.open() as stored:
        word = Document(io.BytesIO(stored.read()))
    headings = [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 1"]

    assert headings[4] == "5 Teman och perspektiv"
    assert "Sätt upp fler lampor vid stråket." in [p.text for p in word.paragraphs]
    assert finished.report.title in word.sections[0].header.paragraphs[0].text


def test_demo_data_is_labelled_on_every_page_and_in_word(written: ReportStory, ake: User) -> None:
    type(written.report.dialogue.collaboration).objects.update(is_demo=True)
    written.report.refresh_from_db()
    version = request_version(type(written.report).objects.get(), ake)
    render_job.render_version(version.pk)
    version.refresh_from_db()

    with version.pdf.open() as stored:
        pages = PdfReader(io.BytesIO(stored.read())).pages
        assert [n for n, page in enumerate(pages) if "DEMO – fiktiva uppgifter" not in page.extract_text()] == []
    with version.docx.open() as stored:
        assert "DEMO" in Document(io.BytesIO(stored.read())).sections[0].header.paragraphs[0].text


def test_later_answers_do_not_change_a_version(written: ReportStory, ake: User) -> None:
    version = request_version(written.report, ake)
    checksum = version.findings_checksum
    say(written.wave, ake, "Något som sades för sent.", written.lamps)
    render_job.render_version(version.pk)
    version.refresh_from_db()

    assert version.frozen.checksum == version.findings_checksum == checksum
    assert "för sent" not in words(version)


def test_asking_twice_while_it_is_made_gives_the_same_version(written: ReportStory, ake: User) -> None:
    first = request_version(written.report, ake)

    assert request_version(written.report, ake) == first


def test_a_report_without_themes_is_refused(written: ReportStory, ake: User) -> None:
    written.report.chosen_themes.all().delete()
    with pytest.raises(Refusal, match="inga teman"):
        request_version(written.report, ake)


def test_made_twice_is_stored_once(finished: ReportVersion, media: Path) -> None:
    render_job.render_version(finished.pk)

    assert len(list(media.rglob("*.pdf"))) == 1
    assert ReportVersion.objects.get().attempts == 1


def test_a_missing_picture_fails_the_version_with_words_and_a_retry_mends_it(
    written: ReportStory, ake: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = request_version(written.report, ake)
    with monkeypatch.context() as broken:
        broken.setattr("reports.rendering.charts.draw_charts", lambda _findings: {})
        render_job.render_version(version.pk)
    version.refresh_from_db()
    assert (version.state, version.error) == (State.FAILED, "Bilden «role.svg» saknas.")

    version.retry()
    render_job.render_version(version.pk)
    version.refresh_from_db()
    assert version.state == State.FINISHED


def test_the_sweeper_puts_back_what_a_dead_worker_left(written: ReportStory, ake: User, settings: Any) -> None:
    version = request_version(written.report, ake)
    silent = timezone.now() - dt.timedelta(seconds=settings.REPORT_STALE_AFTER + 1)
    ReportVersion.objects.update(state=State.RUNNING, attempts=1, heartbeat_at=silent)

    assert render_job.requeue_stale_versions() == [version.pk]
    render_job.render_version(version.pk)
    version.refresh_from_db()
    assert (version.state, version.attempts) == (State.FINISHED, 2)


def test_the_sweeper_leaves_a_worker_that_lives_alone(written: ReportStory, ake: User) -> None:
    request_version(written.report, ake)
    ReportVersion.objects.update(state=State.RUNNING, attempts=1, heartbeat_at=timezone.now())

    assert render_job.requeue_stale_versions() == []
    assert ReportVersion.objects.get().state == State.RUNNING


def test_a_version_that_kills_every_worker_is_given_up(written: ReportStory, ake: User) -> None:
    request_version(written.report, ake)
    ReportVersion.objects.update(state=State.RUNNING, attempts=3, heartbeat_at=timezone.now() - dt.timedelta(hours=1))

    assert render_job.requeue_stale_versions() == []
    assert ReportVersion.objects.get().error == "Arbetet avbröts flera gånger. Försök igen."


def test_a_worker_that_lost_its_row_stores_nothing(
    written: ReportStory, ake: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = request_version(written.report, ake)

    def lose(_pdf: bytes) -> None:
        ReportVersion.objects.update(attempts=2)

    monkeypatch.setattr("reports.rendering.render_job._check_pdf", lose)
    render_job.render_version(version.pk)

    assert ReportVersion.objects.get().state == State.RUNNING
    assert list(media.rglob("*.pdf")) == []


def test_a_full_disk_leaves_no_file_and_the_row_says_why_until_it_is_tried_again(
    written: ReportStory, ake: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, links = request_version(written.report, ake), os.link

    def full_at_the_second(source: str, name: str) -> None:
        if list(media.rglob("rapport.pdf")):
            raise OSError(errno.ENOSPC, "No space left on device")
        links(source, name)

    with monkeypatch.context() as full:
        full.setattr(os, "link", full_at_the_second)
        render_job.render_version(version.pk)
    version.refresh_from_db()
    assert (version.state, [path for path in media.rglob("*") if path.is_file()]) == (State.FAILED, [])
    assert "ingen plats kvar" in version.error

    version.retry()
    render_job.render_version(version.pk)
    version.refresh_from_db()
    assert (version.state, version.error) == (State.FINISHED, "")


def test_files_that_the_row_may_point_at_are_left_when_the_database_goes_away(
    written: ReportStory, ake: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = request_version(written.report, ake)

    def committed_or_not(*_args: object) -> bool:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("reports.rendering.render_job._finish", committed_or_not)
    with pytest.raises(OperationalError):
        render_job.render_version(version.pk)

    assert len(list(media.rglob("rapport.pdf"))) == 1
