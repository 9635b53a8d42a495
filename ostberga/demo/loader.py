"""Loads Östberga's dialogue once, in the order it happened, through the verbs that people use."""

from django.db import transaction
from django.utils import translation

from dialogue.rules.staircase import Step
from ostberga.demo import acting, asking, coding, deciding, groups, listening, reporting, staircase, together, who
from ostberga.demo.asking import Asked
from ostberga.demo.staircase import Story


@transaction.atomic
def load() -> None:
    """All of the demo: 2016's round with all that came of it, and the round that is open now."""
    with translation.override("sv"):
        story, asked = _spring_2016()
        _what_came_of_it(story)
        _autumn_2026(story, asked)


def _spring_2016() -> tuple[Story, Asked]:
    """The interviews and the report."""
    people = who.load()
    asked = asking.load(people)
    dialogue = staircase.load_dialogue(people, asked.guiding_question, asked.survey)
    asking.open_wave(people, asked, 1)
    spring = listening.hear_spring(people, asked)
    asking.close_wave(people, asked, 1)
    perspectives, themes = coding.load(people, spring)
    story = Story(people, dialogue, staircase.raise_issues(people, dialogue, perspectives), perspectives)
    staircase.climb(story, Step.REPORT)
    reporting.load(people, dialogue, asked.waves[1], reporting.Known(spring, perspectives, themes))
    return story, asked


def _what_came_of_it(story: Story) -> None:
    """Groups, proposals, decisions, activities and answers, each issue through each gate on its day."""
    who.join_later(story.who)
    groups.read_the_report(story)
    staircase.climb(story, Step.WORKING_GROUPS)
    proposals = groups.load(story, 2016)
    staircase.climb(story, Step.DECISION)
    decisions = deciding.load(story, proposals, "decisions")
    together.ask_outside(story, decisions)
    activities = acting.plan(story, decisions, "activities")
    staircase.climb(story, Step.IMPLEMENTATION)
    acting.carry_out(story, activities)
    together.adjust(story)
    deciding.run_out(decisions)
    staircase.close(story)


def _autumn_2026(story: Story, asked: Asked) -> None:
    """Asked again. Most is unread, and one issue has gone ahead: two bodies are to answer now."""
    staircase.begin_again(story)
    together.ask_again(story)
    asking.open_wave(story.who, asked, 2)
    autumn = listening.hear_autumn(story.who, asked)
    coding.attach_autumn(story.who, autumn, story.perspectives)
    staircase.climb_in_autumn(story, Step.REPORT)
    staircase.climb_in_autumn(story, Step.WORKING_GROUPS)
    proposals = groups.load(story, 2026)
    staircase.climb_in_autumn(story, Step.DECISION)
    decisions = deciding.load(story, proposals, "decisions_2026")
    acting.plan(story, decisions, "activities_2026")
    together.follow(story)
