"""Question kinds and validation of answers to each kind. Pure: no database, no request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ostberga.lib.plain_text import plain_text

MAX_LENGTH = 20_000
DONT_KNOW = "vet_inte"
SCALE_VALUES = ("1", "2", "3", "4", "5", DONT_KNOW)


class QuestionKind(TextChoices):
    """How a question is answered."""

    FREE_TEXT = "free_text", "fri text"
    ONE_CHOICE = "one_choice", "ett val"
    SEVERAL_CHOICES = "several_choices", "flera val"
    SCALE = "scale", "skala 1–5"


class InvalidAnswer(Exception):
    """An answer that failed validation. `message` is shown to the respondent, in her language."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class QuestionSpec:
    """How a question is validated. `options` are codes, not labels; a scale without options is 1–5 and «vet inte»."""

    key: str
    kind: QuestionKind
    required: bool = False
    options: tuple[str, ...] = ()
    max_length: int = MAX_LENGTH

    @property
    def allowed(self) -> tuple[str, ...]:
        """The codes that can be chosen, in display order."""
        return self.options or (SCALE_VALUES if self.kind == QuestionKind.SCALE else ())


@dataclass(frozen=True)
class AnswerValue:
    """A validated answer: text for free text, otherwise the chosen codes in the order of the options."""

    text: str = ""
    choices: tuple[str, ...] = ()


def clean_answer(spec: QuestionSpec, raw: Sequence[str]) -> AnswerValue | None:
    """Return the validated answer, or None when an optional question was left empty. Raises InvalidAnswer."""
    answer = _CLEANERS[QuestionKind(spec.kind)](spec, raw)
    if answer is None and spec.required:
        raise InvalidAnswer("required", _("Den här frågan behöver ett svar."))
    return answer


def _clean_text(spec: QuestionSpec, raw: Sequence[str]) -> AnswerValue | None:
    text = plain_text(raw[-1]) if raw else ""
    if len(text) > spec.max_length:
        sentence = _("Svaret är för långt: %(length)d tecken. Högst %(limit)d får plats. Korta det eller dela upp det.")
        raise InvalidAnswer("too_long", sentence % {"length": len(text), "limit": spec.max_length})
    return AnswerValue(text=text) if text else None


def _clean_choices(spec: QuestionSpec, raw: Sequence[str]) -> AnswerValue | None:
    chosen = {value.strip() for value in raw} - {""}
    if chosen - set(spec.allowed):
        raise InvalidAnswer("unknown_option", _("Välj bland svaren som visas."))
    return AnswerValue(choices=tuple(value for value in spec.allowed if value in chosen)) if chosen else None


def _clean_choice(spec: QuestionSpec, raw: Sequence[str]) -> AnswerValue | None:
    answer = _clean_choices(spec, raw)
    if answer and len(answer.choices) > 1:
        raise InvalidAnswer("one_only", _("Välj bara ett svar."))
    return answer


_CLEANERS: dict[QuestionKind, Callable[[QuestionSpec, Sequence[str]], AnswerValue | None]] = {
    QuestionKind.FREE_TEXT: _clean_text,
    QuestionKind.ONE_CHOICE: _clean_choice,
    QuestionKind.SEVERAL_CHOICES: _clean_choices,
    QuestionKind.SCALE: _clean_choice,
}
