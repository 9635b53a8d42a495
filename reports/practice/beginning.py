"""Beginning a practice: a collaboration of its own with a copy of the form, filled with made-up answers."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.practice import PRACTICE_PREFIX
from actors.rules.rights import PREPARE
from dialogue.models import Dialogue
from dialogue.process import planning
from dialogue.staircase import gate_facts
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns_for_many_acts
from ostberga.lib.refusal import Refusal
from reports.practice import coded_example, made_up_answers
from surveys.models import GuidingQuestion, Question, Survey
from surveys.questionnaire import survey_editing
from surveys.questionnaire.survey_templates import SurveyTemplate, TemplateQuestion
from surveys.rules.questions import QuestionKind

NAME = "Övning: "
COPIED = (
    *("area", "description", "municipality", "languages", "since_start", "since_precision", "data_controller"),
    *("controller_name", "contact_email", "dpo_email", "minimum_group"),
)
DIALOGUE_TEXTS = ("purpose", "can_influence", "cannot_influence", "who_decides")


@transaction.atomic
def begin_practice(*, collaboration: Collaboration, by: User, survey: Survey | None = None) -> Collaboration:
    """Create the collaboration's practice, with a copy of a form (its latest), and fill it. Returns the practice.

    Raises Refusal when there is one already, when there is no form to copy, and for what is a practice itself.
    """
    require(by, PREPARE, collaboration)
    take_turns_for_many_acts(collaboration)
    if collaboration.practice_of_id is not None:
        raise Refusal("Det här är redan en övning.", code="is_practice")
    if Collaboration.objects.filter(practice_of=collaboration).exists():
        raise Refusal("Det finns redan en övning. Töm den först om du vill börja om.", code="already_practising")
    original = survey or forms_to_copy(collaboration).first()
    if original is None:
        raise Refusal("Gör formuläret först: svaren hittas på till dess frågor.", who="Du", code="no_form")
    practice = _create(collaboration)
    survey = _copy_survey(original, practice, by)
    dialogue = _begin_dialogue(_dialogue_of(original), practice, survey, by)
    wave = made_up_answers.fill(survey, seed=original.pk, by=by)
    coded_example.code(dialogue, wave, seed=original.pk, by=by)
    practice.coding_events.all().delete()  # she has done none of it, so there is nothing to undo
    return practice


def forms_to_copy(collaboration: Collaboration) -> QuerySet[Survey]:
    """The forms that a practice can be made of, the latest first."""
    return collaboration.surveys.filter(archived_at=None)


def _create(collaboration: Collaboration) -> Collaboration:
    stem = f"{PRACTICE_PREFIX}{collaboration.slug}"[:50]
    taken = set(Collaboration.objects.filter(slug__startswith=PRACTICE_PREFIX).values_list("slug", flat=True))
    numbered = (f"{stem[:46]}-{number}" for number in range(2, len(taken) + 3))
    copied = {name: getattr(collaboration, name) for name in COPIED}
    return Collaboration.objects.create(
        practice_of=collaboration,
        slug=next(slug for slug in (stem, *numbered) if slug not in taken),
        name=f"{NAME}{collaboration.name}"[:120],
        is_demo=True,
        **copied,
    )


def _copy_survey(original: Survey, practice: Collaboration, by: User) -> Survey:
    """Copy the questions in use, in their order. The standard questions are the last of every form."""
    asked = list(original.questions.current())
    template = SurveyTemplate(
        key="",
        name=str(original),
        when="",
        purpose=original.purpose,
        introduction=original.introduction,
        thanks=original.thanks,
        languages=tuple(original.languages),
        questions=tuple(_as_in_template(question) for question in asked if not question.background),
        background=tuple(question.background for question in asked if question.background),
    )
    question = original.guiding_question.text if original.guiding_question else original.title
    guiding = GuidingQuestion.objects.create(collaboration=practice, text=question)
    return survey_editing.create_survey(
        collaboration=practice, by=by, template=template, title=original.title, guiding_question=guiding
    )


def _as_in_template(question: Question) -> TemplateQuestion:
    kind = QuestionKind(question.kind)
    return TemplateQuestion(kind, question.text, question.help, question.required, question.options)


def _dialogue_of(form: Survey) -> Dialogue | None:
    """The dialogue that the form belongs to; for a form of none, the only one that goes on or is prepared."""
    if own := form.dialogues.not_ended().first() or form.dialogues.first():
        return own
    there_are = list(form.collaboration.dialogues.not_ended()[:2])
    return there_are[0] if len(there_are) == 1 else None


def _begin_dialogue(original: Dialogue | None, practice: Collaboration, survey: Survey, by: User) -> Dialogue:
    """Begin a dialogue with the texts of the original, if there is one."""
    guiding = survey.guiding_question or GuidingQuestion.objects.create(collaboration=practice, text=survey.title)
    title = {"sv": f"{NAME}{original or survey}"}
    dialogue = planning.create_dialogue(collaboration=practice, title=title, guiding_question=guiding, by=by)
    texts = {name: getattr(original, name) for name in DIALOGUE_TEXTS} if original else {}
    dialogue.describe(by=by, surveys=[survey], question=guiding.text, texts=texts)
    planning.start_dialogue(
        dialogue=dialogue,
        by=by,
        reason="Det är en övning.",
        despite=gate_facts.missing_to_start(dialogue),
        on=timezone.localdate() - made_up_answers.BEGAN,
    )
    return dialogue
