"""A form as it is asked: read from the database once for each of its versions, then kept by the web server."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from surveys.models import Question, Survey
from surveys.rules.questions import QuestionKind, QuestionSpec
from surveys.rules.standard_questions import SCALE

Texts = Mapping[str, str]

# Forms kept by one process; the least used goes first.
CACHE_SIZE = 32


@dataclass(frozen=True)
class AskedOption:
    """Something to choose."""

    value: str
    text: Texts


@dataclass(frozen=True)
class AskedQuestion:
    """A question with all its words."""

    pk: int
    spec: QuestionSpec
    background: str
    text: Texts
    help: Texts
    options: tuple[AskedOption, ...]

    @property
    def name(self) -> str:
        """Its name in the form that is sent."""
        return f"q{self.pk}"


@dataclass(frozen=True)
class SurveyDefinition:
    """All that a page needs to ask."""

    survey_pk: int
    version: int
    title: Texts
    introduction: Texts
    guiding_question: Texts
    languages: tuple[str, ...]
    questions: tuple[AskedQuestion, ...]

    @cached_property
    def asked(self) -> tuple[AskedQuestion, ...]:
        """The ordinary questions."""
        return tuple(question for question in self.questions if not question.background)

    @cached_property
    def background(self) -> tuple[AskedQuestion, ...]:
        """The voluntary ones about who answers, last."""
        return tuple(question for question in self.questions if question.background)

    @cached_property
    def names(self) -> frozenset[str]:
        """What the questions are called in what is sent."""
        return frozenset(question.name for question in self.questions)


_kept: OrderedDict[tuple[int, int], SurveyDefinition] = OrderedDict()


def cached_definition(survey_pk: int, version: int) -> SurveyDefinition:
    """The form as it is asked today. An edit raises `definition_version`, so that every web server reads it anew."""
    key = (survey_pk, version)
    found = _kept.pop(key, None) or load_definition(Survey.objects.select_related("guiding_question").get(pk=survey_pk))
    if found.version == version:
        _kept[key] = found
    while len(_kept) > CACHE_SIZE:
        _kept.popitem(last=False)
    return found


def load_definition(survey: Survey) -> SurveyDefinition:
    """The form read from the database now, as a coordinator's preview wants it."""
    return SurveyDefinition(
        survey_pk=survey.pk,
        version=survey.definition_version,
        title=survey.title,
        introduction=survey.introduction,
        guiding_question=survey.guiding_question.text if survey.guiding_question else {},
        languages=tuple(survey.languages) or ("sv",),
        questions=tuple(build_question(question) for question in survey.questions.current()),
    )


def build_question(question: Question) -> AskedQuestion:
    """One question with the standard scale filled in where it has none of its own."""
    options = tuple(AskedOption(option["value"], option["text"]) for option in question.options)
    if not options and question.kind == QuestionKind.SCALE:
        options = tuple(AskedOption(option.value, option.text) for option in SCALE)
    required = question.required and not question.background
    spec = QuestionSpec(
        str(question.pk), QuestionKind(question.kind), required, tuple(option.value for option in options)
    )
    return AskedQuestion(question.pk, spec, question.background, question.text, question.help, options)


def with_replaced_questions(definition: SurveyDefinition, names: Collection[str]) -> SurveyDefinition:
    """The form that an open page shows when questions were replaced or taken away while somebody wrote.

    `names` are those that were sent. Her words belong to the question she read, not to its new version.
    """
    earlier = {int(name[1:]) for name in names if name not in definition.names and _is_a_question(name)}
    if not earlier:
        return definition
    shown = Question.objects.filter(survey=definition.survey_pk, pk__in=earlier).order_by("position", "pk")
    return replace(definition, questions=_put_back(definition.questions, shown))


def _is_a_question(name: str) -> bool:
    return name.startswith("q") and name[1:].isascii() and name[1:].isdigit() and len(name) < 18


def _put_back(today: tuple[AskedQuestion, ...], shown: Iterable[Question]) -> tuple[AskedQuestion, ...]:
    shown = list(shown)
    replaced = set(Question.objects.filter(replaces__in=shown).values_list("pk", flat=True))
    kept = [question for question in today if question.pk not in replaced]
    return (*(build_question(question) for question in shown), *kept)
