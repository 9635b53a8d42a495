"""Which piles are out, how much is left in each, and how many texts could be dealt."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from actors.models import Collaboration, User
from surveys.coding.reading_queue import count_undealt, waves_to_read
from surveys.models import Pile, PiledText, Wave


@dataclass(frozen=True)
class PileRow:
    """A pile that somebody has."""

    pile: Pile
    total: int
    left: int
    is_held: bool  # whether whoever has it still has the task in which it was dealt

    @property
    def is_comparable(self) -> bool:
        """Whether its two codings can be seen beside each other."""
        return self.pile.kind == Pile.Kind.SECOND and (self.left == 0 or self.pile.shown_at is not None)

    @property
    def done(self) -> int:
        """How many of its texts are done."""
        return self.total - self.left


@dataclass(frozen=True)
class UndealtWave:
    """A wave, and how many unread texts of it lie in nobody's pile."""

    wave: Wave
    number: int


def piles_out(collaboration: Collaboration) -> list[PileRow]:
    """Return the piles that have not been taken back, by coder. Four queries."""
    piles = collaboration.piles.filter(taken_back_at=None).select_related("coder", "dealt_by")
    held = set(collaboration.piles.held().values_list("pk", flat=True))
    total, left = _counts(piles)
    rows = [PileRow(pile, total.get(pile.pk, 0), left.get(pile.pk, 0), pile.pk in held) for pile in piles]
    return sorted(rows, key=lambda row: (str(row.pile.coder), row.pile.dealt_at))


def piles_of(user: User, collaboration: Collaboration, kind: str) -> list[PileRow]:
    """Return her own piles of a kind. Three queries."""
    piles = Pile.objects.coded_by(user).filter(collaboration=collaboration, kind=kind)
    total, left = _counts(piles)
    return [PileRow(pile, total.get(pile.pk, 0), left.get(pile.pk, 0), True) for pile in piles.order_by("dealt_at")]


def count_left(user: User) -> dict[tuple[int, str], int]:
    """Return how many texts are left in her piles, by collaboration and kind. One query."""
    left = PiledText.objects.in_hands_of(user).left()
    rows = left.values_list("pile__collaboration", "pile__kind").annotate(number=Count("pk")).order_by()
    return {(place, kind): number for place, kind, number in rows}


def undealt_waves(collaboration: Collaboration) -> list[UndealtWave]:
    """Return the waves with texts to read, and how many can be dealt. Three queries."""
    numbers = count_undealt(collaboration)
    return [UndealtWave(wave, numbers[wave.pk]) for wave in waves_to_read(collaboration)]


def _counts(piles: QuerySet[Pile]) -> tuple[dict[int, int], dict[int, int]]:
    """Return how many texts the piles hold, and how many are left, by the key of the pile."""
    texts = PiledText.objects.filter(pile__in=piles).exclude(~Q(statement=None) & ~Q(statement__state="confirmed"))
    total = dict(texts.values_list("pile").annotate(Count("pk")).order_by())
    return total, dict(texts.left().values_list("pile").annotate(Count("pk")).order_by())
