"""Load Östberga's dialogue in the order it happened, through the same functions as the pages."""

from django.db import transaction
from django.utils import translation

from dialogue.batching import dialogue_batch
from dialogue.rules.staircase import Step
from ostberga.demo import (
    activities,
    codebook,
    decisions,
    groups,
    issues,
    mandates,
    participants,
    reports,
    statements,
    surroundings,
    surveys,
)
from ostberga.demo.issues import DemoDialogue
from ostberga.demo.surveys import DemoSurvey


@transaction.atomic
def load() -> None:
    """Load the whole demo: the round of 2016 with its outcome, and the round of 2026, which is open."""
    with translation.override("sv"):
        demo_dialogue, demo_survey = _spring_2016()
        _outcome_of_2016(demo_dialogue)
        _autumn_2026(demo_dialogue, demo_survey)
        dialogue_batch.write()


def _spring_2016() -> tuple[DemoDialogue, DemoSurvey]:
    """Load the interviews, the forms and the report of the first round."""
    cast = participants.load()
    mandates.load(cast)
    demo_survey = surveys.load(cast)
    dialogue = issues.load_dialogue(cast, demo_survey.guiding_question, demo_survey.survey)
    surveys.open_wave(cast, demo_survey, 1)
    spring = statements.load_spring(cast, demo_survey)
    surveys.close_wave(cast, demo_survey, 1)
    perspectives, themes = codebook.load(cast, spring)
    demo_dialogue = DemoDialogue(cast, dialogue, issues.load_issues(cast, dialogue, perspectives), perspectives)
    issues.climb_in_spring(demo_dialogue, Step.REPORT)
    reports.load(cast, dialogue, demo_survey.waves[1], reports.DemoCodebook(spring, perspectives, themes))
    return demo_dialogue, demo_survey


def _outcome_of_2016(demo_dialogue: DemoDialogue) -> None:
    """Load groups, proposals, decisions and activities, moving each issue through each gate on its date."""
    participants.join_later(demo_dialogue.participants)
    mandates.load(demo_dialogue.participants)
    groups.confirm_report_read(demo_dialogue)
    issues.climb_in_spring(demo_dialogue, Step.WORKING_GROUPS)
    proposals = groups.load(demo_dialogue, 2016)
    issues.climb_in_spring(demo_dialogue, Step.DECISION)
    decided = decisions.load(demo_dialogue, proposals, "decisions")
    surroundings.load_outside_questions(demo_dialogue, decided)
    planned = activities.load(demo_dialogue, decided, "activities")
    issues.climb_in_spring(demo_dialogue, Step.IMPLEMENTATION)
    activities.carry_out(demo_dialogue, planned)
    surroundings.load_adjustments_and_pulses(demo_dialogue)
    decisions.expire_decisions(decided)
    issues.close_issues(demo_dialogue)


def _autumn_2026(demo_dialogue: DemoDialogue, demo_survey: DemoSurvey) -> None:
    """Load the second round: most answers are unread, and one issue waits for the decisions of two bodies."""
    mandates.propose_those_that_wait(demo_dialogue.participants)
    issues.begin_second_round(demo_dialogue)
    surroundings.load_second_round_questions(demo_dialogue)
    surveys.open_wave(demo_dialogue.participants, demo_survey, 2)
    autumn = statements.load_autumn(demo_dialogue.participants, demo_survey)
    codebook.attach_autumn_statements(demo_dialogue.participants, autumn, demo_dialogue.perspectives)
    issues.climb_in_autumn(demo_dialogue, Step.REPORT)
    issues.climb_in_autumn(demo_dialogue, Step.WORKING_GROUPS)
    proposals = groups.load(demo_dialogue, 2026)
    issues.climb_in_autumn(demo_dialogue, Step.DECISION)
    decided = decisions.load(demo_dialogue, proposals, "decisions_2026")
    activities.load(demo_dialogue, decided, "activities_2026")
    surroundings.load_followers(demo_dialogue)
