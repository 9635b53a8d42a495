"""Nothing of a collaboration that waits for its data controller is public, whatever has been begun or published."""

from django.utils import timezone

from actors.models import Collaboration
from dialogue.models import Activity, Dialogue, Issue, Meeting, WorkingGroup
from dialogue.rules.activities import ActivityState
from tests import factories as make

WAYS = {
    "dialogues": Dialogue.objects.begun,
    "issues": Issue.objects.public,
    "activities": Activity.objects.public,
    "groups": WorkingGroup.objects.public,
    "meetings": Meeting.objects.public,
}


def build(place, by):
    """An issue with a running activity and the locked minutes of its group."""
    issue = make.issue(make.dialogue(place), "Lamporna", published_at=timezone.now())
    body = make.organisation(f"Trafik i {place.slug}")
    held = make.decision(issue, by, body, answer="approved")
    make.activity(issue, by, held, state=ActivityState.RUNNING)
    make.meeting(make.group(issue.dialogue, by, issue), by)


def shown(place):
    """How many of each are public, of one collaboration."""
    paths = {"dialogues": "collaboration", "meetings": "group__dialogue__collaboration"}
    return {
        name: rows().filter(**{paths.get(name, "dialogue__collaboration"): place}).count()
        for name, rows in WAYS.items()
    }


def test_all_that_is_public_asks_whether_the_collaboration_is(ostberga, ake):
    other = make.collaboration("annanstans")
    for place in (ostberga, other):
        build(place, ake)
    assert set(shown(ostberga).values()) == {1}

    Collaboration.objects.filter(pk=ostberga.pk).update(awaits_controller=True)

    assert set(shown(ostberga).values()) == {0}
    assert set(shown(other).values()) == {1}
