"""The form as shown to respondents, and validation of what they send. Also used for the coordinator's preview."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ostberga.lib.translations.languages import in_language, is_rtl, language_shown
from surveys.models import Question
from surveys.questionnaire.survey_definition import AskedOption, AskedQuestion, SurveyDefinition
from surveys.rules.questions import AnswerValue, InvalidAnswer, QuestionKind, clean_answer

KEY = "nyckel"


@dataclass(frozen=True)
class LocalizedText:
    """A text in the language available to this reader; `lang` is the actual language, for screen readers."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def attributes(self) -> SafeString:
        """The lang and dir attributes of the element that holds it."""
        return format_html(' lang="{}" dir="{}"', self.lang, "rtl" if is_rtl(self.lang) else "ltr")


def localize(texts: Mapping[str, str], language: str) -> LocalizedText:
    """Return the text for a reader of `language`."""
    return LocalizedText(in_language(texts, language), language_shown(texts, language))


@dataclass(frozen=True)
class ShownOption:
    """An answer option as rendered."""

    value: str
    label: LocalizedText
    id: str
    chosen: bool


@dataclass
class ShownQuestion:
    """A question as rendered, with the submitted values and its error."""

    asked: AskedQuestion
    language: str
    typed: list[str] = field(default_factory=list)
    error: str | Promise = ""

    @property
    def name(self) -> str:
        """Its field name and element id."""
        return self.asked.name

    @property
    def kind(self) -> QuestionKind:
        """Its question kind."""
        return self.asked.spec.kind

    @property
    def required(self) -> bool:
        """Whether it must be answered."""
        return self.asked.spec.required

    @property
    def text(self) -> LocalizedText:
        """The question text."""
        return localize(self.asked.text, self.language)

    @property
    def help(self) -> LocalizedText:
        """The help text."""
        return localize(self.asked.help, self.language)

    @property
    def value(self) -> str:
        """The value of the text box."""
        return self.typed[-1] if self.typed else ""

    @property
    def options(self) -> list[ShownOption]:
        """The options as rendered."""
        return [self._option(number, option) for number, option in enumerate(self.asked.options, 1)]

    @property
    def focus_id(self) -> str:
        """The id of the element that the error summary links to."""
        return f"{self.name}-1" if self.asked.options else self.name

    @property
    def described_by(self) -> str:
        """The value of aria-describedby."""
        parts = [(self.help, "help"), (self.error, "error")]
        return " ".join(f"{self.name}-{part}" for present, part in parts if present)

    def _option(self, number: int, option: AskedOption) -> ShownOption:
        label = localize(option.text, self.language)
        return ShownOption(option.value, label, f"{self.name}-{number}", option.value in self.typed)


class SurveyAnswerForm:
    """A form in one language, unbound or bound. Not a Django form, for speed: it is used thousands of times an hour."""

    def __init__(self, definition: SurveyDefinition, data: QueryDict | None = None, *, language: str = "sv") -> None:
        self.definition = definition
        self.data = data
        self.language = language
        self.answers: dict[int, AnswerValue] = {}
        self.is_checked = False
        self.is_repeated = False  # the same was sent from the same page, and has arrived

    @cached_property
    def key(self) -> uuid.UUID:
        """The submission key: new for each empty page, the same when a page comes back with errors."""
        sent = self.data.get(KEY, "") if self.data is not None else ""
        try:
            return uuid.UUID(sent)
        except ValueError:
            return uuid.uuid4()

    @cached_property
    def questions(self) -> list[ShownQuestion]:
        """The questions that are not background questions."""
        return self._show(self.definition.asked)

    @cached_property
    def background(self) -> list[ShownQuestion]:
        """The optional background questions."""
        return self._show(self.definition.background)

    @property
    def role_questions(self) -> list[ShownQuestion]:
        """The background question about role, always visible since answers without a role count as no group."""
        return [question for question in self.background if question.asked.background == Question.Background.ROLE]

    @property
    def other_background(self) -> list[ShownQuestion]:
        """The other background questions, collapsed to keep the page short on a phone."""
        return [question for question in self.background if question.asked.background != Question.Background.ROLE]

    @property
    def opens_other_background(self) -> bool:
        """Whether the collapsed questions have values or errors that must be visible."""
        return any(question.typed or question.error for question in self.other_background)

    @property
    def errors(self) -> list[ShownQuestion]:
        """The questions with invalid answers."""
        return [question for question in (*self.questions, *self.background) if question.error]

    @property
    def is_empty(self) -> bool:
        """Whether it was submitted without an answer to any question but the background questions."""
        return self.is_checked and not any(question.asked.pk in self.answers for question in self.questions)

    @property
    def guiding_question(self) -> LocalizedText:
        """The guiding question."""
        return localize(self.definition.guiding_question, self.language)

    @property
    def title(self) -> LocalizedText:
        """The title of the form."""
        return localize(self.definition.title, self.language)

    @property
    def introduction(self) -> LocalizedText:
        """The introduction."""
        return localize(self.definition.introduction, self.language)

    def is_valid(self) -> bool:
        """Validate the submitted data; fills `answers` and the errors of the questions."""
        self.is_checked = True
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
