"""The public form: what is shown, and what was meant by what came back. The coordinator's preview shows the same."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.functional import Promise

from ostberga.lib.translations.languages import in_language, language_shown
from surveys.models import Question
from surveys.questionnaire.survey_definition import AskedOption, AskedQuestion, SurveyDefinition
from surveys.rules.questions import AnswerValue, InvalidAnswer, QuestionKind, clean_answer

KEY = "nyckel"


@dataclass(frozen=True)
class LocalizedText:
    """A text as this reader gets it, and the language it is really in, so that a voice reads it right."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def localize(texts: Mapping[str, str], language: str) -> LocalizedText:
    """The text for a reader of `language`."""
    return LocalizedText(in_language(texts, language), language_shown(texts, language))


@dataclass(frozen=True)
class ShownOption:
    """A choice as it stands in the page."""

    value: str
    label: LocalizedText
    id: str
    chosen: bool


@dataclass
class ShownQuestion:
    """A question as it stands in the page, with what was typed and what was wrong with it."""

    asked: AskedQuestion
    language: str
    typed: list[str] = field(default_factory=list)
    error: str | Promise = ""

    @property
    def name(self) -> str:
        """Its name and id in the page."""
        return self.asked.name

    @property
    def kind(self) -> QuestionKind:
        """How it is answered."""
        return self.asked.spec.kind

    @property
    def required(self) -> bool:
        """Whether it must be answered."""
        return self.asked.spec.required

    @property
    def text(self) -> LocalizedText:
        """The question."""
        return localize(self.asked.text, self.language)

    @property
    def help(self) -> LocalizedText:
        """A line of help."""
        return localize(self.asked.help, self.language)

    @property
    def value(self) -> str:
        """What stands in the text box."""
        return self.typed[-1] if self.typed else ""

    @property
    def options(self) -> list[ShownOption]:
        """What there is to choose."""
        return [self._option(number, option) for number, option in enumerate(self.asked.options, 1)]

    @property
    def goal(self) -> str:
        """The element that an error in the summary leads to."""
        return f"{self.name}-1" if self.asked.options else self.name

    @property
    def described_by(self) -> str:
        """The ids of what should be read with the control."""
        parts = [(self.help, "help"), (self.error, "error")]
        return " ".join(f"{self.name}-{part}" for there, part in parts if there)

    def _option(self, number: int, option: AskedOption) -> ShownOption:
        label = localize(option.text, self.language)
        return ShownOption(option.value, label, f"{self.name}-{number}", option.value in self.typed)


class SurveyAnswerForm:
    """A form in one language, empty or filled in. Not a Django form: it is read thousands of times an hour."""

    def __init__(self, definition: SurveyDefinition, data: QueryDict | None = None, *, language: str = "sv") -> None:
        self.definition = definition
        self.data = data
        self.language = language
        self.answers: dict[int, AnswerValue] = {}

    @cached_property
    def key(self) -> uuid.UUID:
        """The key of this sending: new for each empty page, the same when a page comes back with errors."""
        sent = self.data.get(KEY, "") if self.data is not None else ""
        try:
            return uuid.UUID(sent)
        except ValueError:
            return uuid.uuid4()

    @cached_property
    def questions(self) -> list[ShownQuestion]:
        """The ordinary questions."""
        return self._show(self.definition.asked)

    @cached_property
    def background(self) -> list[ShownQuestion]:
        """The voluntary questions about who answers."""
        return self._show(self.definition.background)

    @property
    def who(self) -> list[ShownQuestion]:
        """What role somebody answers in: always in sight, since a voice without one opens no gate."""
        return [question for question in self.background if question.asked.background == Question.Background.ROLE]

    @property
    def more(self) -> list[ShownQuestion]:
        """The other voluntary questions, folded so that the end of the page is near on a small phone."""
        return [question for question in self.background if question.asked.background != Question.Background.ROLE]

    @property
    def more_is_open(self) -> bool:
        """Something stands there that must not be hidden."""
        return any(question.typed or question.error for question in self.more)

    @property
    def errors(self) -> list[ShownQuestion]:
        """The questions whose answers can not be kept."""
        return [question for question in (*self.questions, *self.background) if question.error]

    @property
    def is_empty(self) -> bool:
        """It was sent with nothing but who she is, or with nothing at all."""
        return self.data is not None and not any(question.asked.pk in self.answers for question in self.questions)

    @property
    def guiding_question(self) -> LocalizedText:
        """The question that stands first."""
        return localize(self.definition.guiding_question, self.language)

    @property
    def title(self) -> LocalizedText:
        """The form's name."""
        return localize(self.definition.title, self.language)

    @property
    def introduction(self) -> LocalizedText:
        """What happens with the answer."""
        return localize(self.definition.introduction, self.language)

    def is_valid(self) -> bool:
        """Read what was sent: fills `answers`, and the errors beside the questions."""
        for question in (*self.questions, *self.background):
            self._read(question)
        return not self.errors and not self.is_empty

    def _read(self, question: ShownQuestion) -> None:
        try:
            answer = clean_answer(question.asked.spec, question.typed)
        except InvalidAnswer as invalid:
            question.error = invalid.message
        else:
            if answer is not None:
                self.answers[question.asked.pk] = answer

    def _show(self, questions: tuple[AskedQuestion, ...]) -> list[ShownQuestion]:
        data = self.data
        return [
            ShownQuestion(asked, self.language, data.getlist(asked.name) if data is not None else [])
            for asked in questions
        ]
