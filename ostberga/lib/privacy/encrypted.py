"""A model field whose text is encrypted in the database, for what residents wrote before it is redacted."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull

if TYPE_CHECKING:
    # They are generic for the type checker only.
    TextField = models.TextField[str, str]
    ExactLookup = Exact[Any]
else:
    TextField = models.TextField
    ExactLookup = Exact


# The settings with keys, each named for what it encrypts; the first key of each encrypts. All of them decrypt, whatever
# the text: before there were several, RAW_TEXT_KEYS did everything.
SETTINGS = ("RAW_TEXT_KEYS", "LETTER_KEYS", "SECOND_FACTOR_KEYS")

_WHERE = "RAW_TEXT_KEYS, LETTER_KEYS och SECOND_FACTOR_KEYS"


class UnreadableText(Exception):
    """A stored text that none of our keys can decrypt."""


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys if key.strip()])


def encrypt(text: str, keys: str = "RAW_TEXT_KEYS") -> str:
    """Return the text as it is stored: a Fernet token made with the first key of this setting."""
    return _cipher(tuple(getattr(settings, keys))).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text of a token, whichever of the keys made it. Raises UnreadableText when none of them did."""
    try:
        return _cipher(_all_keys()).decrypt(token.encode()).decode()
    except InvalidToken:
        # The message holds neither token nor text, since it may be logged.
        raise UnreadableText(f"Texten går inte att läsa: nyckeln som låste den saknas i {_WHERE}.") from None


def encrypt_bytes(content: bytes) -> bytes:
    """Return a token of the bytes, made with the first of RAW_TEXT_KEYS. It has no line ends."""
    return _cipher(tuple(settings.RAW_TEXT_KEYS)).encrypt(content)


def decrypt_bytes(token: bytes) -> bytes:
    """Return the bytes of a token. Raises UnreadableText when none of our keys made it."""
    try:
        return _cipher(_all_keys()).decrypt(token)
    except InvalidToken:
        raise UnreadableText(f"Filen går inte att läsa: nyckeln som låste den saknas i {_WHERE}.") from None


def is_current(token: str, keys: str) -> bool:
    """Return whether the first key of this setting made the token."""
    try:
        _cipher((getattr(settings, keys)[0],)).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def rotate(token: str, keys: str) -> str:
    """Return a token of the same text, and time, under the first key of the setting. Raises UnreadableText."""
    try:
        return _cipher((getattr(settings, keys)[0], *_all_keys())).rotate(token.encode()).decode()
    except InvalidToken:
        raise UnreadableText(f"Nyckeln som låste texten saknas i {_WHERE}.") from None


def _all_keys() -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for name in SETTINGS for key in getattr(settings, name)))


class EncryptedTextField(TextField):
    """Plain text in Python, a Fernet token in the database. An empty text is stored as it is.

    Equal texts give different tokens, so that only «is empty» and «is null» can be looked up. `keys` names the setting
    whose first key encrypts; it is no part of migrations, since all keys decrypt.
    """

    def __init__(self, *args: Any, keys: str = "RAW_TEXT_KEYS", **options: Any) -> None:
        super().__init__(*args, **options)
        self.keys = keys

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt the value on its way to the database."""
        text = super().get_prep_value(value)
        return encrypt(text, self.keys) if text else text

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:  # noqa: ARG002
        """Decrypt the value on its way from the database."""
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow `exact` (with an empty string) and `isnull`. Raises FieldError for any other lookup."""
        allowed = {"exact": _IsEmpty, "isnull": IsNull}
        if lookup_name not in allowed:
            raise FieldError(f"{self.name} är krypterad och går inte att söka i. Sök i den maskade texten.")
        return allowed[lookup_name]

    def get_transform(self, lookup_name: str) -> Any:  # noqa: ARG002
        """Refuse transforms such as lower(): they would act on the token. Raises FieldError."""
        raise FieldError(f"{self.name} är krypterad och går inte att söka i. Sök i den maskade texten.")


class _IsEmpty(ExactLookup):
    """The lookup `field=""`. Raises FieldError for any other value, which could never match."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError("En krypterad text går inte att jämföra med. Det går bara att fråga om den är tom.")
        return self.rhs
