"""Names: when two of organisations look the same to a reader, and what something was called before. Pure."""

import unicodedata
from collections.abc import Iterable

# Characters that a reader takes for another, in a name written with Latin letters.
_ALIKE = str.maketrans(
    {"0": "o", "1": "l", "i": "l", "ı": "l", "|": "l", "ø": "o", "đ": "d", "ł": "l", "ŧ": "t", "ħ": "h", "ŋ": "n"}
)
# The last letter of the block Latin Extended-A: enough for the languages of names here, Sami among them.
_LAST_LETTER = "\u017f"


def look_of(name: str) -> str:
    """Return what a reader sees of a name: two names with the same look are taken for each other.

    Case, spaces, punctuation, marks above and below letters, invisible characters and ways of encoding a letter make no
    difference: «Träfikkontoret» is taken for Trafikkontoret.
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).casefold().translate(_ALIKE)
    return "".join(character for character in plain if character.isalnum())


def is_plain(name: str) -> bool:
    """Whether all letters are Latin, so that none of them is another alphabet's look-alike; and there is one.

    Nor does it hold anything that is not seen, such as what turns the direction of writing.
    """
    characters = unicodedata.normalize("NFKC", name)
    letters = [character for character in characters if character.isalpha()]
    is_seen = not any(unicodedata.category(character) in {"Cc", "Cf"} for character in characters)
    return is_seen and bool(letters) and all(letter <= _LAST_LETTER for letter in letters)


def list_earlier(former: Iterable[object], now: str) -> list[str]:
    """What something was called before, in the order given; the name that it has now is not among them."""
    return [name for name in dict.fromkeys(map(str, former)) if name != now]
