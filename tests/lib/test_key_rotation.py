"""Keys are named for what they encrypt, and are changed while the site runs."""

from io import StringIO

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection

from actors.letters import outbox, retrying, sending
from actors.models import Letter
from ostberga.lib.privacy.encrypted import UnreadableText, decrypt, is_current
from surveys.models import Statement
from tests import factories as make

pytestmark = pytest.mark.django_db
OLD, NEW, LETTERS, FACTORS = (Fernet.generate_key().decode() for _ in range(4))


@pytest.fixture
def under_old(settings, autumn, ake):
    """A text, a letter with a link and a second factor, from when one key encrypted everything."""
    settings.RAW_TEXT_KEYS = settings.LETTER_KEYS = settings.SECOND_FACTOR_KEYS = [OLD]
    make.statement(autumn, "Råtexten.", by=ake)
    outbox.post(kind="invitation", to="tova@example.se", subject="Hej", text="http://localhost/valkommen/hemlig/")
    Authenticator.objects.create(user=ake, type="totp", data={"secret": get_adapter().encrypt("ABC")})
    return settings


def keys(option: str) -> str:
    out = StringIO()
    call_command("keys", option, stdout=out)
    return out.getvalue()


def token(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} <> ''")  # noqa: S608 - our own names
        return str(cursor.fetchone()[0])


def test_everything_is_put_under_its_own_key_and_the_old_one_can_go(under_old):
    settings = under_old
    settings.RAW_TEXT_KEYS, settings.LETTER_KEYS, settings.SECOND_FACTOR_KEYS = [NEW, OLD], [LETTERS], [FACTORS]
    assert "Kör --reencrypt" in keys("--check")
    assert "Allt ligger under den första nyckeln" in keys("--reencrypt")
    settings.RAW_TEXT_KEYS = [NEW]

    text, letter = token("surveys_statement", "raw_text"), token("actors_letter", "sealed")
    factor = Authenticator.objects.get().data["secret"]
    assert [is_current(text, "RAW_TEXT_KEYS"), is_current(letter, "LETTER_KEYS")] == [True, True]
    assert is_current(factor, "SECOND_FACTOR_KEYS")
    assert (decrypt(text), decrypt(factor), "hemlig" in Letter.objects.get().text) == ("Råtexten.", "ABC", True)
    assert "äldre" not in keys("--check").replace("0 äldre", "").replace("den äldre", "")


def test_a_lost_key_takes_only_what_it_is_named_for(under_old):
    under_old.LETTER_KEYS, under_old.SECOND_FACTOR_KEYS = [LETTERS], [FACTORS]
    keys("--reencrypt")
    under_old.RAW_TEXT_KEYS = [NEW]

    with pytest.raises(UnreadableText):
        decrypt(token("surveys_statement", "raw_text"))
    assert decrypt(Authenticator.objects.get().data["secret"]) == "ABC"
    assert sending.send(str(Letter.objects.get().pk)) is True


def test_without_keys_of_their_own_all_is_as_before(under_old):
    assert decrypt(token("actors_letter", "sealed")).startswith("{")
    assert "0 äldre, 0 oläsliga" in keys("--check")


def test_a_letter_whose_key_is_missing_waits_for_it_and_stops_no_other(under_old):
    lost = Letter.objects.get()
    under_old.RAW_TEXT_KEYS = under_old.LETTER_KEYS = under_old.SECOND_FACTOR_KEYS = [NEW]
    outbox.post(kind="invitation", to="polly@example.se", subject="Hej", text="Utan länk.")
    assert sending.send_waiting() == 1

    lost = Letter.objects.defer("sealed").get(pk=lost.pk)
    assert (lost.state, lost.attempts, lost.why) == (
        "waiting",
        0,
        "brevet går inte att läsa, för nyckeln som låste det saknas",
    )


def test_one_that_cannot_be_read_does_not_stop_the_others_from_being_tried_again(under_old):
    under_old.RAW_TEXT_KEYS = under_old.LETTER_KEYS = under_old.SECOND_FACTOR_KEYS = [NEW]
    outbox.post(kind="invitation", to="polly@example.se", subject="Hej", text="Utan länk.")
    outbox.post(kind="account", to="ny@example.se", subject="Kod", text="123")
    Letter.objects.update(state="failed")
    Letter.objects.filter(kind="account").update(sealed="")

    assert retrying.retry_all(Letter.objects.all()) == (2, 1)
    assert Letter.objects.waiting().count() == 2


def test_a_page_says_so_and_nothing_is_lost(under_old, browse, ake):
    under_old.RAW_TEXT_KEYS = under_old.LETTER_KEYS = under_old.SECOND_FACTOR_KEYS = [NEW]
    page = browse(ake).get(f"/samordna/ostberga/utsagor/{Statement.objects.defer('raw_text').get().pk}/")
    told = "1 oläsliga" in keys("--check")

    assert (page.status_code, "Texten går inte att läsa just nu" in page.text, told) == (503, True, True)


def test_a_new_key_is_one():
    assert Fernet(keys("--new").strip())
