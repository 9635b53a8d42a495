"""Every verb with `by` asks for the right before it does anything: proven by calling each as somebody who may not."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from inspect import signature

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ostberga.lib.authorization import MAY_NOT
from ostberga.lib.refusal import Refusal
from tests.house.files import inside, ours
from tests.house.verbs import dialogue_examples, other_examples, surveys_examples
from tests.house.verbs.finding import APPS, NOT_VERBS, PEOPLE, WRITTEN_BY_VERBS, Verb, functions_with_by, verbs
from tests.house.verbs.world import World

EXAMPLES = {**surveys_examples.EXAMPLES, **dialogue_examples.EXAMPLES, **other_examples.EXAMPLES}
RIGHTFUL = {**surveys_examples.RIGHTFUL, **dialogue_examples.RIGHTFUL, **other_examples.RIGHTFUL}
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


def tried() -> list[Verb]:
    """Return the verbs that have an example."""
    return [verb for verb in verbs() if verb.name in EXAMPLES]


def attempt(verb: Verb, world: World, person: str) -> str:
    """Return how the verb answered: "done", the code of its refusal, or what it had written before it refused."""
    point, world = transaction.savepoint(), deepcopy(world)  # verbs change the objects that they are given
    try:
        arguments = EXAMPLES[verb.name](world)
        with CaptureQueriesContext(connection) as queries:
            answer = outcome_of(verb, getattr(world, person), arguments)
    finally:
        transaction.savepoint_rollback(point)
    written = [query["sql"] for query in queries if query["sql"].startswith(WRITES)]
    return f"{answer} after {written[0]}" if answer == MAY_NOT and written else answer


def outcome_of(verb, person, arguments):
    try:
        with transaction.atomic():
            verb.perform(person, arguments)
    except Refusal as refusal:
        return refusal.code
    return "done"


def test_every_verb_has_an_example_and_every_example_a_verb():
    assert sorted(EXAMPLES) == [verb.name for verb in verbs()]


@pytest.mark.parametrize("person", ["stranger", "elsewhere", "neighbour", "expired", "helper_elsewhere"])
def test_who_may_not_is_refused_before_anything_is_written(world, person):
    answers = {verb.name: attempt(verb, world, person) for verb in tried()}

    assert {name: answer for name, answer in answers.items() if answer != MAY_NOT} == {}


def test_who_may_is_not_refused_for_the_lack_of_a_right(world):
    answers = {verb.name: attempt(verb, world, RIGHTFUL.get(verb.name, "coordinator")) for verb in tried()}

    assert [name for name, answer in answers.items() if answer.startswith(MAY_NOT)] == []


def test_by_is_always_a_person():
    acts = [verb for verb in functions_with_by() if verb.name not in NOT_VERBS]
    others = {verb.name: signature(verb.function).parameters["by"].annotation for verb in acts}

    assert {name: kind for name, kind in others.items() if kind not in PEOPLE} == {}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls in a module or function, with the names of what they call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def test_what_verbs_write_down_is_not_called_by_pages():
    names = {name.rsplit(".", 1)[1] for name in WRITTEN_BY_VERBS}
    pages = [path for path in ours(".py", below=APPS) if {"views", "forms"} & {*path.parts, path.stem}]
    assert [
        (inside(path), name) for path in pages for name, _ in calls(ast.parse(path.read_text())) if name in names
    ] == []


def test_a_page_only_hands_by_on_to_a_verb():
    writes = {"add", "bulk_create", "create", "delete", "save", "set", "update", "update_or_create"}
    pages = [path for path in ours(".py", below=APPS) if {"views", "forms"} & {*path.parts, path.stem}]
    acts = [(inside(path), node) for path in pages for node in ast.walk(ast.parse(path.read_text()))]
    by_hand = [
        (path, name)
        for path, node in acts
        if isinstance(node, ast.FunctionDef) and "by" in {each.arg for each in [*node.args.args, *node.args.kwonlyargs]}
        for name, call in calls(node)
        if name in writes
        and isinstance(call.func, ast.Attribute)
        and "by" not in {keyword.arg for keyword in call.keywords}
    ]

    assert by_hand == []
