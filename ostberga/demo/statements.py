"""Load answers and interviews, and the statements that the coordinator has redacted and confirmed."""

import uuid
from typing import Any

from ostberga.demo.content import Content, moment, read
from ostberga.demo.participants import Participants
from ostberga.demo.surveys import DemoSurvey
from surveys.collecting.interviewing import register_interview
from surveys.collecting.receiving import receipt_hash, receive
from surveys.models import Answer, Interview, Response, Statement
from surveys.rules.questions import AnswerValue, QuestionKind
from surveys.statements import cutting, reviewing
from surveys.statements.reviewing import Review
from surveys.statements.sources import Source

# Namespace of the submission keys, so that each row gets the same receipt code every time the demo is loaded.
_SUBMISSIONS = uuid.UUID("6f9d1c5e-0b4e-4c35-9d53-0e6a51f0a134")


def load_spring(participants: Participants, demo_survey: DemoSurvey) -> dict[str, Statement]:
    """Load all answers and interviews of 2016, with every statement confirmed. Returns statements by id."""
    content = read("statements")
    by_source: dict[str, list[Content]] = {}
    for row in content["statements"]:
        by_source.setdefault(row["source"], []).append(row)
    loaded: dict[str, Statement] = {}
    for row in content["interviews"]:
        if row["wave"] == 1:
            rows = by_source[row["key"]]
            notes = "\n\n".join(statement["text"] for statement in rows)
            loaded |= _code(participants, Source(_interview(participants, demo_survey, row, notes)), rows)
    for row in content["forms_2016"]:
        rows = by_source[row["key"]]
        answers = {**row["answers"], "trivsel": rows[0]["text"]}
        loaded |= _code(participants, Source(_form(demo_survey, 1, row, answers)["trivsel"]), rows)
    return loaded


def load_autumn(participants: Participants, demo_survey: DemoSurvey) -> dict[str, Statement]:
    """Load those of 2026, most of them not yet coded. Returns the few confirmed statements by id."""
    content = read("statements")
    loaded: dict[str, Statement] = {}
    for row in content["interviews"]:
        if row["wave"] == 2:
            interview = _interview(participants, demo_survey, row, row["notes"])
            source_fields = {"language": row["language"], "said_on": row["held_on"]}
            if rows := [{**source_fields, **statement} for statement in row.get("statements", [])]:
                loaded |= _code(participants, Source(interview), rows)
    for row in content["forms_2026"]:
        written = _form(demo_survey, 2, row, row["answers"])
        for statement in row.get("statements", []):
            form_fields = {"role": "resident", "age_band": row["background"].get("age_band", ""), **statement}
            fields = {"language": row["language"], "said_on": row["received_on"], **form_fields}
            loaded |= _code(participants, Source(written[statement["question"]]), [fields])
    return loaded


def _interview(participants: Participants, demo_survey: DemoSurvey, row: Content, notes: str) -> Interview:
    return register_interview(
        wave=demo_survey.waves[row["wave"]],
        by=participants.coordinator,
        submission=uuid.uuid5(_SUBMISSIONS, row["key"]),
        mode=row["mode"],
        place=row["place"],
        language=row["language"],
        held_on=row["held_on"],
        heard=row["heard"],
        notes=notes,
    ).interview


def _form(demo_survey: DemoSurvey, wave: int, row: Content, given: Content) -> dict[str, Answer]:
    """Submit a form. Returns its free-text answers by question key."""
    filled = {key: _value(demo_survey, key, value) for key, value in {**given, **row["background"]}.items() if value}
    receipt = receive(
        wave=demo_survey.waves[wave],
        submission=uuid.uuid5(_SUBMISSIONS, row["key"]),
        channel=demo_survey.channels[row["channel"]],
        language=row["language"],
        entry=row["entry"],
        answers={demo_survey.questions[key].pk: value for key, value in filled.items()},
        on=row["received_on"],
    )
    response = Response.objects.get(receipt_hash=receipt_hash(receipt.code))
    stored = {answer.question_id: answer for answer in response.answers.select_related("response__wave", "question")}
    return {key: stored[demo_survey.questions[key].pk] for key, value in filled.items() if value.text}


def _value(demo_survey: DemoSurvey, key: str, value: Any) -> AnswerValue:
    if demo_survey.questions[key].kind == QuestionKind.FREE_TEXT:
        return AnswerValue(text=value)
    return AnswerValue(choices=tuple(value) if isinstance(value, list) else (str(value),))


def _code(participants: Participants, source: Source, rows: list[Content]) -> dict[str, Statement]:
    """Cut each statement out of its source, confirm it and mark the source as coded. Returns statements by id."""
    statements = {}
    for row in rows:
        start = source.text.index(row["text"])
        at = moment(row["said_on"], hour=15)
        statement = cutting.cut_statement(
            source=source, start=start, end=start + len(row["text"]), by=participants.coordinator, at=at
        )
        review = Review(
            text=row["text"],
            translation=row.get("translation_sv", ""),
            language=row["language"],
            role=row["role"],
            age_band=row["age_band"],
        )
        statements[row["id"]] = reviewing.confirm(
            statement=statement, review=review, by=participants.coordinator, at=at
        )
    cutting.finish_source(source=source, by=participants.coordinator, at=moment(rows[-1]["said_on"], hour=16))
    return statements
