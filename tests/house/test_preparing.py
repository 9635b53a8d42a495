"""Whoever prepares a collaboration, before its data controller has confirmed her: these verbs, and no other."""

import pytest

from actors.models import Collaboration
from dialogue.models import Dialogue
from ostberga.lib.authorization import MAY_NOT
from tests.house import addresses, doors
from tests.house.test_verbs import attempt, tried
from tests.house.verbs.world import World

PREPARES = {
    "actors": {
        "mandates.ending": {"withdraw"},
        "mandates.proposing": {"propose", "send_again"},
        "partners.descriptions": {"describe_collaboration", "describe_in"},
        "partners.partnerships": {
            *("add_partner", "leave", "remove_addressee", "rename_organisation", "show_addressee"),
            "type_in_organisation",
        },
        "models.partnership.Partnership": {"describe"},
        "partners.responsibilities": {"save_responsibility"},
        "people.inviting": {"invite", "send_again", "withdraw"},
        "people.appointing": {"ask_again"},
        "plan.plan_drafts": {
            *("create_draft", "create_new_version", "discard_draft", "move_part", "remove_part", "save_part"),
            "update_draft",
        },
    },
    "surveys": {
        "fielding.channels": {"change_channel", "close_channel", "create_channel", "reopen_channel"},
        "questionnaire.survey_editing": {
            *("add_background", "add_question", "archive_survey", "change_question", "change_texts", "create_survey"),
            *("move_question", "restore_question", "retire_question", "unarchive_survey"),
        },
    },
    "dialogue": {
        "models.dialogue.Dialogue": {"describe"},
        "process.dialogue_surveys": {"create_survey_in_dialogue"},
        "process.stages": {"change_stages"},
        "process.planning": {"create_dialogue", "plan_round", "set_thresholds"},
    },
    "reports": {"practice.beginning": {"begin_practice"}, "practice.emptying": {"empty_practice"}},
}


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = World()
    world.place.awaits_controller = True
    world.place.save(update_fields=["awaits_controller"])
    world.place.appointment_proposals.create(
        user=world.stranger, role="coordinator", proposed_by=world.administrator, token_hash="asked"
    )
    return world


def test_whoever_prepares_may_do_what_is_listed_and_nothing_else(world):
    allowed = {verb.name for verb in tried() if not attempt(verb, world, "stranger").startswith(MAY_NOT)}

    rooms = [(f"{app}.{room}", names) for app, rooms in PREPARES.items() for room, names in rooms.items()]
    assert sorted(allowed) == sorted(f"{room}.{name}" for room, names in rooms for name in names)


def test_once_the_controller_is_not_awaited_a_proposal_gives_no_right(world):
    world.place.awaits_controller = False
    world.place.save(update_fields=["awaits_controller"])

    assert [verb.name for verb in tried() if attempt(verb, world, "stranger") != MAY_NOT] == []


def test_nobody_sees_a_public_page_of_a_collaboration_that_waits(db, browse):
    """Its name too is told to nobody before the data controller has said yes. Nobody can begin its dialogue."""
    district = doors.build()
    Dialogue.objects.filter(collaboration=district.place).update(is_current=False, ended_on=None)
    Collaboration.objects.filter(pk=district.place.pk).update(awaits_controller=True)
    public = [row for row in addresses.ours() if row.audience == addresses.EVERYONE and "<slug:slug>" in row.route]
    answers = {row.route: browse(None).get(district.path_to(row), follow=True) for row in public}

    assert len(answers) > 20
    shown = {route: page.status_code for route, page in answers.items() if page.status_code != 404}
    assert shown == {}, "\n".join(shown)
    assert [route for route, page in answers.items() if district.place.name in page.text] == []
