"""Coding statements a second time, blind to the first coding, and comparing the two when the pile is done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actors.models import User
from actors.rules.rights import CODE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.models import Attachment, Perspective, Pile, PiledText, SecondChoice, Statement
from surveys.rules.lineage import roots

FROZEN = "Högen är klar, och du har kunnat se den första kodningen. Då ändras inte den andra längre."


@dataclass(frozen=True)
class ComparedStatement:
    """What two coders thought that one statement expresses."""

    statement: Statement
    first: tuple[Perspective, ...]
    second: tuple[Perspective, ...]

    @property
    def is_alike(self) -> bool:
        """Whether both chose the same perspectives."""
        return set(self.first) == set(self.second)


@transaction.atomic
def code_again(text: PiledText, *, perspectives: Iterable[Perspective], by: User) -> None:
    """Store which perspectives a second coder thinks that the statement expresses; none means that none fits.

    Nothing is attached. It can be changed until the whole pile is done: then both codings are shown. What comes back to
    a pile that has been shown, since its masking is confirmed anew, is coded once.
    """
    pile = _lock(text.pile_id)
    text.refresh_from_db(from_queryset=PiledText.objects.select_for_update(no_key=True, of=("self",)))
    require(by, CODE, text)
    if text.done_at is not None and is_done(pile):
        raise Refusal(FROZEN, code="pile_is_done")
    chosen = list(dict.fromkeys(perspective.current for perspective in perspectives))
    if any(perspective.collaboration_id != pile.collaboration_id for perspective in chosen):
        raise Refusal("Perspektivet hör till en annan samverkan.", code="elsewhere")
    text.choices.all().delete()
    SecondChoice.objects.bulk_create(SecondChoice(text=text, perspective=perspective) for perspective in chosen)
    text.done_at = timezone.now()
    text.save(update_fields=["done_at"])


def is_done(pile: Pile) -> bool:
    """Whether both codings may be seen: nothing is left, they have been shown, or she no longer has it. One query."""
    return pile.shown_at is not None or pile.taken_back_at is not None or not pile.texts.left().exists()


@transaction.atomic
def show(pile: Pile) -> list[ComparedStatement]:
    """Return both codings of a pile that is done, and note that they have been seen: from then on they are frozen.

    A statement whose masking is reopened would otherwise make the pile look done for a while. Raises Refusal before.
    """
    locked = _lock(pile.pk)
    if not is_done(locked):
        raise Refusal("Högen är inte klar än. Båda kodningarna visas när inget är kvar.", code="pile_is_not_done")
    if locked.shown_at is None:
        locked.shown_at = timezone.now()
        locked.save(update_fields=["shown_at"])
    return compare(locked)


def compare(pile: Pile) -> list[ComparedStatement]:
    """Return both codings of the statements that have been coded twice, those that differ first. Five queries.

    Pages call `show`. Merged perspectives count as what they were merged into.
    """
    done = pile.texts.filter(done_at__isnull=False, statement__state=Statement.State.CONFIRMED)
    texts = list(done.select_related("statement").defer("statement__raw_text"))
    attached = Attachment.objects.current().filter(statement__in=[text.statement_id for text in texts])
    chosen = SecondChoice.objects.filter(text__in=texts)
    known = Perspective.objects.filter(collaboration=pile.collaboration_id)
    current, by_key = roots(known.merges()), known.in_bulk()
    first, second = _by_row(attached, "statement", current), _by_row(chosen, "text", current)
    compared = [
        ComparedStatement(text.statement, _named(first[text.statement_id], by_key), _named(second[text.pk], by_key))
        for text in texts
        if text.statement is not None
    ]
    return sorted(compared, key=lambda row: row.is_alike)


def _lock(pile: int) -> Pile:
    return Pile.objects.select_for_update(no_key=True, of=("self",)).get(pk=pile)


def _by_row(rows: QuerySet[Any], column: str, current: Mapping[int, int]) -> dict[object, set[int]]:
    """Return the keys of the perspectives of each statement or text, with merges resolved."""
    keys: dict[object, set[int]] = defaultdict(set)
    for row, perspective in rows.values_list(column, "perspective"):
        keys[row].add(current[perspective])
    return keys


def _named(keys: Iterable[int], by_key: Mapping[int, Perspective]) -> tuple[Perspective, ...]:
    return tuple(sorted((by_key[key] for key in keys), key=str))
