"""What the queue does, called by the names that its schedule knows: reports, letters, what happens as days go by."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core import mail
from django.core.files.storage import default_storage
from responses.asking import Asker
from responses.bodies import readable
from responses.stillness import ASKED, travel

from ostberga.celery import app
from reports.models import ReportVersion

DAYS = (0, 1, 2, 3, 7, 8, 14, 15, 21, 30, 45, 60, 90, 120, 180, 270, 370, 400, 800)
DAILY = (
    "dialogue.tasks.write_batch",
    "dialogue.tasks.every_day",
    "dialogue.tasks.gather_news",
    "dialogue.tasks.tell_followers",
)
SENDING = "actors.tasks.send_waiting_letters"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def done(asker: Asker) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each job leaves behind."""
    app.loader.import_default_modules()
    with asker.apart("days go by"):
        yield "days go by: letters", {"letters": _days(asker)}
        yield "days go by: as sent", {"letters": _sent()}
    for version in ReportVersion.objects.order_by("report__slug", "number"):
        with asker.apart(f"report {version.pk}"):
            for name, text in _report(version).items():
                yield f"report {version} {name}", {"body": text}


def _days(asker: Asker) -> str:
    """Every letter written while days go by and nobody does anything."""
    for days in DAYS:
        with travel(ASKED + dt.timedelta(days=days)):
            for name in DAILY:
                app.tasks[name]()
    return asker.new_letters()


def _sent() -> str:
    """The waiting letters as the mail server gets them."""
    mail.outbox = []
    with travel(ASKED + dt.timedelta(days=max(DAYS) + 1)):
        for _ in range(10):
            app.tasks[SENDING]()
    by_reader = sorted(mail.outbox, key=lambda item: (item.to, item.subject, item.body))
    return "\n\n".join(item.message().as_string() for item in by_reader)


def _report(version: ReportVersion) -> dict[str, str]:
    """The files of a version, as kept and as made anew."""
    files = {"kept pdf": _file("application/pdf", version.pdf.name)} if version.pdf else {}
    ReportVersion.objects.filter(pk=version.pk).update(
        state="queued", attempts=90, published_at=None, published_by=None
    )
    app.tasks["reports.tasks.render"](str(version.pk))
    version.refresh_from_db()
    files["state"] = f"{version.state} {version.stage} {version.error}"
    if version.state == "finished":
        files["pdf"] = _file("application/pdf", version.pdf.name)
        files["docx"] = _file(WORD, version.docx.name)
        folder = version.pdf.name.rpartition("/")[0]
        for name in sorted(default_storage.listdir(folder)[1]):
            if not name.endswith((".pdf", ".docx")):
                files[name] = _file("", f"{folder}/{name}")
    return files


def _file(kind: str, name: str) -> str:
    with default_storage.open(name) as stored:
        return readable(kind, stored.read())
