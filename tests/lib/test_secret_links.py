"""Secret links: random or derived tokens, and hashes that say nothing without the key."""

from ostberga.lib.web.secret_links import derived_token, new_token, token_hash


def test_two_tokens_differ_and_fit_in_an_address():
    first, second = new_token(), new_token()

    assert first != second
    assert len(first) == 32
    assert first.replace("-", "").replace("_", "").isalnum()


def test_a_token_of_one_kind_opens_no_other():
    assert token_hash("pulse", "abc") == token_hash("pulse", "abc")
    assert token_hash("pulse", "abc") != token_hash("commitment", "abc")


def test_without_the_key_no_hash_and_no_derived_token_can_be_made(settings):
    hashed, derived = token_hash("pulse", "abc"), derived_token("follower", 7)
    settings.LINK_KEY = "another"

    assert token_hash("pulse", "abc") != hashed
    assert derived_token("follower", 7) != derived
    assert derived_token("follower", 7) != token_hash("follower", "7")
