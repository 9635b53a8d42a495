"""Raw text is locked in the database and plain in Python."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db.models.expressions import Col
from hypothesis import given
from hypothesis import strategies as st

from ostberga.lib.privacy.encrypted import EncryptedTextField, UnreadableText, decrypt, encrypt

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
field = EncryptedTextField(help_text="Orden som de sades.")
field.set_attributes_from_name("raw")


@pytest.fixture
def keys(settings):
    settings.RAW_TEXT_KEYS = [OLD]
    return settings


@given(st.text())
def test_a_text_comes_back_as_it_was(text):
    stored = field.get_prep_value(text)

    assert field.from_db_value(stored, None, None) == text
    assert len(text) < 8 or text not in stored


def test_nothing_and_empty_stay_as_they_are(keys):
    assert field.get_prep_value(None) is None
    assert field.get_prep_value("") == ""
    assert field.from_db_value(None, None, None) is None
    assert field.from_db_value("", None, None) == ""


def test_the_same_words_never_look_the_same(keys):
    assert encrypt("hej") != encrypt("hej")


def test_a_new_key_locks_and_the_old_still_opens(keys):
    before = encrypt("hej")
    keys.RAW_TEXT_KEYS = [NEW, OLD]
    after = encrypt("hej")
    keys.RAW_TEXT_KEYS = [NEW]

    assert decrypt(after) == "hej"
    with pytest.raises(UnreadableText, match="RAW_TEXT_KEYS"):
        decrypt(before)


def test_an_unreadable_text_does_not_quote_itself(keys):
    with pytest.raises(UnreadableText) as problem:
        decrypt("inte-en-token")

    assert "inte-en-token" not in str(problem.value)


@pytest.mark.parametrize("lookup", ["icontains", "startswith", "in", "search", "iexact"])
def test_a_locked_text_can_not_be_searched(lookup):
    with pytest.raises(FieldError, match="krypterad"):
        field.get_lookup(lookup)


def test_it_can_only_be_asked_whether_it_is_empty():
    column = Col("statement", field)

    assert field.get_lookup("exact")(column, "").rhs == ""
    with pytest.raises(FieldError, match="jämföra"):
        field.get_lookup("exact")(column, "hej")


def test_a_migration_can_write_the_field_down():
    _, path, args, kwargs = field.deconstruct()

    assert path == "ostberga.lib.privacy.encrypted.EncryptedTextField"
    assert (args, kwargs) == ([], {"help_text": "Orden som de sades."})
