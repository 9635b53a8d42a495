"""The code that founds the first collaboration: printed once, stored as a hash, gone when somebody has founded."""

import secrets

from actors.models import Collaboration, FoundingCode, User
from ostberga.lib.privacy.codes import ALPHABET, normalise_code
from ostberga.lib.web.secret_links import token_hash

PURPOSE = "founding"
# 80 bits: nobody guesses it, however often the page may be asked.
LENGTH = 16


def is_founded() -> bool:
    """Whether somebody administers the installation or a collaboration exists. Then no code opens anything."""
    return Collaboration.objects.exists() or User.objects.filter(is_superuser=True).exists()


def make_code() -> str:
    """Return a new code in groups of four. An earlier one stops working."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    FoundingCode.objects.all().delete()
    FoundingCode.objects.create(code_hash=token_hash(PURPOSE, code))
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def opens(typed: str) -> bool:
    """Whether this is the code, in however many groups and whatever case it is typed."""
    return FoundingCode.objects.filter(code_hash=token_hash(PURPOSE, normalise_code(typed))).exists()
