"""Loads the demo's form, its waves and the places it is handed out."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from ostberga.demo.content import Content, moment, read
from ostberga.demo.who import Who
from surveys.fielding import channels, wave_planning
from surveys.models import Channel, GuidingQuestion, Question, Survey, Wave
from surveys.questionnaire import survey_editing
from surveys.questionnaire.survey_templates import SurveyTemplate, TemplateQuestion
from surveys.rules.questions import QuestionKind
from surveys.rules.standard_questions import SCALE, option_data


@dataclass(frozen=True)
class Asked:
    """The form and its parts, by their keys in the files."""

    survey: Survey
    guiding_question: GuidingQuestion
    questions: dict[str, Question]  # background questions by their background
    channels: dict[str, Channel]
    waves: dict[int, Wave]


def load(who: Who) -> Asked:
    """The form, its channels and both waves, planned but not opened."""
    content = read("survey")
    row = content["survey"]
    guiding_text = next(one["text"] for one in content["questions"] if one["key"] == row["guiding_question"])
    guiding = GuidingQuestion.objects.create(collaboration=who.collaboration, text=guiding_text)
    survey = survey_editing.create_survey(
        collaboration=who.collaboration,
        by=who.coordinator,
        start=_start(content),
        title=row["title"],
        guiding_question=guiding,
    )
    keys = [*(one["key"] for one in content["questions"]), *content["background"]]
    questions = dict(zip(keys, survey.questions.current(), strict=True))
    waves = {one["number"]: _wave(who, survey, one) for one in content["waves"]}
    return Asked(survey, guiding, questions, _channels(who, survey, content["channels"]), waves)


def _start(content: Content) -> SurveyTemplate:
    row = content["survey"]
    return SurveyTemplate(
        key=row["key"],
        name="Östbergas dialog",
        when="",
        purpose=row["purpose"],
        introduction=row["introduction"],
        thanks=row["thanks"],
        languages=tuple(row["languages"]),
        questions=tuple(_question(one) for one in content["questions"]),
        background=tuple(content["background"]),
    )


def _question(row: Content) -> TemplateQuestion:
    kind = QuestionKind(row["kind"])
    options = [dict(one) for one in option_data(SCALE)] if kind == QuestionKind.SCALE else row.get("options", [])
    return TemplateQuestion(kind=kind, text=row["text"], help=row["help"], required=row["required"], options=options)


def _channels(who: Who, survey: Survey, rows: list[Content]) -> dict[str, Channel]:
    web = survey.channels.get(is_web=True)
    made = {}
    for row in rows:
        if row["web"]:
            # The demo's posters and README name this address.
            web.code, made[row["key"]] = row["code"], web
            web.save(update_fields=["code"])
        else:
            made[row["key"]] = channels.create_channel(
                survey=survey, by=who.coordinator, label=row["label"], code=row["code"], is_small=row["small"]
            )
    return made


def _wave(who: Who, survey: Survey, row: Content) -> Wave:
    return wave_planning.plan_wave(
        survey=survey,
        by=who.coordinator,
        title=row["title"],
        # Open now, also on a computer whose clock is behind the demo's story.
        opens_on=min(row["opens_on"], timezone.localdate()),
        closes_on=row["closes_on"],
    )


def open_wave(who: Who, asked: Asked, number: int) -> Wave:
    """Open a wave on the day it was opened."""
    wave = asked.waves[number]
    wave.open(by=who.coordinator, at=moment(_day(number, "opened_on"), hour=8))
    return wave


def close_wave(who: Who, asked: Asked, number: int) -> None:
    """Close a wave on the day it was closed."""
    asked.waves[number].close(by=who.coordinator, at=moment(_day(number, "closed_on"), hour=18))


def _day(number: int, name: str) -> dt.date:
    day: dt.date = next(row[name] for row in read("survey")["waves"] if row["number"] == number)
    return day
