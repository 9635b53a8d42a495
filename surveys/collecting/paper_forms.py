"""Entering paper forms, and undoing the last one."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.coarse_dates import week_of
from ostberga.lib.refusal import Refusal
from surveys.batching import blank_counts
from surveys.collecting import receiving
from surveys.models import Channel, Response, Statement, Survey, Wave
from surveys.questionnaire.survey_definition import AskedQuestion, SurveyDefinition, load_definition
from surveys.rules.questions import AnswerValue


def build_sheet(survey: Survey) -> SurveyDefinition:
    """Return the form for entering paper forms. No question is required: a blank on paper cannot be asked again."""
    asked = load_definition(survey)
    return replace(asked, questions=tuple(_voluntary(question) for question in asked.questions))


def _voluntary(question: AskedQuestion) -> AskedQuestion:
    return replace(question, spec=replace(question.spec, required=False))


def store_sheet(
    *, wave: Wave, channel: Channel, language: str, submission: UUID, answers: Mapping[int, AnswerValue]
) -> receiving.Receipt:
    """Store one sheet and return its receipt."""
    return receiving.receive(
        wave=wave,
        submission=submission,
        channel=channel,
        language=language,
        entry=Response.Entry.PAPER,
        answers=answers,
    )


@transaction.atomic
def undo_sheet(*, wave: Wave, channel: Channel, code: str, by: User) -> None:
    """Delete a sheet that was entered wrongly. Raises Refusal if it is already deleted or has been coded."""
    require(by, COORDINATE, wave)
    mine = Response.objects.select_for_update(no_key=True).filter(wave=wave, entry=Response.Entry.PAPER)
    response = mine.filter(receipt_hash=receiving.receipt_hash(code)).first()
    if response is None:
        raise Refusal("Det senaste bladet är redan borttaget.", code="already_undone")
    if Statement.objects.filter(answer__response=response).exists():
        raise Refusal("Bladet har redan kodats, så det kan inte ångras här.", code="already_coded")
    response.delete()
    wave.survey.events.create(kind="undone", wave=wave, by=by)
    if response.channel_id is None:  # last, since it keeps everybody else from what waits
        blank_counts.count_blank(channel, wave, -1)


def count_sheets_this_week(wave: Wave) -> int:
    """Return the number of sheets of a wave entered this week, by anyone. The day is not stored."""
    return wave.responses.filter(entry=Response.Entry.PAPER, received_on=week_of(timezone.localdate())).count()
