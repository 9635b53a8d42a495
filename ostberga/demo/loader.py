"""Loads Östberga's dialogue once, in the order it happened, through the verbs that people use."""

from django.db import transaction
from django.utils import translation

from ostberga.demo import asking, coding, listening, reporting, staircase, who


@transaction.atomic
def load() -> None:
    """All of the demo: 2016's closed round with its published report, and the round that is open now."""
    with translation.override("sv"):
        _load()


def _load() -> None:
    people = who.load()
    asked = asking.load(people)
    dialogue = staircase.load_dialogue(people, asked.guiding_question, asked.survey)
    asking.open_wave(people, asked, 1)
    spring = listening.hear_spring(people, asked)
    asking.close_wave(people, asked, 1)
    perspectives, themes = coding.load(people, spring)
    issues = staircase.raise_issues(people, dialogue, perspectives)
    staircase.climb_to_report(issues, people.coordinator)
    reporting.load(people, dialogue, asked.waves[1], reporting.Known(spring, perspectives, themes))
    staircase.climb_on(issues, people.coordinator)
    asking.open_wave(people, asked, 2)
    autumn = listening.hear_autumn(people, asked)
    coding.attach_autumn(people, autumn, perspectives)
