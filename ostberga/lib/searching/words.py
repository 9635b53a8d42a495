"""Words to search for: folded, by their stem, as a part of a compound, or misspelt."""

import functools
import operator
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramStrictWordSimilarity
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import GreaterThanOrEqual

from ostberga.lib.folding import Folded, compose, fold, is_exact

MIN_MISSPELT = 5  # letters of a word that may be misspelt
LIKENESS = 0.4  # how much of a word's three-letter parts the other must share (0–1)


class Words(tuple[str, ...]):
    """Words to look for, as they were typed."""

    __slots__ = ()

    def condition(self, word: str, numbers: Iterable[int]) -> Q:
        """The word is in one of the texts: by its stem, or as a part of another word."""
        if is_exact(word):
            parts = [Q((f"text_{number}__icontains", compose(word))) for number in numbers]
        else:
            parts = [Q((f"folded_{number}__contains", fold(word))) for number in numbers]
        stem = SearchQuery(fold(word), config="swedish", search_type="phrase" if " " in word else "plain")
        return functools.reduce(operator.or_, parts, Q(vector=stem))


class MisspeltWords(Words):
    """Words that nothing holds as they were typed."""

    __slots__ = ()

    def condition(self, word: str, numbers: Iterable[int]) -> Q:
        """A word like it is in one of the texts; a short word, and several together, must be there as they are."""
        if len(word) < MIN_MISSPELT or " " in word:
            return super().condition(word, numbers)
        alike = (TrigramStrictWordSimilarity(fold(word), F(f"folded_{number}")) for number in numbers)
        return Q(GreaterThanOrEqual(Greatest(*alike, Value(0.0)), LIKENESS))


def matching(rows: "QuerySet[Any]", words: Words, *fields: str) -> "QuerySet[Any]":
    """The rows where each word is in at least one of the fields."""
    texts = {f"text_{number}": _text(name) for number, name in enumerate(fields)}
    folded = {f"folded_{number}": Folded(_text(name)) for number, name in enumerate(fields)}
    rows = rows.alias(**texts, **folded).alias(vector=SearchVector(*folded, config="swedish"))
    for word in words:
        rows = rows.filter(words.condition(word, range(len(fields))))
    return rows


def _text(name: str) -> Combinable:
    """The text of a field; «title.sv» is the Swedish text of a field in several languages."""
    *path, last = name.split(".")
    text = KeyTextTransform(last, path[0]) if path else F(name)
    return Coalesce(text, Value(""), output_field=TextField())
