"""What a page showed of a form: a signed text in a hidden field, with a digest of each value instead of the value."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.utils.crypto import salted_hmac

from ostberga.lib.editing.three_way import Plain, Shown

SALT = "ostberga.lib.editing.shown"
DIGITS = 16  # of a digest; two values of one field must not have the same by chance


class Digests:
    """Makes digests of the values of one form about one stored thing. They tell nobody what the values are."""

    def __init__(self, about: str) -> None:
        self._about = about

    def of_value(self, name: str, value: Plain) -> str | list[str]:
        """Return the digest of the value of a field, or of each of its values."""
        if isinstance(value, str):
            return self.digest(name, value)
        return [self.digest(name, part) for part in value]

    def digest(self, name: str, value: str) -> str:
        """Return the digest of one value."""
        return salted_hmac(SALT, f"{self._about}\n{name}\n{value}").hexdigest()[:DIGITS]

    def seal(self, values: Mapping[str, Plain], earlier: Mapping[str, Shown] | None = None) -> str:
        """Return the text of the hidden field, for a page that shows these values, and others as `earlier`."""
        digests = {**(earlier or {}), **{name: self.of_value(name, value) for name, value in values.items()}}
        return signing.dumps(digests, salt=f"{SALT}:{self._about}", compress=True)

    def open(self, sealed: str) -> dict[str, Shown] | None:
        """Return the digests by field; None when the text is missing, altered or about something else."""
        try:
            digests: Any = signing.loads(sealed, salt=f"{SALT}:{self._about}")
        except signing.BadSignature:
            return None
        return dict(digests) if isinstance(digests, dict) else None
