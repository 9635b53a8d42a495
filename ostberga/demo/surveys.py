"""Load the demo's survey with its questions, waves and channels."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from ostberga.demo.content import Content, moment, read
from ostberga.demo.participants import Participants
from surveys.fielding import channels, wave_planning
from surveys.models import Channel, GuidingQuestion, Question, Survey, Wave
from surveys.questionnaire import survey_editing
from surveys.questionnaire.survey_templates import SurveyTemplate, TemplateQuestion
from surveys.rules.questions import QuestionKind
from surveys.rules.standard_questions import SCALE, option_data


@dataclass(frozen=True)
class DemoSurvey:
    """The survey and its parts, by their keys in the files."""

    survey: Survey
    guiding_question: GuidingQuestion
    questions: dict[str, Question]  # background questions by their background
    channels: dict[str, Channel]
    waves: dict[int, Wave]


def load(participants: Participants) -> DemoSurvey:
    """Create the survey, its channels and both waves, planned but not opened."""
    content = read("survey")
    row = content["survey"]
    guiding_text = next(item["text"] for item in content["questions"] if item["key"] == row["guiding_question"])
    guiding = GuidingQuestion.objects.create(collaboration=participants.collaboration, text=guiding_text)
    survey = survey_editing.create_survey(
        collaboration=participants.collaboration,
        by=participants.coordinator,
        template=_template(content),
        title=row["title"],
        guiding_question=guiding,
    )
    keys = [*(item["key"] for item in content["questions"]), *content["background"]]
    questions = dict(zip(keys, survey.questions.current(), strict=True))
    waves = {item["number"]: _wave(participants, survey, item) for item in content["waves"]}
    return DemoSurvey(survey, guiding, questions, _channels(participants, survey, content["channels"]), waves)


def _template(content: Content) -> SurveyTemplate:
    row = content["survey"]
    return SurveyTemplate(
        key=row["key"],
        name="Östbergas dialog",
        when="",
        purpose=row["purpose"],
        introduction=row["introduction"],
        thanks=row["thanks"],
        languages=tuple(row["languages"]),
        questions=tuple(_question(question) for question in content["questions"]),
        background=tuple(content["background"]),
    )


def _question(row: Content) -> TemplateQuestion:
    kind = QuestionKind(row["kind"])
    options = [dict(option) for option in option_data(SCALE)] if kind == QuestionKind.SCALE else row.get("options", [])
    return TemplateQuestion(kind=kind, text=row["text"], help=row["help"], required=row["required"], options=options)


def _channels(participants: Participants, survey: Survey, rows: list[Content]) -> dict[str, Channel]:
    web = survey.channels.get(is_web=True)
    by_key = {}
    for row in rows:
        if row["web"]:
            # The demo's posters and README link to this code.
            web.code, by_key[row["key"]] = row["code"], web
            web.save(update_fields=["code"])
        else:
            by_key[row["key"]] = channels.create_channel(
                survey=survey, by=participants.coordinator, label=row["label"], code=row["code"], is_small=row["small"]
            )
    return by_key


def _wave(participants: Participants, survey: Survey, row: Content) -> Wave:
    return wave_planning.plan_wave(
        survey=survey,
        by=participants.coordinator,
        title=row["title"],
        # Open now, also on a computer whose clock is behind the demo's dates.
        opens_on=min(row["opens_on"], timezone.localdate()),
        closes_on=row["closes_on"],
    )


def open_wave(participants: Participants, demo_survey: DemoSurvey, number: int) -> Wave:
    """Open a wave, on the date in the file."""
    wave = demo_survey.waves[number]
    wave.open(by=participants.coordinator, at=moment(_day(number, "opened_on"), hour=8))
    return wave


def close_wave(participants: Participants, demo_survey: DemoSurvey, number: int) -> None:
    """Close a wave, on the date in the file."""
    at = moment(_day(number, "closed_on"), hour=18)
    wave_planning.close_wave(wave=demo_survey.waves[number], by=participants.coordinator, at=at)


def _day(number: int, name: str) -> dt.date:
    day: dt.date = next(row[name] for row in read("survey")["waves"] if row["number"] == number)
    return day
