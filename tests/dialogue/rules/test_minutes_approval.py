"""Minutes: the phases of a meeting, and whose approval locks them."""

import pytest

from dialogue.rules.minutes_approval import ApprovalRule, Phase, is_approved, meeting_phase, required_approvers


@pytest.mark.parametrize(
    ("begun", "ready", "locked", "cancelled", "phase"),
    [
        (False, False, False, False, Phase.PLANNED),
        (True, False, False, False, Phase.OPEN),
        (True, True, False, False, Phase.WAITING),
        (True, True, True, False, Phase.LOCKED),
        (True, True, True, True, Phase.CANCELLED),
        (False, False, False, True, Phase.CANCELLED),
    ],
)
def test_what_has_happened_last_says_the_phase(begun, ready, locked, cancelled, phase):
    assert meeting_phase(begun=begun, ready=ready, locked=locked, cancelled=cancelled) == phase


@pytest.mark.parametrize(
    ("rule", "chair", "adjusters", "present", "must"),
    [
        ("chair", 1, [2, 3], [1, 2, 3], (1,)),
        ("chair", 1, [3, 2], [2, 3, 4], (2, 3)),  # the chair was absent
        ("chair", None, [3, 2], [2, 3], (2, 3)),
        ("two", 1, [3, 2], [1, 2, 3], (2, 3)),
        ("two", 1, [2], [1, 2, 3], ()),  # one more must be chosen
        ("two", 1, [2, 4], [1, 2, 3], ()),  # one of them was absent
        ("two", 1, [2], [2], (2,)),  # there was nobody else
        ("two", 1, [], [], ()),
        ("two", 1, [2, 3], [], ()),
        ("two", 1, [5, 3, 4], [3, 4, 5], (3, 4, 5)),
    ],
)
def test_only_those_who_were_there_can_approve(rule, chair, adjusters, present, must):
    assert required_approvers(ApprovalRule(rule), chair=chair, adjusters=adjusters, present=present) == must


@pytest.mark.parametrize(
    ("must", "given", "approved"),
    [((1, 2), (2, 1, 3), True), ((1, 2), (1, 2), True), ((1, 2), (1,), False), ((), (1,), False)],
)
def test_all_of_them_must_have_approved(must, given, approved):
    assert is_approved(must, given) is approved
