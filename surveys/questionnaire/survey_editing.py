"""Creating and editing a form, its texts and questions. A question that has answers is replaced, not changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import PREPARE
from ostberga.lib.authorization import require
from ostberga.lib.locking import lock
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.languages import LANGUAGES, SOURCE
from surveys.fielding import channels
from surveys.models import GuidingQuestion, Question, Survey
from surveys.questionnaire.survey_templates import SurveyTemplate
from surveys.rules.questions import QuestionKind
from surveys.rules.standard_questions import BACKGROUND_QUESTIONS, option_data

Texts = Mapping[str, str]


@dataclass(frozen=True)
class QuestionWording:
    """The content of a question in all languages. Equal wordings ask the same thing."""

    kind: str
    text: dict[str, str]
    help: dict[str, str] = field(default_factory=dict)
    options: list[dict[str, Any]] = field(default_factory=list)
    required: bool = False


@transaction.atomic
def create_survey(
    *, collaboration: Collaboration, by: User, template: SurveyTemplate, title: Texts, guiding_question: GuidingQuestion
) -> Survey:
    """Create a form from a template, with its web channel and no wave."""
    require(by, PREPARE, collaboration)
    survey = Survey.objects.create(
        collaboration=collaboration,
        guiding_question=guiding_question,
        purpose=template.purpose,
        title=dict(title),
        introduction=template.introduction,
        thanks=template.thanks,
        languages=[code for code in template.languages if code in (collaboration.languages or template.languages)],
    )
    for question in template.questions:
        wording = QuestionWording(question.kind, question.text, question.help, question.options, question.required)
        _append(survey, wording)
    for key in template.background:
        _append(survey, _standard_wording(key), background=key)
    channels.create_web_channel(survey=survey)
    survey.record_change(by=by, kind="created", what=template.name)
    return survey


def get_or_create_guiding_question(*, collaboration: Collaboration, swedish: str) -> GuidingQuestion:
    """Return the guiding question with this Swedish text, to reuse its translations; create it if there is none."""
    existing = collaboration.guiding_questions.filter(text__sv=swedish).first()
    return existing or collaboration.guiding_questions.create(text={SOURCE: swedish})


@transaction.atomic
def change_texts(
    *,
    survey: Survey,
    by: User,
    guiding_question: Texts,
    title: Texts,
    introduction: Texts,
    thanks: Texts,
    languages: Sequence[str],
) -> None:
    """Change the texts around the questions and the languages. Swedish is always one of them."""
    require(by, PREPARE, survey)
    survey = _locked(survey)
    if survey.guiding_question is not None:
        lock(survey.guiding_question)
    else:
        survey.guiding_question = GuidingQuestion(collaboration=survey.collaboration)
    survey.guiding_question.text = dict(guiding_question)
    survey.guiding_question.save()
    survey.title, survey.introduction, survey.thanks = dict(title), dict(introduction), dict(thanks)
    survey.languages = [code for code in LANGUAGES if code == SOURCE or code in languages]
    survey.save(update_fields=["guiding_question", "title", "introduction", "thanks", "languages"])
    survey.record_change(by=by, what="texter och språk")


@transaction.atomic
def add_question(*, survey: Survey, by: User, wording: QuestionWording) -> Question:
    """Add a question, before the background questions."""
    require(by, PREPARE, survey)
    survey = _locked(survey)
    question = _append(survey, wording)
    _renumber(sorted(survey.questions.current(), key=lambda asked: bool(asked.background)))
    survey.record_change(by=by, what=f"ny fråga: {question}")
    return question


@transaction.atomic
def add_background(*, survey: Survey, by: User, key: str) -> Question:
    """Add a standard background question, or restore the one that was retired."""
    require(by, PREPARE, survey)
    survey = _locked(survey)
    earlier = survey.questions.filter(background=key).order_by("-pk").first()
    if earlier is not None and earlier.retired_at is None:
        return earlier
    if earlier is not None:
        return restore_question(question=earlier, by=by)
    question = _append(survey, _standard_wording(key), background=key)
    survey.record_change(by=by, what=f"bakgrundsfråga: {question}")
    return question


@transaction.atomic
def change_question(*, question: Question, by: User, wording: QuestionWording) -> Question:
    """Change a question and return the one now in use: a new version if the question has answers.

    Adding a missing translation does not create a new version.
    """
    require(by, PREPARE, question.survey)
    survey, question = _locked(question.survey), _locked_question(question)
    if question.background:
        raise Refusal("Bakgrundsfrågorna är lika i alla formulär, så att svaren går att jämföra.", code="standard")
    before = wording_of(question)
    if wording == before:
        return question
    if question.answers.exists() and not _only_fills_in(before, wording):
        question = _replace(question, wording)
    else:
        _set_wording(question, wording).save()
    survey.record_change(by=by, what=f"fråga: {question}")
    return question


@transaction.atomic
def retire_question(*, question: Question, by: User) -> None:
    """Retire a question. Its answers are kept."""
    require(by, PREPARE, question.survey)
    survey, question = _locked(question.survey), _locked_question(question)
    question.retired_at = timezone.now()
    question.save(update_fields=["retired_at"])
    survey.record_change(by=by, what=f"tog bort frågan: {question}")


@transaction.atomic
def restore_question(*, question: Question, by: User) -> Question:
    """Put a retired question back, last in the form."""
    require(by, PREPARE, question.survey)
    survey, question = _locked(question.survey), Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if Question.objects.filter(replaces=question).exists():
        raise Refusal("En nyare version av frågan har ersatt den. Ändra den i stället.", code="replaced")
    question.retired_at, question.position = None, _next_position(survey)
    question.save(update_fields=["retired_at", "position"])
    survey.record_change(by=by, what=f"tog tillbaka frågan: {question}")
    return question


@transaction.atomic
def move_question(*, question: Question, by: User, steps: int) -> None:
    """Move a question up (negative) or down in the form."""
    require(by, PREPARE, question.survey)
    survey = _locked(question.survey)
    asked = list(survey.questions.current())
    if question not in asked:
        return
    place = asked.index(question)
    asked.insert(max(0, place + steps), asked.pop(place))
    _renumber(asked)
    survey.record_change(by=by, what=f"ordningen: {question}")


@transaction.atomic
def archive_survey(*, survey: Survey, by: User) -> None:
    """Archive a form. Its responses are kept."""
    require(by, PREPARE, survey)
    survey = _locked(survey)
    if survey.waves.opened().exists():
        raise Refusal("Formuläret har en öppen omgång. Stäng den först.", code="wave_open")
    survey.archived_at = timezone.now()
    survey.save(update_fields=["archived_at"])
    survey.record_change(by=by, what="arkiverade")


@transaction.atomic
def unarchive_survey(*, survey: Survey, by: User) -> None:
    """Take a form out of the archive."""
    require(by, PREPARE, survey)
    survey = _locked(survey)
    survey.archived_at = None
    survey.save(update_fields=["archived_at"])
    survey.record_change(by=by, what="tog tillbaka ur arkivet")


def wording_of(question: Question) -> QuestionWording:
    """Return the current wording of a question."""
    return QuestionWording(question.kind, question.text, question.help, question.options, question.required)


def _locked(survey: Survey) -> Survey:
    return (
        Survey.objects.select_for_update(no_key=True, of=("self",)).select_related("guiding_question").get(pk=survey.pk)
    )


def _locked_question(question: Question) -> Question:
    # A lock of its key too, which waits for answers being stored: their foreign key locks the row.
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if locked.retired_at is not None:
        raise Refusal("Frågan är redan borttagen eller ersatt. Läs om sidan.", code="retired")
    return locked


def _standard_wording(key: str) -> QuestionWording:
    standard = BACKGROUND_QUESTIONS[key]
    options: list[dict[str, Any]] = [dict(option) for option in option_data(standard.options)]
    return QuestionWording(QuestionKind.ONE_CHOICE, dict(standard.text), {}, options)


def _append(survey: Survey, wording: QuestionWording, background: str = "") -> Question:
    question = _set_wording(Question(survey=survey, background=background, position=_next_position(survey)), wording)
    question.save()
    return question


def _next_position(survey: Survey) -> int:
    return max((asked.position for asked in survey.questions.current()), default=-1) + 1


def _set_wording(question: Question, wording: QuestionWording) -> Question:
    question.kind, question.required = wording.kind, wording.required
    question.text, question.help, question.options = wording.text, wording.help, wording.options
    return question


def _replace(question: Question, wording: QuestionWording) -> Question:
    question.retired_at = timezone.now()
    question.save(update_fields=["retired_at"])
    newer = Question(
        survey_id=question.survey_id, position=question.position, replaces=question, version=question.version + 1
    )
    _set_wording(newer, wording).save()
    return newer


def _renumber(asked: Sequence[Question]) -> None:
    for position, question in enumerate(asked):
        question.position = position
    Question.objects.bulk_update(asked, ["position"])


def _only_fills_in(before: QuestionWording, after: QuestionWording) -> bool:
    """Whether the new wording only adds missing translations."""
    same_shape = (before.kind, before.required) == (after.kind, after.required)
    same_codes = [option["value"] for option in before.options] == [option["value"] for option in after.options]
    if not (same_shape and same_codes):
        return False
    pairs = [(before.text, after.text), (before.help, after.help)]
    pairs += [(old["text"], new["text"]) for old, new in zip(before.options, after.options, strict=True)]
    return all(after.get(code, "") == words for before, after in pairs for code, words in before.items() if words)
