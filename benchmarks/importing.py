"""Importing answers: 2,000 rows judged on the page, and 20,000 by a worker, from an Excel file with six columns.

At most 3 s for the page; at most 15 s and 300 MiB for the worker. Run: python -m benchmarks.importing
"""

import io
import os
import resource
import subprocess
import sys
import time
from typing import Any

from benchmarks.servers import ROOT, start_servers

PAGE_ROWS, WORKER_ROWS = 2_000, 20_000
PAGE_SECONDS, WORKER_SECONDS, WORKER_MEMORY = 3, 15, 300  # MiB
# A worker of its own, so that its memory is its own: it prints seconds of time and processor, and MiB.
_WORKER = """
import resource, sys, time
import django
django.setup()
from surveys.importing import large_files
begun = time.perf_counter()
large_files.work_on(sys.argv[1])
used = resource.getrusage(resource.RUSAGE_SELF)
print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def workbook(rows: int) -> bytes:
    """Return an .xlsx file as an office has it."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Synpunkter")
    sheet.append(["Synpunkt", "Ålder", "Roll", "Område", "Datum", "Språk"])
    for number in range(rows):
        words = f"Vi behöver mer ljus vid port {number} och fler bänkar på torget där barnen leker"
        role, language = ("Boende", "Tjänsteman", "förening")[number % 3], ("sv", "tyska", "en-GB")[number % 3]
        sheet.append([words, 16 + number % 70, role, "Webben", f"2026-10-{1 + number % 28:02}", language])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def build() -> tuple[Any, Any]:
    """Create a form that asks what the file holds. Returns it and its coordinator's browser."""
    from django.test import Client

    from actors.people.second_factor import SIGNED_IN_AT, VOUCHED_BY_CITY
    from surveys.questionnaire import survey_editing
    from tests import factories as make

    place = make.collaboration()
    ake = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(place, ake)
    survey = make.survey(place)
    make.wave(survey)
    for key in ("role", "age_band"):
        survey_editing.add_background(survey=survey, by=ake, key=key)
    browser = Client(headers={"Host": "localhost"})
    browser.force_login(ake)
    session = browser.session
    session.update({VOUCHED_BY_CITY: str(ake.pk), SIGNED_IN_AT: time.time()})  # as after two factors
    session.save()
    return survey, browser


def upload(survey: Any, browser: Any, rows: int) -> tuple[Any, float]:
    """Send a file of so many rows to the page. Returns the answer and the seconds it took."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse
    from django.utils import timezone

    wave, channel = survey.waves.get(), survey.channels.all()[0]
    file = SimpleUploadedFile("svar.xlsx", workbook(rows))
    posted = {"wave": wave.pk, "channel": channel.pk, "language": "sv", "day": timezone.localdate().isoformat()}
    begun = time.perf_counter()
    answer = browser.post(reverse("coordinate:import", args=["ostberga", survey.pk]), posted | {"file": file})
    return answer, time.perf_counter() - begun


def run() -> int:
    """Measure, print, and return how many of the goals do not hold."""
    import django

    django.setup()
    from surveys.models import LargeImport

    survey, browser = build()
    before = resource.getrusage(resource.RUSAGE_SELF)
    answer, page = upload(survey, browser, PAGE_ROWS)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert f"{PAGE_ROWS} av {PAGE_ROWS} rader" in answer.content.decode(), (answer.status_code, answer.headers)
    print(f"{PAGE_ROWS} rows on the page: {page:.1f} s, of which {after.ru_utime - before.ru_utime:.1f} s of processor")
    _, sent = upload(survey, browser, WORKER_ROWS)
    key = str(LargeImport.objects.get().pk)
    done = subprocess.run(
        [sys.executable, "-c", _WORKER, key], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True, check=True
    )
    worker, processor, memory = map(float, done.stdout.split())
    large = LargeImport.objects.get()
    assert (large.state, large.rows) == ("finished", WORKER_ROWS), (large.state, large.error)
    print(f"{WORKER_ROWS} rows: sent in {sent:.1f} s; the worker took {worker:.1f} s, {processor:.1f} s of processor")
    print(f"and {memory:.0f} MiB")
    return (page > PAGE_SECONDS) + (worker > WORKER_SECONDS) + (memory > WORKER_MEMORY)


if __name__ == "__main__":
    with start_servers(durable=False):
        sys.exit(run())
