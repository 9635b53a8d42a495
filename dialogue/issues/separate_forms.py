"""Which forms are heard in another dialogue: what they hear is told in none of this one's issues.

The codebook is the collaboration's, so that a perspective of one dialogue may rest on what another has heard.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from dialogue.models import Dialogue


@dataclass
class _DialogueForms:
    """When a dialogue began and ended, and the keys of its forms."""

    collaboration: int
    started_on: dt.date | None
    ended_on: dt.date | None
    forms: set[int] = field(default_factory=set)

    def had_ended_before(self, other: "_DialogueForms") -> bool:
        """Whether it was over when the other began; one with no first day is taken to have begun after it."""
        if self.ended_on is None:
            return False
        return other.started_on is None or self.ended_on <= other.started_on


def forms_apart(dialogues: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the keys of the forms that are heard in other dialogues, for each of these. One query.

    Not those of a dialogue that had ended when this one began: it goes on from there. Nor those that belong to none.
    """
    asked = set(dialogues)
    every = _forms_by_dialogue(asked)
    return {key: frozenset(_forms_of_others(key, every)) for key in asked}


def forms_apart_from(dialogue: Dialogue) -> frozenset[int]:
    """Return the same for one dialogue."""
    return forms_apart([dialogue.pk])[dialogue.pk]


def _forms_by_dialogue(dialogues: Iterable[int]) -> dict[int, _DialogueForms]:
    """All dialogues of the collaborations of these."""
    within = Dialogue.objects.filter(pk__in=dialogues).values("collaboration")
    rows = Dialogue.objects.filter(collaboration__in=within).order_by()
    every: dict[int, _DialogueForms] = {}
    facts = rows.values_list("pk", "surveys", "collaboration", "started_on", "ended_on")
    for key, form, place, started_on, ended_on in facts:
        row = every.setdefault(key, _DialogueForms(place, started_on, ended_on))
        if form is not None:
            row.forms.add(form)
    return every


def _forms_of_others(key: int, every: dict[int, _DialogueForms]) -> set[int]:
    this = every[key]
    beside = [other for other in every.values() if other.collaboration == this.collaboration]
    return {form for other in beside if not other.had_ended_before(this) for form in other.forms} - this.forms
