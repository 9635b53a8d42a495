"""The made-up voices: who each answers as, what she says of which perspective, and what she ticks. From voices.yaml."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from surveys.models import Question
from surveys.rules.questions import AnswerValue, QuestionKind, QuestionSpec

_FILE = Path(__file__).with_name("voices.yaml")
# One in so many answers a free-text question that is not the first.
SHARE_OF_OTHERS = 4


@dataclass(frozen=True)
class Said:
    """A sentence or two of an answer, and the perspective it is a statement of."""

    perspective: str
    text: str


@dataclass(frozen=True)
class Voice:
    """Somebody who does not exist: what she answers about herself, and what she says."""

    background: dict[str, str]
    says: tuple[Said, ...]

    @property
    def text(self) -> str:
        """All she says, as she writes it."""
        return " ".join(said.text for said in self.says)


@cache
def read_content() -> dict[str, Any]:
    """Return the content of the file. It is cached, so callers must not change it."""
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def list_voices(seed: int) -> list[Voice]:
    """Return every voice, in an order that the seed gives."""
    chance = random.Random(seed)  # noqa: S311 - made-up answers, not secrets
    voices = [_voice(row) for row in read_content()["voices"]]
    chance.shuffle(voices)
    return voices


def _voice(row: dict[str, Any]) -> Voice:
    background = {"role": row["who"], "age_band": row["age"], "years_here": row["years"]}
    return Voice(background, tuple(Said(*said) for said in row["says"].items()))


def answer_all(questions: Sequence[Question], voice: Voice, chance: random.Random) -> dict[int, AnswerValue]:
    """Return the voice's answers to the questions of a form, by key. Her own words answer the first that takes text."""
    written = [question for question in questions if question.kind == QuestionKind.FREE_TEXT]
    answers = {question.pk: _answer(question, voice, chance) for question in questions if question not in written}
    for place, question in enumerate(written):
        if place == 0:
            answers[question.pk] = AnswerValue(text=voice.text)
        elif question.required or chance.randrange(SHARE_OF_OTHERS) == 0:
            answers[question.pk] = AnswerValue(text=_other_words(question, chance))
    return {key: answer for key, answer in answers.items() if answer is not None}


def _answer(question: Question, voice: Voice, chance: random.Random) -> AnswerValue | None:
    """What she ticks: about herself what she is, and of other questions something, now and then nothing."""
    codes = tuple(str(option["value"]) for option in question.options)
    allowed = QuestionSpec(str(question.pk), QuestionKind(question.kind), question.required, codes).allowed
    if question.background:
        hers = voice.background.get(question.background) or chance.choice([*allowed, ""])
        return AnswerValue(choices=(hers,)) if hers in allowed else None
    if not allowed or (not question.required and chance.random() < 0.1):
        return None
    number = chance.randint(1, min(3, len(allowed))) if question.kind == QuestionKind.SEVERAL_CHOICES else 1
    ticked = set(chance.sample(allowed, number))
    return AnswerValue(choices=tuple(code for code in allowed if code in ticked))


def _other_words(question: Question, chance: random.Random) -> str:
    asked = str(question).lower()
    suited: list[list[str]] = [
        row["answers"] for row in read_content()["others"] if any(word in asked for word in row["words"])
    ]
    general: list[str] = read_content()["others"][-1]["answers"]
    return chance.choice([*(suited[0] if suited else []), *general])
