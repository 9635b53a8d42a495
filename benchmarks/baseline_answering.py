"""The baseline for receiving answers: a single-file Django app that inserts the same rows, commits, and no more."""

import datetime as dt
import os
import uuid

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from psycopg.types.json import Jsonb

from ostberga.settings import database_from

settings.configure(
    SECRET_KEY="x",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES={"default": database_from(os.environ["DATABASE_URL"]) | {"CONN_HEALTH_CHECKS": False}},
    USE_TZ=True,
)
django.setup()

RESPONSE = """INSERT INTO surveys_response
  (id, wave_id, channel_id, entry, language, received_on, is_late, submission_hash, receipt_hash)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"""
ANSWERS = """INSERT INTO surveys_answer (id, response_id, question_id, text, choices, coded_at)
  SELECT * FROM UNNEST(%s::uuid[], %s::uuid[], %s::bigint[], %s::text[], %s::jsonb[], %s::timestamptz[])"""
WAVE, CHANNEL = int(os.environ["BENCH_WAVE"]), int(os.environ["BENCH_CHANNEL"])


def receive(request: HttpRequest) -> HttpResponse:
    """Store what was sent, without any checks."""
    response = uuid.uuid4()
    questions = [(int(name[1:]), values) for name, values in request.POST.lists() if name != "nyckel"]
    columns = zip(*[_row(response, question, values) for question, values in questions], strict=True)
    digest = uuid.uuid4().hex * 2
    with transaction.atomic(), connection.cursor() as cursor:
        today = dt.date.today()  # noqa: DTZ011
        facts = (WAVE, CHANNEL, "web", "sv", today - dt.timedelta(days=today.weekday()), False)
        cursor.execute(RESPONSE, [response, *facts, digest, digest[::-1]])
        cursor.execute(ANSWERS, [list(column) for column in columns])
    # Without it the server would send the empty body in chunks.
    return HttpResponseRedirect("/kvitto/", status=303, headers={"Content-Length": "0"})


def _row(response: uuid.UUID, question: int, values: list[str]) -> tuple[object, ...]:
    is_text = len(values[0]) > 20
    return (uuid.uuid4(), response, question, values[0] if is_text else "", Jsonb([] if is_text else values), None)


urlpatterns = [path("", receive)]
application = get_wsgi_application()
