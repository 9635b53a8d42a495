"""Search in masked text: Swedish words by their stem, inside others or misspelt, whatever case and accents."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform

from ostberga.lib.folding import Folded, compose, fold, is_exact, split_terms
from ostberga.lib.searching.words import MisspeltWords, matching
from surveys.models.codebook import PerspectiveQuerySet
from surveys.models.statements import Statement, StatementQuerySet

LONGEST = 200  # characters of a query that are used


def search_statements(statements: StatementQuerySet, typed: str) -> tuple[StatementQuerySet, bool]:
    """Return statements whose masked text or translation has all the words: «belysning» finds «parkbelysning».

    When none has, return those with words like them, and True. The raw text is encrypted and never searched.
    """
    exact = _with_words(statements, typed)
    if exact.exists():
        return exact, False
    words = MisspeltWords(split_terms(typed[:LONGEST]))
    if not words:
        return exact, False
    alike = statements.filter(pk__in=matching(Statement.objects.all(), words, "text", "translation").values("pk"))
    return (alike, True) if alike.exists() else (exact, False)


def _with_words(statements: StatementQuerySet, typed: str) -> StatementQuerySet:
    statements = statements.alias(folded_text=Folded("text"), folded_translation=Folded("translation"))
    for word in split_terms(typed[:LONGEST]):
        if is_exact(word):
            inside = Q(text__icontains=compose(word)) | Q(translation__icontains=compose(word))
        else:
            inside = Q(folded_text__contains=fold(word)) | Q(folded_translation__contains=fold(word))
        statements = statements.filter(Q(search=SearchQuery(compose(word), config="swedish")) | inside)
    return statements


def search_perspectives(perspectives: PerspectiveQuerySet, typed: str) -> PerspectiveQuerySet:
    """Return perspectives whose Swedish title or description has all the words, best match first.

    A match at the beginning of a word in the title ranks before one inside a word, and that before the description.
    Annotated with `is_in_title`: whether all the words are in the title.
    """
    distance: Combinable = Value(0)
    missing = Q()
    title = KeyTextTransform("sv", "title")
    perspectives = perspectives.alias(folded_title=Folded(title), folded_description=Folded("description"))
    for word in map(fold, split_terms(typed[:LONGEST])):
        inside = Q(folded_title__contains=word)
        perspectives = perspectives.filter(inside | Q(folded_description__contains=word))
        begins = Q(folded_title__startswith=word) | Q(folded_title__contains=f" {word}")
        distance += Case(When(begins, then=0), When(inside, then=1), default=100, output_field=IntegerField())
        missing |= ~inside
    in_title = Case(When(missing, then=False), default=True) if missing else Value(True)
    return perspectives.annotate(distance=distance, is_in_title=in_title).order_by("distance", "created_at", "pk")
