"""Plain text as people write it becomes paragraphs and lists."""

import pytest

from reports.rules.prose import Passage, split_passages


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("", []),
        ("Ett stycke.", [Passage(False, ("Ett stycke.",))]),
        ("Ett.\nTvå.\n\nTre.", [Passage(False, ("Ett.", "Två.")), Passage(False, ("Tre.",))]),
        ("Ett.\r\n\r\nTvå.", [Passage(False, ("Ett.",)), Passage(False, ("Två.",))]),
        ("- a\n• b\n* c", [Passage(True, ("a", "b", "c"))]),
        ("Så här:\n- a\n- b\nOch mer.", [
            Passage(False, ("Så här:",)), Passage(True, ("a", "b")), Passage(False, ("Och mer.",)),
        ]),
        ("- a\n\n- b", [Passage(True, ("a",)), Passage(True, ("b",))]),
        ("  indragen  \n   \n-utan mellanslag", [Passage(False, ("indragen", "-utan mellanslag"))]),
    ],
)  # fmt: skip
def test_an_empty_line_ends_a_paragraph_and_a_dash_makes_a_point(text, passages):
    assert split_passages(text) == passages
