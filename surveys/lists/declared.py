"""What a kind of list is: its columns, and the verbs that create a row's object and take it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from actors.models import Collaboration, User
from surveys.importing.asks import Ask, Chosen
from surveys.models import Wave

# Characters of a cell whose column says nothing else: pages for everybody show such cells whole.
LONGEST_CELL = 5_000


class BadCell(Exception):
    """The cell cannot be read. The message is shown to the user."""


def check_length(text: str, most: int) -> str:
    """Return the text. Raises BadCell when it has more than `most` characters."""
    if len(text) > most:
        raise BadCell(f"texten är för lång: {len(text)} tecken, högst {most}.")
    return text


@dataclass(frozen=True)
class ListColumn:
    """A column of a list: its name in code, its label, other headings it goes by, and how its cells are read."""

    name: str
    label: str
    headings: frozenset[str] = frozenset()
    is_required: bool = False
    read: Callable[[str], Any] = str  # raises BadCell; an empty cell is never read
    longest: int = LONGEST_CELL  # characters of a cell
    language: str = ""  # of a translation
    may_be_empty: bool = False  # in a row, though the column must be there

    @property
    def known_by(self) -> frozenset[str]:
        """The headings it goes by, in small letters."""
        return self.headings | {self.label.casefold()}

    def read_cell(self, cell: str) -> Any:
        """Return what a cell says. Raises BadCell, also for one that is too long."""
        return self.read(check_length(cell, self.longest))


@dataclass
class ListContext:
    """Where the rows go, and by whom; `made` is what the kind keeps between rows of one import."""

    collaboration: Collaboration
    by: User
    wave: Wave | None = None
    source: str = ""  # what the list is called, for a kind that shows it
    answers: dict[str, str] = field(default_factory=dict)  # to the kind's own questions (`ListKind.asks`)
    made: dict[str, Any] = field(default_factory=dict)
    beside: list[Model] = field(default_factory=list)  # what came to be beside the rows: themes, the text that was cut


Values = Mapping[str, Any]  # of one row: the values that were read, by column name


@dataclass(frozen=True)
class Created:
    """The object of a row, and whether it was there before. None when all that came of it stands beside the rows."""

    thing: Model | None
    is_new: bool = True


@dataclass(frozen=True)
class RowCheck:
    """What must hold for a row beyond its single cells. Not asked when one of these columns could not be read."""

    columns: frozenset[str]
    find_problems: Callable[[ListContext, Values], list[str]]  # in words


@dataclass(frozen=True)
class ListKind:
    """A kind of list."""

    key: str  # in addresses and rows
    title: str  # of its page
    unit: str  # what the rows become, in words
    help: str
    columns: Sequence[ListColumn]
    model: type[Model]
    create: Callable[[ListContext, Values], Created]  # raises Refusal
    take_back: Callable[[Any], None]  # deletes what nobody has touched since; raises Refusal, or the database does
    checks: Sequence[RowCheck] = ()
    asks: Callable[[ListContext, Chosen], list[Ask]] = lambda _context, _chosen: []  # its own, about all rows
    tell: Callable[[ListContext, Values], str] = lambda _context, _values: ""  # where a row goes, if it does not say
    # Where what came in is seen: labels and addresses.
    lead_to: Callable[[Collaboration, Sequence[Any]], list[tuple[str, str]]] = lambda _collaboration, _things: []
    prepare: Callable[[ListContext, Sequence[Values]], None] = lambda _context, _rows: (
        None
    )  # before the first is created
    needs_wave: bool = False
    endings: str = ""  # of other files than spreadsheets that hold such a list
    shows_source: bool = False  # each row is shown as «enligt listan …»

    def column(self, name: str) -> ListColumn | None:
        """Return the column with this name, if any."""
        return next((column for column in self.columns if column.name == name), None)
