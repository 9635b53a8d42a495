"""Search in masked text: Swedish words by their stem, and parts of compound words, ignoring case."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from surveys.models.codebook import PerspectiveQuerySet
from surveys.models.statements import StatementQuerySet

LONGEST = 200  # characters of a query that are used


def search_statements(statements: StatementQuerySet, typed: str) -> StatementQuerySet:
    """Return statements whose masked text or translation has all the words: «belysning» finds «parkbelysning».

    The raw text is encrypted and never searched.
    """
    for word in typed[:LONGEST].split():
        statements = statements.filter(
            Q(search=SearchQuery(word, config="swedish")) | Q(text__icontains=word) | Q(translation__icontains=word)
        )
    return statements


def search_perspectives(perspectives: PerspectiveQuerySet, typed: str) -> PerspectiveQuerySet:
    """Return perspectives whose Swedish title or description has all the words, best match first.

    A match at the beginning of a word in the title ranks before one inside a word, and that before the description.
    Annotated with `is_in_title`: whether all the words are in the title.
    """
    distance: Combinable = Value(0)
    missing = Q()
    for word in typed[:LONGEST].split():
        inside = Q(title__sv__icontains=word)
        perspectives = perspectives.filter(inside | Q(description__icontains=word))
        begins = Q(title__sv__istartswith=word) | Q(title__sv__icontains=f" {word}")
        distance += Case(When(begins, then=0), When(inside, then=1), default=100, output_field=IntegerField())
        missing |= ~inside
    in_title = Case(When(missing, then=False), default=True) if missing else Value(True)
    return perspectives.annotate(distance=distance, is_in_title=in_title).order_by("distance", "created_at", "pk")
