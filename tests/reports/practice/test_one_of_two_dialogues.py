"""Two dialogues go on: a practice copies a form and the texts of the dialogue that the form belongs to."""

import pytest

from reports.practice.beginning import begin_practice
from tests import factories as make


@pytest.fixture
def park(talk, ostberga):
    """The park's dialogue, beside the one on the lamps, which was there first."""
    title, purpose = {"sv": "Parken"}, {"sv": "Parken ska byggas om."}
    return make.dialogue(ostberga, has_own_address=True, title=title, purpose=purpose)


def practised(ostberga, ake):
    dialogue = begin_practice(collaboration=ostberga, by=ake).dialogues.get()
    return dialogue.title["sv"], dialogue.purpose.get("sv")


def test_the_texts_are_those_of_the_dialogue_of_the_form(park, talk, form, ostberga, ake):
    make.question(form)
    assert ostberga.surveys.get() == form

    assert practised(ostberga, ake) == (f"Övning: {talk}", talk.purpose["sv"])


def test_a_form_of_no_dialogue_gets_the_texts_of_neither(park, talk, form, ostberga, ake):
    make.question(form)
    talk.surveys.clear()

    assert practised(ostberga, ake) == (f"Övning: {form}", None)
