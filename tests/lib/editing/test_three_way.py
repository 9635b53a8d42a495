"""What becomes of an edit: what was shown, what was sent and what is stored now."""

from hypothesis import given
from hypothesis import strategies as st

from ostberga.lib.editing.three_way import Merged, merge

WORDS = st.sampled_from(["", "ljus", "mörker", "mitt emellan"])
SETS = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)


def digest(value):
    return f"#{value}"


def edit(shown, sent, stored):
    seen = [digest(value) for value in shown] if isinstance(shown, tuple) else digest(shown)
    return merge(sent=sent, stored=stored, shown=seen, digest=digest)


@given(shown=WORDS, sent=WORDS, stored=WORDS)
def test_nothing_that_somebody_wrote_is_lost_unseen(shown, sent, stored):
    merged = edit(shown, sent, stored)

    both_wrote = len({shown, sent, stored}) == 3
    assert merged == Merged(sent if sent != shown else stored, is_conflict=both_wrote)


@given(shown=SETS, sent=SETS, stored=SETS)
def test_of_several_values_each_is_kept_added_or_removed_by_itself(shown, sent, stored):
    merged = edit(shown, sent, stored)

    added, removed = set(sent) - set(shown), set(shown) - set(sent)
    assert set(merged.value) == (set(stored) - removed) | added
    assert not merged.is_conflict


def test_a_quote_that_somebody_removed_does_not_come_back():
    assert edit(("a", "b"), ("a", "b", "c"), ("a",)).value == ("a", "c")


@given(sent=WORDS, stored=WORDS)
def test_when_nobody_knows_what_was_shown_a_difference_is_shown(sent, stored):
    merged = merge(sent=sent, stored=stored, shown=None, digest=digest)

    assert merged.is_conflict == (sent != stored)


@given(sent=SETS, stored=SETS)
def test_when_nobody_knows_which_of_several_were_shown_a_difference_is_shown(sent, stored):
    merged = merge(sent=sent, stored=stored, shown=None, digest=digest)

    assert merged.is_conflict == (set(sent) != set(stored))


def test_a_field_that_the_page_did_not_have_keeps_what_is_stored():
    assert merge(sent="", stored="ljus", shown=None, digest=digest, is_on_page=False) == Merged("ljus")
