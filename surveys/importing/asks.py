"""What the dry run asks the person who imports, and what she has answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from ostberga.lib.privacy.codes import fingerprint

# So many questions of a kind are shown one by one; more are first asked together.
FEW = 8
ONE_BY_ONE = "each-by-itself"

_DIGITS = 16  # hexadecimal: enough to differ, and short in a form

Chosen = Mapping[str, str]  # name of the control on the page: its value


@dataclass(frozen=True)
class Ask:
    """One question with its alternatives; `chosen` is empty until she has answered."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""
    help: str = ""
    rows: tuple[int, ...] = ()  # the rows it is about, from 1

    @property
    def is_answered(self) -> bool:
        """Whether one of the alternatives is chosen."""
        return bool(self.chosen)


def ask(
    chosen: Chosen,
    name: str,
    title: str,
    options: Sequence[tuple[str, str]],
    *,
    rows: Sequence[int] = (),
    default: str = "",
    help: str = "",
) -> Ask:
    """Return the question with what was chosen, or its default. What is none of the alternatives is no answer."""
    values = {value for value, _ in options}
    answers = (chosen.get(name, default), default)
    return Ask(
        name, title, tuple(options), next((value for value in answers if value in values), ""), help, tuple(rows)
    )


def shown(chosen: Chosen, name: str, title: str, asks: Sequence[Ask], options: Sequence[tuple[str, str]]) -> list[Ask]:
    """Return the questions as they are shown: one for all of them where they are many, unless each is to be answered.

    The alternatives of the one are `options`; its answer holds where none of its own is given (`answer_for_all`).
    """
    if len(asks) <= FEW:
        return list(asks)
    together = ask(chosen, name, title, [*options, (ONE_BY_ONE, "Det skiljer sig: fråga om var och en")])
    return [together, *asks] if together.chosen == ONE_BY_ONE else [together]


def answer_for_all(chosen: Chosen, name: str) -> str:
    """Return what was chosen for all questions of a kind, the default of each: nothing if each is to be answered."""
    given = chosen.get(name, "")
    return "" if given == ONE_BY_ONE else given


def name_of_value(prefix: str, value: str) -> str:
    """Return the name of a control about a value that somebody wrote: an HMAC, since it is kept for the next file.

    Without the key no list of places or people opens it.
    """
    return f"{prefix}-{fingerprint(settings.RECEIPT_KEY, f'import:{value}')[:_DIGITS]}"


def rows_in_words(numbers: Sequence[int], most: int = 8) -> str:
    """Return «rad 4», «rad 4, 5 och 9» or the first ones and how many more."""
    shown = [str(number) for number in numbers[:most]]
    if len(numbers) > most:
        return f"rad {', '.join(shown)} och {len(numbers) - most} till"
    return "rad " + (f"{', '.join(shown[:-1])} och {shown[-1]}" if len(shown) > 1 else "".join(shown))
