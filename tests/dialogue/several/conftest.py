"""Two dialogues at once: on the lamps of the whole area, and on its park. Both rest on the same perspective."""

from dataclasses import dataclass

import pytest
from django.conf import settings
from django.utils import timezone

from dialogue.issues import creating
from dialogue.models import Dialogue, Issue
from dialogue.process import dialogue_surveys, planning
from ostberga.lib.privacy.codes import receipt_code
from surveys.collecting.receiving import receipt_hash
from surveys.models import Answer, Attachment, GuidingQuestion, Perspective, Response, Statement, Survey, Wave
from surveys.questionnaire.survey_templates import survey_templates
from surveys.rules.roles import Role
from tests import factories as make

SAID_OF_LAMPS = "Mer ljus på gångvägen."  # by tests/factories.py
SAID_OF_DOGS = "Hundrastgården luktar."


@dataclass
class Park:
    """The dialogue on the park, and what belongs to it."""

    dialogue: Dialogue
    survey: Survey
    wave: Wave
    issue: Issue
    statement: Statement
    code: str  # of the receipt of whoever said it

    def reload(self) -> "Park":
        """Read again where its pages stand."""
        self.dialogue = Dialogue.objects.get(pk=self.dialogue.pk)
        self.issue = Issue.objects.get(pk=self.issue.pk)
        return self


def prepare_park(ostberga, ake):
    """A dialogue that has not begun, with a form."""
    question = GuidingQuestion.objects.create(collaboration=ostberga, text={"sv": "Hur ska parken bli?"})
    park = planning.create_dialogue(collaboration=ostberga, title={"sv": "Parken"}, guiding_question=question, by=ake)
    texts = {"purpose": {"sv": "Parken ska byggas om."}, "can_influence": {"sv": "Träden."}}
    survey = dialogue_surveys.create_survey_in_dialogue(
        dialogue=park,
        by=ake,
        template=survey_templates()["tomt"],
        title={"sv": "Om parken"},
        question="Hur ska parken bli?",
    )
    park.describe(by=ake, surveys=[survey], question=question.text, texts=texts)
    return park, survey


@pytest.fixture
def park(ready, ostberga, ake) -> Park:
    """It goes on beside the dialogue on the lamps; an elected has said something of dogs in it."""
    dialogue, survey = prepare_park(ostberga, ake)
    make.question(survey)
    dialogue.make_current(by=ake)
    wave = make.wave(survey, title="Parkens höst")
    code = receipt_code(settings.RECEIPT_KEY, "Hundägarens svar")
    statement = make.statement(wave, SAID_OF_DOGS, by=ake, role=Role.ELECTED)
    Response.objects.filter(wave=wave).update(receipt_hash=receipt_hash(code))
    Answer.objects.update(coded_at=timezone.now())
    shared = Perspective.objects.get()
    Attachment.objects.create(statement=statement, perspective=shared, attached_by=ake)
    issue = creating.create_issue(dialogue=dialogue, slug="hundarna", title={"sv": "Hundarna"}, description={}, by=ake)
    creating.set_perspectives(issue=issue, perspectives=[shared], by=ake)
    issue.publish(by=ake)
    return Park(dialogue, survey, wave, issue, statement, code).reload()


@pytest.fixture
def lamps(park, ready) -> Issue:
    """The issue of the other dialogue, as it stands beside the park's."""
    return Issue.objects.get(pk=ready.pk)
