"""Minutes as PDF: the public and the group's version, tagged for screen readers, cached."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from django.urls import reverse

from actors.models.former.names import rename
from dialogue.groups import forming
from dialogue.meetings import approving, minute_items
from reports.printouts import minutes
from reports.rendering import pdf
from tests import factories as make
from tests.dialogue import group_setup
from tests.dialogue.group_setup import TODAY, lock, say, seat

SECRET = "Vi litar inte på nämnden"


@pytest.fixture
def berit(db):
    """A resident with an account and a seat."""
    return make.user("boende@ostberga.example", name="Berit")


@pytest.fixture
def locked(talk, ake, berit, tova, trafikkontoret):
    """Locked minutes with a line of each kind, one of them internal."""
    meeting = group_setup.a_meeting(group_setup.a_group(make.issue(talk, "Lamporna"), ake, berit, tova), ake)
    meeting.group.seats.filter(role="official").update(organisation=trafikkontoret)
    minute_items.open_minutes(meeting=meeting, by=ake)
    first = meeting.agenda.all()[0]
    say(meeting, berit, "Det är mörkt längs hela vägen. " * 12, point=first)
    say(meeting, berit, "Fler lampor", kind="proposal", point=first)
    say(meeting, tova, "Byta lampan vid skolan", kind="promise", owner=seat(meeting, "official"), due_on=TODAY)
    say(meeting, berit, SECRET, is_inner=True)
    lock(meeting, berit, ake)
    return meeting


def words(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def public(meeting):
    return reverse("reports:minutes-pdf", args=["ostberga", meeting.pk])


def test_everybody_reads_the_public_version_and_nothing_inner(locked, berit, browse):
    page = browse().get(public(locked))
    text = words(page.content)

    assert (page.status_code, page.headers["Content-Type"]) == (200, "application/pdf")
    assert all(part in text for part in ("Lamporna vid skolan", "Fler lampor", "Byta lampan", "Boende 1"))
    assert [secret for secret in (SECRET, "Berit", berit.email, "Tova") if secret in text] == []


def test_the_group_has_a_version_of_its_own(locked, berit, stranger, browse):
    address = reverse("my-minutes-pdf", args=[locked.pk])

    assert SECRET in words(browse(berit).get(address).content)
    assert browse(stranger).get(address).status_code == 404


def test_minutes_that_are_not_locked_are_not_on_paper_for_all(locked, ake, browse):
    waiting = make.meeting(locked.group, ake, approved_on=None)

    assert browse().get(public(waiting)).status_code == 404


def test_it_is_made_once_and_anew_when_something_is_added(locked, ake, monkeypatch):
    pages = []

    def render(html):
        pages.append(html)
        return b"%PDF"

    monkeypatch.setattr(minutes, "render_pdf", render)
    for _ in range(2):
        minutes.render_minutes_pdf(locked, public=True)
    approving.add_addition(meeting=locked, text="Det var i parken.", by=ake)
    minutes.render_minutes_pdf(locked, public=True)

    assert (len(pages), "Det var i parken." in pages[1]) == (2, True)


def test_a_page_that_could_not_be_printed_says_so_and_can_be_tried_again(locked, browse, monkeypatch):
    def fails(_html):
        raise pdf.PrintError("slut på papper")

    with monkeypatch.context() as broken:
        broken.setattr(minutes, "render_pdf", fails)
        page = browse().get(public(locked))

    assert (page.status_code, "Försök igen" in page.text) == (503, True)
    assert browse().get(public(locked)).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("version", ["public", "own"])
def test_it_is_tagged_for_voices(locked, tmp_path, version):
    path = tmp_path / "protokoll.pdf"
    path.write_bytes(minutes.render_minutes_pdf(locked, public=version == "public") or b"")
    if os.environ.get("KEEP_PDFS"):
        (Path(os.environ["KEEP_PDFS"]) / f"protokoll-{version}.pdf").write_bytes(path.read_bytes())
    for checker in (["pdfua", "check"], ["outloud"]):
        program = Path(sys.executable).with_name(checker[0])
        assert subprocess.run([program, *checker[1:], path], check=False).returncode == 0


def test_renaming_afterwards_changes_no_word_of_it(locked, ake, trafikkontoret, browse):
    before = words(browse().get(public(locked)).content)
    group = locked.group
    forming.update_group(group=group, name="Mörkret", mandate="", issues=group.issues.all(), by=ake)
    rename(trafikkontoret, name="Mobilitetsförvaltningen", short_name="MF")
    trafikkontoret.save()

    after = words(browse().get(public(locked)).content)

    assert group.seats.get(role="official").organisation == trafikkontoret
    assert after == before
