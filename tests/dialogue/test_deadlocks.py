"""Pairs of verbs that lock the same things, done at once by threads: nobody waits for the other forever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import combinations_with_replacement
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from actors.models import Collaboration, User
from actors.partners import partnerships
from actors.plan import plan_drafts
from dialogue.activities import activity_lifecycle, commitments
from dialogue.groups import forming, seating
from dialogue.issues import creating
from dialogue.models import Activity, Dialogue, Issue, WorkingGroup
from dialogue.process import planning
from dialogue.rules.activities import ActivityState, Part
from ostberga.lib.refusal import Refusal
from surveys.codebook import perspectives, theme_editing
from surveys.fielding import wave_planning
from surveys.models import Perspective, Survey, Theme, Wave
from surveys.questionnaire import survey_editing
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"sv": "Vad ger trivsel?"}


def describe(by: User) -> None:
    talk = Dialogue.objects.get()
    talk.describe(by=by, surveys=talk.surveys.all(), question={"sv": "Nytt?"}, texts={"title": WORDS})


def change_survey(by: User) -> None:
    texts: dict[str, Any] = dict.fromkeys(("title", "introduction", "thanks", "guiding_question"), WORDS)
    survey_editing.change_texts(survey=Survey.objects.get(), by=by, languages=[], **texts)


def turn_wave(by: User) -> None:
    wave = Wave.objects.get()
    if wave.closed_at is None:
        wave_planning.close_wave(wave=wave, by=by)
    else:
        wave.reopen(by=by, reason="Mer tid.")


def ask(by: User) -> None:
    body = Collaboration.objects.get().partnerships.earliest("pk").organisation
    commitments.ask(activity=Activity.objects.get(), organisation=body, part=Part.PARTNER, what="Odla.", by=by)


def edit_group(by: User) -> None:
    group = WorkingGroup.objects.get()
    issues = list(Issue.objects.all())
    forming.update_group(group=group, by=by, name="Ljus", mandate="", issues=issues, approval="two")
    seating.appoint_chair(group=group, chair=group.seats.first(), by=by)


def draft_plan(by: User) -> None:
    when: dict[str, Any] = {"starts_on": timezone.localdate(), "ends_on": None}
    plan_drafts.create_draft(collaboration=Collaboration.objects.get(), by=by, title="Plan", introduction="", **when)


def leave(by: User) -> None:
    partnership = Collaboration.objects.get().partnerships.latest("pk")
    partnerships.leave(partnership, by=by, on=timezone.localdate(), reason="Läggs ned.")


def oppose(by: User, one: int = 0, other: int = 1) -> None:
    sides = list(Perspective.objects.order_by("pk"))
    perspectives.oppose(perspective=sides[one], other=sides[other], about=WORDS, by=by)


ACTS: dict[str, Callable[[User], object]] = {
    "describe": describe,
    "gates": lambda by: planning.set_thresholds(dialogue=Dialogue.objects.get(), limits={"silent_days": 9}, by=by),
    "start": lambda by: Dialogue.objects.get().make_current(by=by),
    "survey": change_survey,
    "wave": turn_wave,
    "oppose": oppose,
    "oppose back": lambda by: oppose(by, 1, 0),
    "place": lambda by: theme_editing.place(perspective=Perspective.objects.earliest("pk"), theme=_theme(), by=by),
    "order": lambda by: creating.move_in_list(issue=Issue.objects.earliest("pk"), steps=1, by=by),
    "pause": lambda by: activity_lifecycle.pause(activity=Activity.objects.get(), by=by, why="Regn."),
    "ask": ask,
    "group": edit_group,
    "plan": draft_plan,
    "leave": leave,
}


def _theme() -> Theme:
    return Theme.objects.get()


@pytest.fixture
def place(ostberga, talk, autumn, ake):
    """One of each thing that the verbs lock."""
    for title in ("Vi som vill se", "Vi som vill sova"):
        make.perspective(ostberga, ake, title)
    make.theme(ostberga, "Ljus")
    issues = [make.issue(talk, title, slug=title.lower()) for title in ("Lamporna", "Bussen")]
    make.group(talk, ake, issues[0])
    held = make.decision(issues[0], ake, ostberga.partnerships.earliest("pk").organisation, answer="approved")
    make.activity(issues[0], ake, held, state=ActivityState.RUNNING)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do these at once, each on its own connection. Return how each went."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            ready.wait()
            act()
        except Refusal:
            return "refused"
        except OperationalError as error:
            return str(error).splitlines()[0]
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_no_pair_of_verbs_waits_for_each_other(place, ake):
    pairs = combinations_with_replacement(ACTS, 2)
    answers = {(one, other): at_once(partial(ACTS[one], ake), partial(ACTS[other], ake)) for one, other in pairs}

    assert {pair: went for pair, went in answers.items() if not {"done", "refused"}.issuperset(went)} == {}


def test_an_opposite_order_would_be_seen_here(place):
    """Two threads that lock a dialogue and an issue the other way round, when both hold their first."""
    holding = Barrier(2)

    @transaction.atomic
    def lock(first, second):
        first.objects.select_for_update().earliest("pk")
        holding.wait()
        second.objects.select_for_update().earliest("pk")

    went = at_once(lambda: lock(Dialogue, Issue), lambda: lock(Issue, Dialogue))
    assert went == ["deadlock detected", "done"]
