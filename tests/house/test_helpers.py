"""What each helper may do: these verbs, and no other; the doors of her pages are in tests/house/helping.py."""

import pytest

from actors.rules.helping import HelperTask
from ostberga.lib.authorization import MAY_NOT
from tests.house.test_verbs import attempt, tried
from tests.house.verbs.world import World

MAY = {
    "interviewer": {"surveys.collecting.interviewing": {"register_interview"}},
    "coder": {
        "surveys.codebook.perspectives": {"attach", "create_perspective"},
        "surveys.statements.cutting": {"cut_statement", "split_source", "get_or_create_whole", "finish_source"},
        "surveys.statements.reviewing": {"confirm", "quarantine", "set_aside"},
        "surveys.statements.undoing": {"undo_last"},
        "surveys.piles.second_coding": {"code_again"},
    },
}


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.mark.parametrize("person", MAY)
def test_a_helper_may_do_what_is_listed_and_nothing_else(world, person):
    allowed = {verb.name for verb in tried() if not attempt(verb, world, person).startswith(MAY_NOT)}

    assert sorted(allowed) == sorted(f"{room}.{name}" for room, names in MAY[person].items() for name in names)


def test_every_task_has_its_words_and_its_helper():
    assert all(task.may for task in HelperTask)
    assert len(MAY) == len(HelperTask)
