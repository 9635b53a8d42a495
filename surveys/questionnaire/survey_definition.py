"""The definition of a form (texts, questions, options), cached per process for each version of the form."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from surveys.models import Question, Survey
from surveys.rules.questions import QuestionKind, QuestionSpec
from surveys.rules.standard_questions import SCALE

Texts = Mapping[str, str]

# Definitions cached by one process, least recently used evicted first.
CACHE_SIZE = 32


@dataclass(frozen=True)
class AskedOption:
    """An answer option."""

    value: str
    text: Texts


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its texts in all languages."""

    pk: int
    spec: QuestionSpec
    background: str
    text: Texts
    help: Texts
    options: tuple[AskedOption, ...]

    @property
    def name(self) -> str:
        """Its field name in the submitted form."""
        return f"q{self.pk}"


@dataclass(frozen=True)
class SurveyDefinition:
    """Everything needed to render and validate the form."""

    survey_pk: int
    version: int
    title: Texts
    introduction: Texts
    guiding_question: Texts
    languages: tuple[str, ...]
    questions: tuple[AskedQuestion, ...]

    @cached_property
    def asked(self) -> tuple[AskedQuestion, ...]:
        """The questions that are not background questions."""
        return tuple(question for question in self.questions if not question.background)

    @cached_property
    def background(self) -> tuple[AskedQuestion, ...]:
        """The optional background questions, shown last."""
        return tuple(question for question in self.questions if question.background)

    @cached_property
    def names(self) -> frozenset[str]:
        """The field names of all questions."""
        return frozenset(question.name for question in self.questions)


_cache: OrderedDict[tuple[int, int], SurveyDefinition] = OrderedDict()


def cached_definition(survey_pk: int, version: int) -> SurveyDefinition:
    """Return the definition, from the cache if possible. An edit raises `version`, so that each process reloads it."""
    key = (survey_pk, version)
    definition = _cache.pop(key, None) or load_definition(
        Survey.objects.select_related("guiding_question").get(pk=survey_pk)
    )
    if definition.version == version:
        _cache[key] = definition
    while len(_cache) > CACHE_SIZE:
        _cache.popitem(last=False)
    return definition


def load_definition(survey: Survey) -> SurveyDefinition:
    """Load the definition from the database, bypassing the cache."""
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
    """Return a question, with the standard scale where a scale question has no options."""
    options = tuple(AskedOption(option["value"], option["text"]) for option in question.options)
    if not options and question.kind == QuestionKind.SCALE:
        options = tuple(AskedOption(option.value, option.text) for option in SCALE)
    required = question.required and not question.background
    spec = QuestionSpec(
        str(question.pk), QuestionKind(question.kind), required, tuple(option.value for option in options)
    )
    return AskedQuestion(question.pk, spec, question.background, question.text, question.help, options)


def with_replaced_questions(definition: SurveyDefinition, names: Collection[str]) -> SurveyDefinition:
    """Return the definition as it was when the submitted page was opened.

    `names` are the submitted field names. An answer belongs to the version of the question that the respondent read,
    even if it was replaced or retired while she wrote.
    """
    earlier_keys = {int(name[1:]) for name in names if name not in definition.names and _is_a_question(name)}
    if not earlier_keys:
        return definition
    earlier_questions = Question.objects.filter(survey=definition.survey_pk, pk__in=earlier_keys).order_by(
        "position", "pk"
    )
    return replace(definition, questions=_with_earlier(definition.questions, earlier_questions))


def _is_a_question(name: str) -> bool:
    return name.startswith("q") and name[1:].isascii() and name[1:].isdigit() and len(name) < 18


def _with_earlier(today: tuple[AskedQuestion, ...], earlier: Iterable[Question]) -> tuple[AskedQuestion, ...]:
    earlier = list(earlier)
    replaced = set(Question.objects.filter(replaces__in=earlier).values_list("pk", flat=True))
    kept = [question for question in today if question.pk not in replaced]
    return (*(build_question(question) for question in earlier), *kept)
