"""Decisions by several bodies: what their answers make together, and what each form needs."""

import pytest

from dialogue.rules.decisions import (
    DecisionOutcome,
    FormOfDecision,
    PartState,
    combined_outcome,
    facts_needed,
    forms_for,
)

APPROVED, CONDITIONS, REFUSED, SENT_BACK = "approved", "conditions", "refused", "sent_back"
MEETING = ("instance", "paragraph", "registry_number", "decided_on")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([APPROVED], DecisionOutcome.IN_FORCE),
        ([APPROVED, CONDITIONS], DecisionOutcome.IN_FORCE),
        ([APPROVED, "requested"], DecisionOutcome.PENDING),
        (["requested", "preparing"], DecisionOutcome.PENDING),
        ([], DecisionOutcome.PENDING),
        ([APPROVED, SENT_BACK, "requested"], DecisionOutcome.SENT_BACK),
        ([APPROVED, SENT_BACK, REFUSED], DecisionOutcome.REFUSED),
        ([REFUSED, "requested"], DecisionOutcome.REFUSED),
    ],
)
def test_the_whole_is_in_force_only_when_all_say_yes_and_one_no_is_enough(answers, outcome):
    assert combined_outcome(answers) == outcome


@pytest.mark.parametrize(
    ("kind", "forms"),
    [
        ("committee_admin", ("delegation", "execution", "committee", "accession")),
        ("municipal_company", ("execution", "board", "accession")),
        ("state_authority", ("authority", "accession")),
        ("association", ("accession",)),
    ],
)
def test_each_kind_of_body_decides_in_its_own_forms(kind, forms):
    assert forms_for(kind) == forms


@pytest.mark.parametrize(
    ("form", "answer", "facts"),
    [
        ("delegation", APPROVED, ("decided_on", "delegation_item")),
        ("delegation", CONDITIONS, ("decided_on", "delegation_item", "conditions")),
        ("delegation", REFUSED, ("decided_on", "motivation")),
        ("delegation", SENT_BACK, ("decided_on", "motivation")),
        ("execution", APPROVED, ("decided_on",)),
        ("committee", APPROVED, MEETING),
        ("committee", CONDITIONS, (*MEETING, "conditions")),
        ("board", REFUSED, (*MEETING, "motivation")),
        ("committee", "preparing", ("meets_on",)),
        ("board", "preparing", ("meets_on",)),
        ("delegation", "preparing", ()),
        ("accession", CONDITIONS, ("decided_on", "conditions")),
    ],
)
def test_an_answer_needs_the_facts_of_its_form(form, answer, facts):
    assert facts_needed(FormOfDecision(form), PartState(answer)) == facts
