"""A text field that is encrypted in the database: raw words of residents, before anyone has masked them."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull

if TYPE_CHECKING:
    # Generic to the type checker only.
    TextField = models.TextField[str, str]
    ExactLookup = Exact[Any]
else:
    TextField = models.TextField
    ExactLookup = Exact


class UnreadableText(Exception):
    """A stored text that none of our keys can open."""


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys if key.strip()])


def encrypt(text: str) -> str:
    """The text as it is stored: a Fernet token made with the first of settings.RAW_TEXT_KEYS."""
    return _cipher(tuple(settings.RAW_TEXT_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text again, with whichever key made the token. Raises UnreadableText."""
    try:
        return _cipher(tuple(settings.RAW_TEXT_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken:
        # Neither token nor text in the message: it may end in a log.
        raise UnreadableText("Texten går inte att läsa: nyckeln som låste den saknas i RAW_TEXT_KEYS.") from None


class EncryptedTextField(TextField):
    """Plain text in Python, a token in the database. Empty stays empty, so that what was disposed of can be found.

    Two equal texts give different tokens, so nothing can be looked up in it but whether it is empty.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Locked on its way in."""
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:  # noqa: ARG002
        """Opened on its way out."""
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only «is empty» and «is null» can be asked."""
        allowed = {"exact": _IsEmpty, "isnull": IsNull}
        if lookup_name not in allowed:
            raise FieldError(f"{self.name} är krypterad och går inte att söka i. Sök i den maskade texten.")
        return allowed[lookup_name]

    def get_transform(self, lookup_name: str) -> Any:  # noqa: ARG002
        """No lower(), no unaccent(): a token has no letters of ours."""
        raise FieldError(f"{self.name} är krypterad och går inte att söka i. Sök i den maskade texten.")


class _IsEmpty(ExactLookup):
    """`field=""`; comparing with any text is refused instead of quietly finding nothing."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError("En krypterad text går inte att jämföra med. Det går bara att fråga om den är tom.")
        return self.rhs
