"""Merged perspectives: where each has ended up, and that no circle is made."""

from surveys.rules.lineage import creates_cycle, families, roots

MERGED = {1: 2, 2: 3, 3: None, 4: 3, 5: None}


def test_each_perspective_leads_to_the_one_it_ended_up_in():
    assert roots(MERGED) == {1: 3, 2: 3, 3: 3, 4: 3, 5: 5}


def test_a_family_is_all_that_was_merged_into_one():
    assert families(MERGED) == {3: frozenset({1, 2, 3, 4}), 5: frozenset({5})}


def test_one_that_is_gone_from_the_list_still_leads_there():
    assert roots({1: 9}) == {1: 9}


def test_a_circle_in_the_data_ends_the_walk():
    assert roots({1: 2, 2: 1}) == {1: 2, 2: 1}
    assert roots({1: 2, 2: 3, 3: 2}) == {1: 3, 2: 3, 3: 2}


def test_a_perspective_is_never_merged_into_its_own_family():
    assert creates_cycle(MERGED, source=3, into=1)
    assert creates_cycle(MERGED, source=5, into=5)
    assert not creates_cycle(MERGED, source=5, into=1)
    assert not creates_cycle(MERGED, source=1, into=5)
