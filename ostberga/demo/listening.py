"""Loads what people said: forms and conversations, read, masked and confirmed as the coordinator would."""

import uuid
from typing import Any

from ostberga.demo.asking import Asked
from ostberga.demo.content import Content, moment, read
from ostberga.demo.who import Who
from surveys.collecting.interviewing import register_interview
from surveys.collecting.receiving import receipt_hash, receive
from surveys.models import Answer, Interview, Response, Statement
from surveys.rules.questions import AnswerValue, QuestionKind
from surveys.statements import cutting, reviewing
from surveys.statements.reviewing import Review
from surveys.statements.sources import Source

# Makes each row's sending key the same every time, so that slips of paper from one demo fit the next.
_SENDINGS = uuid.UUID("6f9d1c5e-0b4e-4c35-9d53-0e6a51f0a134")


def hear_spring(who: Who, asked: Asked) -> dict[str, Statement]:
    """2016: all that was said, each statement confirmed. By statement id."""
    content = read("statements")
    by_source: dict[str, list[Content]] = {}
    for row in content["statements"]:
        by_source.setdefault(row["source"], []).append(row)
    heard: dict[str, Statement] = {}
    for row in content["interviews"]:
        if row["wave"] == 1:
            said = by_source[row["key"]]
            notes = "\n\n".join(one["text"] for one in said)
            heard |= _code(who, Source(_interview(who, asked, row, notes)), said)
    for row in content["forms_2016"]:
        said = by_source[row["key"]]
        answers = {**row["answers"], "trivsel": said[0]["text"]}
        heard |= _code(who, Source(_form(asked, 1, row, answers)["trivsel"]), said)
    return heard


def hear_autumn(who: Who, asked: Asked) -> dict[str, Statement]:
    """2026: most of it unread, so that there is something to do; a few read, so that both rounds can be seen."""
    content = read("statements")
    heard: dict[str, Statement] = {}
    for row in content["interviews"]:
        if row["wave"] == 2:
            interview = _interview(who, asked, row, row["notes"])
            told = {"language": row["language"], "said_on": row["held_on"]}
            if voices := [{**told, **one} for one in row.get("statements", [])]:
                heard |= _code(who, Source(interview), voices)
    for row in content["forms_2026"]:
        written = _form(asked, 2, row, row["answers"])
        for one in row.get("statements", []):
            from_form = {"role": "resident", "age_band": row["background"].get("age_band", ""), **one}
            said = {"language": row["language"], "said_on": row["received_on"], **from_form}
            heard |= _code(who, Source(written[one["question"]]), [said])
    return heard


def _interview(who: Who, asked: Asked, row: Content, notes: str) -> Interview:
    return register_interview(
        wave=asked.waves[row["wave"]],
        by=who.coordinator,
        submission=uuid.uuid5(_SENDINGS, row["key"]),
        mode=row["mode"],
        place=row["place"],
        language=row["language"],
        held_on=row["held_on"],
        heard=row["heard"],
        notes=notes,
    ).interview


def _form(asked: Asked, wave: int, row: Content, given: Content) -> dict[str, Answer]:
    """Send a form in; its free-text answers by question key."""
    filled = {key: _value(asked, key, value) for key, value in {**given, **row["background"]}.items() if value}
    receipt = receive(
        wave=asked.waves[wave],
        submission=uuid.uuid5(_SENDINGS, row["key"]),
        channel=asked.channels[row["channel"]],
        language=row["language"],
        entry=row["entry"],
        answers={asked.questions[key].pk: value for key, value in filled.items()},
        on=row["received_on"],
    )
    response = Response.objects.get(receipt_hash=receipt_hash(receipt.code))
    stored = {answer.question_id: answer for answer in response.answers.select_related("response__wave", "question")}
    return {key: stored[asked.questions[key].pk] for key, value in filled.items() if value.text}


def _value(asked: Asked, key: str, value: Any) -> AnswerValue:
    if asked.questions[key].kind == QuestionKind.FREE_TEXT:
        return AnswerValue(text=value)
    return AnswerValue(choices=tuple(value) if isinstance(value, list) else (str(value),))


def _code(who: Who, source: Source, said: list[Content]) -> dict[str, Statement]:
    """Cut each statement out of its source, confirm it, and say that the source has been read."""
    coded = {}
    for row in said:
        start = source.text.index(row["text"])
        at = moment(row["said_on"], hour=15)
        statement = cutting.cut_statement(
            source=source, start=start, end=start + len(row["text"]), by=who.coordinator, at=at
        )
        review = Review(
            text=row["text"],
            translation=row.get("translation_sv", ""),
            language=row["language"],
            role=row["role"],
            age_band=row["age_band"],
        )
        coded[row["id"]] = reviewing.confirm(statement=statement, review=review, by=who.coordinator, at=at)
    cutting.finish_source(source=source, by=who.coordinator, at=moment(said[-1]["said_on"], hour=16))
    return coded
