"""Search in masked words: whole Swedish words by their stem, and parts of compounds, whatever the case."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

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
    """Those whose words, in Swedish or as described, have every word asked for."""
    for word in typed[:LONGEST].split():
        perspectives = perspectives.filter(Q(title__sv__icontains=word) | Q(description__icontains=word))
    return perspectives
