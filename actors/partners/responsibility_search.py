"""«Vem ansvarar för …?»: finds the body that answers for something, by the words people use."""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from actors.models import Collaboration, Responsibility
from actors.people.memberships import bodies_of

# What people write around the word they mean.
STOP_WORDS = frozenset(
    [
        "vem",
        "vilka",
        "vilken",
        "ansvarar",
        "sköter",
        "äger",
        "fixar",
        "lagar",
        "har",
        "hand",
        "om",
        "för",
        "på",
        "i",
        "av",
        "det",
        "den",
        "som",
        "är",
        "ett",
        "en",
    ]
)
# Below this likeness (0–1) a word is not even a misspelling of another.
MINIMUM_LIKENESS = 0.45


def search_responsibilities(question: str, collaboration: Collaboration) -> QuerySet[Responsibility]:
    """Responsibilities that fit the question, best first; misspellings are forgiven. One query."""
    asked = " ".join(word for word in re.findall(r"\w+", question.lower()) if word not in STOP_WORDS)
    within = Responsibility.objects.filter(organisation__in=bodies_of(collaboration)).select_related("organisation")
    if not asked:
        return within.none()
    exactness = Case(
        When(subject__iexact=asked, then=Value(3)),
        When(search_words__contains=asked, then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
    ranked = within.annotate(exactness=exactness, likeness=TrigramWordSimilarity(asked, "search_words"))
    fits = ranked.filter(Q(exactness__gt=0) | Q(likeness__gte=MINIMUM_LIKENESS))
    return fits.order_by(F("exactness").desc(), F("likeness").desc(), "subject")[:6]
