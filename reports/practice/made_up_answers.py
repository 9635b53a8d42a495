"""Storing the made-up answers. Nothing else stores an answer in a practice, and this stores none anywhere else."""

import datetime as dt
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from actors.models import User
from ostberga.lib.coarse_dates import week_of
from reports.practice.voices import answer_all, list_voices, read_content
from surveys.fielding import wave_planning
from surveys.models import Answer, Heard, Interview, Response, Survey, Wave
from surveys.rules.roles import Role

# How long ago the practice's dialogue and its wave began.
BEGAN = dt.timedelta(days=28)


def fill(survey: Survey, *, seed: int, by: User) -> Wave:
    """Open a wave of the practice's form, let every voice answer, write down a conversation, and close it."""
    today = timezone.localdate()
    wave = wave_planning.plan_wave(survey=survey, by=by, title="Påhittade svar", opens_on=today - BEGAN)
    wave.open(by=by)
    with _filling():
        _answer(wave, seed)
        _talk(wave, by)
    wave_planning.close_wave(wave=wave, by=by)
    return wave


@contextmanager
def _filling() -> Iterator[None]:
    """Tell the database's triggers that what is stored is made up: they then take it in a practice only.

    Until the end, or until the transaction is rolled back, which takes the setting back too.
    """
    _set("yes")
    yield
    _set("")


def _set(is_filling: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ostberga.filling_practice', %s, true)", [is_filling])


def _answer(wave: Wave, seed: int) -> None:
    """Store a response for each voice, with a receipt that nobody has."""
    chance = random.Random(seed)  # noqa: S311 - made-up answers, not secrets
    questions, web = list(wave.survey.questions.current()), wave.survey.channels.get(is_web=True)
    for voice in list_voices(seed):
        day = timezone.localdate() - dt.timedelta(days=chance.randrange(BEGAN.days))
        response = Response.objects.create(
            wave=wave,
            channel=web,
            received_on=week_of(day),
            submission_hash=secrets.token_hex(32),
            receipt_hash=secrets.token_hex(32),
        )
        Answer.objects.bulk_create(
            Answer(response=response, question_id=key, text=answer.text, choices=list(answer.choices))
            for key, answer in answer_all(questions, voice, chance).items()
        )


def _talk(wave: Wave, by: User) -> None:
    content = read_content()["conversation"]
    talk = Interview.objects.create(
        wave=wave,
        mode=Interview.Mode.GROUP,
        place=content["place"],
        held_on=timezone.localdate() - BEGAN / 2,
        notes=content["notes"],
        registered_by=by,
        receipt_hash=secrets.token_hex(32),
    )
    Heard.objects.create(interview=talk, role=Role.RESIDENT, number=6)
