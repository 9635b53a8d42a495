"""The tag of a state: its HTML, and the colour of every state there is."""

import pytest
from django.template import Context, Template

from actors.models import Letter
from dialogue.rules.activities import ActivityState, Reply
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.minutes_approval import Phase
from ostberga.templatetags.state_tags import _COLORS, state_color
from surveys.models import Statement

WAVE_STATES = ["planned", "waiting", "open", "over", "closed"]
STATES = {
    "activity": ActivityState.values,
    "activity_now": ActivityState.values,
    "activity_coordinated": ActivityState.values,
    "activity_led": ActivityState.values,
    "reply": Reply.values,
    "decision": DecisionOutcome.values,
    "decision_coordinated": DecisionOutcome.values,
    "partner": ["accepted", "unconfirmed"],
    "meeting": Phase.values,
    "letter": Letter.State.values,
    "statement": Statement.State.values,
    "wave": WAVE_STATES,
}


def test_the_element_stands_close_to_the_words_around_it():
    template = Template('{% load state_tags %}<p>({% state_tag "meeting" phase phase.label|capfirst %})</p>')
    html = template.render(Context({"phase": Phase.LOCKED}))
    assert html == '<p>(<span class="ds-tag" data-color="success">Justerat</span>)</p>'


def test_the_words_are_escaped():
    html = Template('{% load state_tags %}{% state_tag "wave" "open" words %}').render(Context({"words": "<b>"}))
    assert html == '<span class="ds-tag" data-color="success">&lt;b&gt;</span>'


def test_every_kind_knows_only_states_that_exist():
    assert _COLORS.keys() == STATES.keys()
    assert [(kind, colors.keys() - set(STATES[kind])) for kind, colors in _COLORS.items()] == [
        (kind, set()) for kind in STATES
    ]


@pytest.mark.parametrize(
    ("kind", "colors"),
    [
        ("activity", "neutral info warning success ochre neutral success"),
        ("activity_now", "neutral info warning neutral neutral neutral neutral"),
        ("activity_coordinated", "info success warning neutral neutral neutral neutral"),
        ("activity_led", "neutral info warning success neutral neutral neutral"),
        ("reply", "warning success neutral warning neutral neutral"),
        ("decision", "neutral success brick neutral neutral neutral neutral"),
        ("decision_coordinated", "warning success danger warning neutral neutral neutral"),
        ("partner", "success warning"),
        ("meeting", "neutral info warning success neutral"),
        ("letter", "info success danger"),
        ("statement", "warning success danger neutral"),
        ("wave", "neutral info success warning neutral"),
    ],
)
def test_the_colors_of_all_states(kind, colors):
    assert [state_color(kind, state) for state in STATES[kind]] == colors.split()


def test_an_unknown_kind_is_a_mistake():
    with pytest.raises(KeyError):
        state_color("weather", "open")
