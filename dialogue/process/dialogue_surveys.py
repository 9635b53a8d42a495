"""The forms of a dialogue: a form belongs to one from the start."""

from collections.abc import Mapping

from django.db import transaction

from actors.models import User
from actors.rules.rights import PREPARE
from dialogue.models import Dialogue
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.languages import SOURCE
from surveys.models import GuidingQuestion, Survey
from surveys.questionnaire import survey_editing
from surveys.questionnaire.survey_templates import SurveyTemplate


@transaction.atomic
def create_survey_in_dialogue(
    *, dialogue: Dialogue, by: User, template: SurveyTemplate, title: Mapping[str, str], question: str
) -> Survey:
    """Create a form that belongs to the dialogue. `question` is the guiding question in Swedish.

    Raises Refusal when the dialogue has ended.
    """
    require(by, PREPARE, dialogue)
    take_turns(dialogue.collaboration)
    dialogue.refresh_from_db(fields=["ended_on", "is_current"])
    if dialogue.ended_on is not None:
        raise Refusal("Dialogen är avslutad. Gör formuläret i en som pågår eller förbereds.", code="dialogue_ended")
    survey = survey_editing.create_survey(
        collaboration=dialogue.collaboration,
        by=by,
        template=template,
        title=title,
        guiding_question=_question(dialogue, question),
    )
    dialogue.surveys.add(survey)
    dialogue.events.create(kind="form_added", what=str(survey)[:200], by=by)
    return survey


def _question(dialogue: Dialogue, swedish: str) -> GuidingQuestion:
    """The dialogue's own question when its words are asked, or that of another of its forms; else a new one."""
    forms = GuidingQuestion.objects.filter(surveys__in=dialogue.surveys.all(), text__sv=swedish)
    if dialogue.guiding_question.text.get(SOURCE) == swedish:
        return dialogue.guiding_question
    return forms.first() or dialogue.collaboration.guiding_questions.create(text={SOURCE: swedish})
