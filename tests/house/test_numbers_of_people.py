"""Every place that counts people is known: it publishes by the one rule, or only those who read each answer see it."""

import ast

import pytest

from tests.house.files import OUR_APPS, ROOT, inside

RULE = "ostberga.lib.privacy.small_numbers"
# Rows that stand for a person, and the related names that lead to them.
PEOPLE = {"Response", "Answer", "Interview", "Heard", "Statement", "PulseAnswer", "BetterAnswer", "Follower"}
ROWS = {"responses", "interviews", "answers", "statements", "heard", "followers"}
COUNTING = {"Count", "Sum", "count", "Counter", "aggregate"}

BY_THE_RULE = {
    "reports/findings/heard_counts.py": "the report's chapter on who was heard: web page, PDF, Word and drafts",
    "dialogue/followers/better_questions.py": "what followers answered when an activity had ended",
    "dialogue/rules/pulse_questions.py": "the pulse",
    "surveys/exporting/closed_answers.py": "answers with options, in the file that is taken out",
    "surveys/fielding/wave_planning.py": "answers by channel; for the coordinator, also in all",
    "surveys/fielding/views/channels.py": "a small place's own count",
}
ELSEWHERE = {
    "dialogue/pulse/overview.py": "bodies and seats, which are public; the pulse by `answered_span`",
    "surveys/fielding/heard_counts.py": "compared with the smallest group, never shown",
    "dialogue/history/receipts.py": "the texts of one answer, to whoever has its code",
    "reports/findings/gathering.py": "readers of drafts and their comments, to the coordinator",
    "dialogue/models/dialogue.py": "dialogues beside each other, and whether a form has heard anybody; never shown",
    "dialogue/history/results.py": "activities by state, not people",
    # The coordinator's workshop. She reads each answer, and so may count them.
    "dialogue/staircase/gate_facts.py": "the workshop: which roles have been heard",
    "dialogue/worklists/waiting/listening.py": "the workshop: what waits to be read",
    "surveys/batching/bursts.py": "compared with the last batch, never shown",
    "surveys/batching/blank_counts.py": "read by wave_planning, which publishes by the rule",
    "surveys/codebook/overview.py": "the workshop: statements by perspective",
    "surveys/coding/reading_queue.py": "the workshop: texts to read",
    "surveys/collecting/paper_forms.py": "the workshop: forms typed in today",
    "surveys/questionnaire/views/questions.py": "the workshop: whether a question has answers and so is locked",
    "surveys/statements/cutting.py": "the workshop: parts of one answer",
    "dialogue/followers/digest.py": "the newest key among the news, not people",
    "dialogue/models/following.py": "the newest key among the news, not people",
    "dialogue/decisions/decision_basis.py": "answers of bodies to a decision, which are public",
    "ostberga/http/request_limits.py": "requests",
    "reports/composing/theme_contents.py": "places in an order",
    "surveys/codebook/views/perspectives.py": "the workshop: what two coders agreed on",
    "surveys/collecting/views/interviews.py": "the workshop: people in the conversations that she has written down",
    "actors/founding/installation.py": "letters that wait or failed, not people",
    "surveys/exporting/sources.py": "the workshop: texts, to choose whether a file waits in the queue",
    "surveys/importing/row_keys.py": "the workshop: rows of the file that is read",
    "surveys/importing/dry_run.py": "the workshop: rows of the file that is read",
    "surveys/importing/storing.py": "the workshop: rows of the file that is read",
    "surveys/importing/taking_back.py": "the workshop: rows of the file that was read",
    "surveys/lists/list_import.py": "the workshop: rows of the file that is read",
    "dialogue/issues/quotes.py": "how many quotes somebody already has, to let others be heard first; never shown",
    "surveys/statements/search.py": "the workshop: how alike two texts are",
}


def names_in(tree: ast.Module) -> set[str]:
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return attributes | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def imports_rule(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.module == RULE for node in ast.walk(tree))


def counts_people(tree: ast.Module) -> bool:
    names = names_in(tree)
    return bool(names & COUNTING) and bool(names & (PEOPLE | ROWS))


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    files = [path for app in OUR_APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    product = [path for path in files if "demo" not in path.parts]
    return {inside(path): ast.parse(path.read_text()) for path in product}


def test_every_place_that_counts_people_is_listed(modules):
    counting = {path for path, tree in modules.items() if counts_people(tree)}

    assert counting - BY_THE_RULE.keys() - ELSEWHERE.keys() == set()


def test_the_lists_name_what_is_there(modules):
    assert {path for path, tree in modules.items() if imports_rule(tree)} == set(BY_THE_RULE)
    assert ELSEWHERE.keys() - modules.keys() == set()
