"""Search in masked words: whole Swedish words by their stem, and parts of compounds, whatever the case."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from surveys.models.codebook import PerspectiveQuerySet
from surveys.models.statements import StatementQuerySet

LONGEST = 200  # signs of a question; more is a pasted text, not a search


def search_statements(statements: StatementQuerySet, typed: str) -> StatementQuerySet:
    """Those whose masked text or translation has every word asked for: «belysning» finds «parkbelysning».

    The raw text is never searched: it is locked, and must not answer questions.
    """
    for word in typed[:LONGEST].split():
        statements = statements.filter(
            Q(search=SearchQuery(word, config="swedish")) | Q(text__icontains=word) | Q(translation__icontains=word)
        )
    return statements


def search_perspectives(perspectives: PerspectiveQuerySet, typed: str) -> PerspectiveQuerySet:
    """Those whose words, in Swedish or as described, have every word asked for: the nearest first.

    A word that begins one in the title counts before a part of one, and that before the description: «ljus» gives
    «Vi som vill se ljuset» before «Det är mörkt i sovrummet», which speaks of light only when it is described.
    `is_in_title` says whether all words asked for stand in the title.
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
