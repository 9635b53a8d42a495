"""The order of locks is held by every test (tests/lock_order.py): here, that it would fail, and that it is complete."""

import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from actors.models import Collaboration
from dialogue.models import Activity, Decision
from ostberga.lib.locking import LOCK_ORDER, lock, take_turns
from surveys.batching import waiting
from tests import factories as make
from tests.house.files import ours
from tests.lock_order import OpposedOrder

pytestmark = pytest.mark.django_db


def test_each_model_has_one_place_at_most_and_is_a_model():
    models = {model._meta.label_lower for model in apps.get_models()}

    assert len(set(LOCK_ORDER)) == len(LOCK_ORDER)
    assert set(LOCK_ORDER) - models == set()


@transaction.atomic
def lock_all(*models):
    for model in models:
        list(model.objects.select_for_update())


@transaction.atomic
def raise_version_and_lock(collaboration, model):
    collaboration.bump_public_version()
    list(model.objects.select_for_update())


def test_a_transaction_that_locks_the_other_way_round_fails():
    with pytest.raises(OpposedOrder, match=r"dialogue\.decision is locked after dialogue\.activity"):
        lock_all(Activity, Decision)


def test_what_is_locked_after_the_version_of_public_pages_fails(ostberga):
    with pytest.raises(OpposedOrder, match="the version of the public pages"):
        raise_version_and_lock(ostberga, Activity)


@transaction.atomic
def take_turns_after(first, *collaborations):
    first()
    for collaboration in collaborations:
        take_turns(collaboration)


def test_a_turn_that_is_taken_after_a_row_is_locked_fails(ostberga):
    with pytest.raises(OpposedOrder, match=r"the turn of .* is locked after dialogue\.activity"):
        take_turns_after(lambda: list(Activity.objects.select_for_update()), ostberga)


def test_a_second_turn_fails_and_the_same_again_does_not(ostberga):
    take_turns_after(bool, ostberga, ostberga)
    with pytest.raises(OpposedOrder, match=r"the turn of .* is taken after"):
        take_turns_after(bool, ostberga, make.collaboration(slug="annanstans"))


def test_a_row_that_is_locked_after_the_table_of_what_waits_fails(ostberga):
    with pytest.raises(OpposedOrder, match="after what waits for the batch"), waiting.locked():
        lock(ostberga.partnerships.all()[0])


def test_two_transactions_one_after_the_other_may_lock_as_they_like():
    lock_all(Activity)
    lock_all(Decision)


def test_lock_sorts_what_it_is_given(talk, form):
    issue = make.issue(talk)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        lock(issue, talk, form)

    locked = [query["sql"].split('FROM "')[1].split('"')[0] for query in queries if " UPDATE OF " in query["sql"]]
    assert locked == ["surveys_survey", "dialogue_dialogue", "dialogue_issue"]


def test_what_the_code_locks_has_a_place():
    code = "\n".join(path.read_text() for path in ours(".py") if "tests" not in path.parts)
    locked = set(re.findall(r"(\w+)\.objects[^\n#]*select_for_update", code))

    assert {name.lower() for name in locked - {"Authenticator", "SocialAccount", "cls"}} - {
        label.split(".")[1] for label in LOCK_ORDER
    } == set()


WAITS_FOR_ANSWERS = "    locked = Question.objects.select_for_update().get(pk=question.pk)"
IS_ABOUT_TO_GO = (
    '        held[model] = model._base_manager.select_for_update(of=["self"]).order_by("pk").in_bulk(keys[label])'
)


def test_a_lock_leaves_the_key_alone():
    """Foreign keys are checked at the end of a transaction, after the version has been raised: they lock the key."""
    lines = [line for path in ours(".py") if "tests" not in path.parts for line in path.read_text().splitlines()]
    whole = [line for line in lines if "select_for_update(" in line and "no_key=True" not in line]

    assert {line for line in whole if "skip_locked=True" not in line} == {WAITS_FOR_ANSWERS, IS_ABOUT_TO_GO}


def test_nobody_locks_the_row_of_a_collaboration():
    """Its version is raised last; who needs it to herself takes turns."""
    lines = [line for path in ours(".py") if "tests" not in path.parts for line in path.read_text().splitlines()]

    assert [line for line in lines if f"{Collaboration.__name__}.objects.select_for_update" in line] == []


# In `pg_trigger.tgtype`: for each row (1), before (2), on UPDATE (16).
BEFORE_UPDATE = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE NOT tgisinternal AND tgtype & 1 = 1 AND tgtype & 2 = 2 AND tgtype & 16 = 16
"""


def test_no_trigger_locks_the_key_of_what_is_saved():
    """A BEFORE trigger makes `save`, which writes every column, lock the key as well; AFTER does not."""
    with connection.cursor() as cursor:
        cursor.execute(BEFORE_UPDATE)
        assert cursor.fetchall() == []
