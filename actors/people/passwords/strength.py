"""The password validator: refuses what is guessed from leaked passwords, common words, names and the own account."""

import re

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from actors.models import User

# Words that everybody here thinks of first. Documented in docs/adr/0036-accounts.md.
OUR_WORDS = (
    *("östberga", "ostberga", "stockholm", "samverkan", "samordnare", "dialog", "boende", "trygghet", "trafikkontoret"),
    *("stadsdel", "kommun", "sommar", "vinter", "höst", "vår", "lösenord", "losenord", "välkommen", "hejsan"),
)
# Of zxcvbn's five grades, 0 to 4, the lowest that holds against guessing at the sign-in page and a leaked hash.
LEAST = 3
# zxcvbn takes no longer texts; what follows can only make a password stronger.
LONGEST_JUDGED = 72


class GuessablePasswordValidator:
    """Refuses a guessable password, whatever characters it is made of."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError if the password is too easily guessed by someone who knows the account."""
        words = _words_of(user)
        # The own words are taken out first: zxcvbn would count a long address as hard to guess.
        rest = password.lower()
        for word in sorted(words, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < len(password) and len(rest) < LEAST_REST:
            raise ValidationError("Lösenordet liknar ditt namn eller din adress. Välj något annat.", code="own_words")
        judged = zxcvbn(password[:LONGEST_JUDGED], user_inputs=[*words, *OUR_WORDS])
        if judged["score"] < LEAST:
            raise ValidationError(
                "Lösenordet är lätt att gissa. Ta fyra ord som inte hör ihop, eller låt webbläsaren föreslå ett.",
                code="guessable",
            )

    def get_help_text(self) -> str:
        """Advice beside the field."""
        return "Fyra ord som inte hör ihop är lätta att minnas och svåra att gissa."


# So many characters besides the own name and address make a password of their own.
LEAST_REST = 8


def _words_of(user: User | None) -> list[str]:
    """Return the words of the account's name and address, whole and in parts, of three letters or more."""
    if user is None:
        return []
    own = [user.name.lower(), user.email.lower()]
    parts = [part for text in own for part in re.split(r"[\W_]+", text)]
    return [word for word in {*own, *parts} if len(word) >= 3]
