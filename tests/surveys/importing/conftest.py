"""Åke's form, its waves, and files as people have them."""

import datetime as dt
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from surveys.importing.columns.layout import ImportSource
from surveys.importing.dry_run import judge
from surveys.importing.rows import Batch
from surveys.questionnaire import survey_editing
from tests import factories as make

CASES = Path(__file__).with_name("cases")


def case(name: str) -> SimpleUploadedFile:
    """A file of the cases, as a browser sends it."""
    return SimpleUploadedFile(name, (CASES / name).read_bytes())


@pytest.fixture
def batch(form, autumn):
    """What holds for rows that say nothing else: the wave that is open now, the web, Swedish, today."""
    return Batch(autumn, form.channels.get(is_web=True), "sv", timezone.localdate())


@pytest.fixture
def run(form, batch):
    """Dry-run pasted text, with what was chosen."""
    return lambda text, **chosen: judge(survey=form, batch=batch, source=ImportSource(text=text), chosen=chosen)


@pytest.fixture
def paste(ake, form, autumn, browse):
    """Send rows or a file to the page; `name` is the step."""

    def send(text="", name="import", **more):
        chosen = {"wave": autumn.pk, "channel": form.channels.get(is_web=True).pk, "language": "sv"}
        chosen |= {"day": timezone.localdate().isoformat(), "text": text}
        return browse(ake).post(reverse(f"coordinate:{name}", args=["ostberga", form.pk]), {**chosen, **more})

    return send


@pytest.fixture
def save(paste):
    """Dry-run rows and save what the page showed, with answers to its questions; twice if asked to."""

    def send(text, times=1, key=None, **answers):
        seen = paste(text, **answers).context["dry_run"].fingerprint
        sent = {"seen": seen, "key": key or str(uuid4()), **answers}
        return [paste(text, "import-store", **sent) for _ in range(times)][-1]

    return send


@pytest.fixture
def office(ake, form, autumn):
    """The form asks what an office's file holds: the guiding question, role and age; it had a wave in September."""
    words = make.in_all_languages("Vad tycker du ger trivsel och trygghet i Östberga?")
    form.questions.update(text=words, required=False)
    for key in ("role", "age_band"):
        survey_editing.add_background(survey=form, by=ake, key=key)
    make.wave(
        form,
        title="September",
        opens_on=dt.date(2026, 9, 1),
        opened_at=timezone.now() - dt.timedelta(days=80),
        closed_at=dt.datetime(2026, 9, 30, 14, tzinfo=dt.UTC),
        closed_by=ake,
        opened_by=ake,
    )
    form.waves.filter(title="Hösten").update(opens_on=dt.date(2026, 10, 1))
    return form
