"""Search for the organisation responsible for something («Vem ansvarar för …?»), by the words people use."""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from actors.models import Collaboration, Responsibility
from actors.people.memberships import bodies_of
from ostberga.lib.folding import Folded, fold

# Words of a question that are not searched for.
_STOP = "vem vilka vilken ansvarar sköter äger fixar lagar har hand om för på i av det den som är ett en"
STOP_WORDS = frozenset(map(fold, _STOP.split()))
# Lowest trigram similarity (0–1) that counts as a misspelling.
MINIMUM_LIKENESS = 0.45


def search_responsibilities(question: str, collaboration: Collaboration) -> QuerySet[Responsibility]:
    """At most six responsibilities that match the question, best first, tolerant of misspellings. One query.

    Searched are the organisations' own and those written in this collaboration.
    """
    asked = " ".join(word for word in re.findall(r"\w+", fold(question)) if word not in STOP_WORDS)
    written = Responsibility.objects.shown_in(collaboration).select_related("organisation")
    within = written.filter(organisation__in=bodies_of(collaboration))
    if not asked:
        return within.none()
    exactness = Case(
        When(folded_subject=asked, then=Value(3)),
        When(folded_words__contains=asked, then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
    folded = within.alias(folded_subject=Folded("subject"), folded_words=Folded("search_words"))
    ranked = folded.annotate(exactness=exactness, likeness=TrigramWordSimilarity(asked, F("folded_words")))
    fits = ranked.filter(Q(exactness__gt=0) | Q(likeness__gte=MINIMUM_LIKENESS))
    return fits.order_by(F("exactness").desc(), F("likeness").desc(), "subject")[:6]
