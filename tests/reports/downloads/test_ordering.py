"""Åke takes out more than fits a request: a worker makes the file, it lies encrypted, and only he may fetch it."""

import datetime as dt
import io
import time
import uuid
import zipfile

import pytest
import yaml
from celery import current_app
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from actors.models import SecurityEvent
from ostberga.lib.files.sealed_files import opened, seal_file
from ostberga.lib.privacy.encrypted import UnreadableText
from ostberga.lib.servers.heartbeat import LostClaim
from reports.downloads import export_job, ordering
from reports.downloads.catalogue import BUNDLES
from reports.models import Export
from tests import factories as make
from tests.reports.downloads.reading_files import csv_rows

pytestmark = pytest.mark.django_db
SAID = "Det är mörkt vid port 14."


@pytest.fixture
def said(autumn):
    return [make.answer(autumn, f"{SAID} {number}") for number in range(7)]


@pytest.fixture
def ordered(browse, ake, said, monkeypatch):
    """Answers are ordered as CSV, since they are more than fit."""
    monkeypatch.setattr(ordering, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr("reports.downloads.views.tables.ROWS_AT_ONCE", 5)
    browse(ake).post("/samordna/ostberga/ta-ut/svar/bestall/", {"format": "csv"})
    return Export.objects.get()


def content_of(page):
    return b"".join(page.streaming_content)


def test_a_large_table_is_made_in_the_queue_and_fetched_by_who_ordered_it(browse, ake, ordered):
    page = browse(ake).get(f"/samordna/ostberga/ta-ut/filer/{ordered.pk}/")
    assert "0 av 7 rader är skrivna" in page.text

    export_job.make_export(ordered.pk)
    fetched = browse(ake).get(f"/samordna/ostberga/ta-ut/filer/{ordered.pk}/hamta/")
    headings, rows = csv_rows(content_of(fetched))

    assert sorted(row[headings.index("Fritext")] for row in rows) == [f"{SAID} {number}" for number in range(7)]
    assert f"ostberga-svar-{timezone.localdate()}-v2.csv" in fetched.headers["Content-Disposition"]


def test_the_file_on_the_disk_says_nothing(ordered):
    export_job.make_export(ordered.pk)
    ordered.refresh_from_db()
    stored = default_storage.open(ordered.file.name).read()

    assert (ordered.state, ordered.rows_written) == ("finished", 7)
    assert b"port 14" not in stored
    assert "port 14" in b"".join(opened(io.BytesIO(stored))).decode()


def test_nobody_else_fetches_it(browse, ordered, ostberga, stranger):
    export_job.make_export(ordered.pk)
    deputy = make.user("ersattare@example.se")
    make.coordinator(ostberga, deputy, role="deputy")
    elsewhere = make.user("annan@example.se")
    make.coordinator(make.collaboration("annanstans"), elsewhere)
    paths = [f"/samordna/ostberga/ta-ut/filer/{ordered.pk}/{end}" for end in ("", "hamta/")]

    for person in (deputy, elsewhere, stranger):
        assert [browse(person).get(path).status_code for path in paths] == [404, 404], person


def test_taking_raw_text_out_is_in_the_log_as_both(browse, ake, ordered):
    export_job.make_export(ordered.pk)
    browse(ake).get(f"/samordna/ostberga/ta-ut/filer/{ordered.pk}/hamta/")
    events = SecurityEvent.objects.filter(kind__in=["exported", "read_raw_text"]).order_by("kind")

    assert [(event.kind, event.who, event.object_key) for event in events] == [
        ("exported", ake, "fil:svar.csv"),
        ("read_raw_text", ake, "fil:svar.csv"),
    ]


def test_a_large_table_is_not_made_while_she_waits(browse, ake, ordered):
    page = browse(ake).get("/samordna/ostberga/ta-ut/svar.csv")
    assert page.headers["Location"] == "/samordna/ostberga/ta-ut/svar/"


@pytest.mark.parametrize("bundle", BUNDLES.values(), ids=lambda bundle: bundle.slug)
def test_the_bundle_holds_each_table_twice_and_raw_text_only_when_it_says_so(browse, ake, said, bundle):
    browse(ake).post(f"/samordna/ostberga/ta-ut/{bundle.slug}/bestall/", {"format": "zip"})
    export = Export.objects.get()
    export_job.make_export(export.pk)
    fetched = browse(ake).get(f"/samordna/ostberga/ta-ut/filer/{export.pk}/hamta/")
    archive = zipfile.ZipFile(io.BytesIO(content_of(fetched)))
    texts = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".json"))

    assert len(archive.namelist()) == 2 * len(bundle.tables)
    assert (SAID in texts) == (bundle.slug == "allt-ordagrant")


def test_a_worker_that_died_is_followed_by_another_and_does_not_write(ordered):
    first = export_job._claim(ordered.pk)
    assert first
    Export.objects.update(heartbeat_at=timezone.now() - dt.timedelta(hours=1))

    assert export_job.requeue_stale_exports() == [ordered.pk]
    export_job.make_export(ordered.pk)
    with pytest.raises(LostClaim):
        export_job._make(first)
    assert Export.objects.get().state == "finished"


def test_after_a_day_both_file_and_row_are_gone(ordered):
    export_job.make_export(ordered.pk)
    name = Export.objects.get().file.name
    Export.objects.update(requested_at=timezone.now() - dt.timedelta(hours=25))

    assert export_job.delete_outlived() == 1
    assert not Export.objects.exists()
    assert not default_storage.exists(name)


def test_what_a_worker_that_died_left_behind_is_gone_too(ordered):
    export_job.make_export(ordered.pk)
    left = [default_storage.save(f"exports/{key}/1", ContentFile("x")) for key in (ordered.pk, uuid.uuid4())]
    export_job.delete_outlived()
    assert [default_storage.exists(name) for name in [*left, Export.objects.get().file.name]] == [True, False, True]

    Export.objects.update(requested_at=timezone.now() - dt.timedelta(hours=25))
    export_job.delete_outlived()
    assert not default_storage.exists(left[0])
    assert default_storage.listdir("exports")[0] == []


def test_the_same_file_is_made_once_however_often_it_is_ordered(browse, ake, ordered):
    for format_ in ("csv", "csv", "json"):
        browse(ake).post("/samordna/ostberga/ta-ut/svar/bestall/", {"format": format_})
    assert sorted(Export.objects.values_list("format", flat=True)) == ["csv", "json"]

    export_job.make_export(ordered.pk)
    browse(ake).post("/samordna/ostberga/ta-ut/svar/bestall/", {"format": "csv"})
    assert Export.objects.filter(format="csv").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_writes_no_row_for_long_still_gives_signs_of_life(ostberga, ake, settings, monkeypatch):
    settings.REPORT_STALE_AFTER = 0.2
    export = ostberga.exports.create(table="svar", format="csv", requested_by=ake)
    beats = []

    def write_slowly(*_what):
        for _ in range(40):
            time.sleep(0.05)
            beats.append(Export.objects.get().heartbeat_at)

    monkeypatch.setattr(export_job, "write_file", write_slowly)
    export_job.make_export(export.pk)
    assert len(set(beats)) > 3


def test_what_is_missing_is_said_and_not_called_a_fault(browse, ake, ostberga):
    export = ostberga.exports.create(table="projekt-refi", format="qdpx", requested_by=ake)
    export_job.make_export(export.pk)

    assert "Det finns inga perspektiv än" in browse(ake).get(f"/samordna/ostberga/ta-ut/filer/{export.pk}/").text


def test_a_file_keeps_the_name_of_the_day_it_was_made(browse, ake, ordered):
    export_job.make_export(ordered.pk)
    yesterday = timezone.now() - dt.timedelta(hours=23)
    Export.objects.update(finished_at=yesterday)
    fetched = browse(ake).get(f"/samordna/ostberga/ta-ut/filer/{ordered.pk}/hamta/")

    assert f"ostberga-svar-{timezone.localdate(yesterday)}-v2.csv" in fetched.headers["Content-Disposition"]


@pytest.mark.parametrize("length", [0, 1, 2**20, 2**20 + 1, 3 * 2**20])
def test_a_sealed_file_opens_whole_or_not_at_all(length):
    content, sealed = b"\n" * length, io.BytesIO()
    seal_file(io.BytesIO(content), sealed)
    lines = sealed.getvalue().splitlines(keepends=True)

    assert b"".join(opened(io.BytesIO(sealed.getvalue()))) == content
    for broken in (lines[:-1], lines[1:], lines + lines[:1]):
        with pytest.raises(UnreadableText):
            list(opened(io.BytesIO(b"".join(broken))))


def test_the_same_file_ordered_again_is_not_made_twice(browse, ake, ordered):
    again = browse(ake).post("/samordna/ostberga/ta-ut/svar/bestall/", {"format": "csv"})
    assert again.url == f"/samordna/ostberga/ta-ut/filer/{ordered.pk}/"
    browse(ake).post("/samordna/ostberga/ta-ut/svar/bestall/", {"format": "xlsx"})
    assert Export.objects.count() == 2

    export_job.make_export(ordered.pk)
    browse(ake).post("/samordna/ostberga/ta-ut/svar/bestall/", {"format": "csv"})
    assert Export.objects.count() == 3


def test_what_takes_minutes_has_a_queue_that_a_worker_of_its_own_reads(settings):
    slow = {"reports.tasks.export", "reports.tasks.render", "surveys.tasks.judge_import"}
    assert {task for task, route in settings.CELERY_TASK_ROUTES.items() if route == {"queue": "files"}} == slow
    current_app.loader.import_default_modules()
    assert slow <= current_app.tasks.keys()

    compose = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
    queues = {
        name: part["command"][part["command"].index("worker") + 1 :][:2]
        for name, part in compose.items()
        if "worker" in part.get("command", [])
    }
    assert queues["files"] == ["--queues", "files"]
    assert "--queues" not in queues["worker"]
