"""How many people we have heard, by category: conversations and forms together."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db.models import Sum

from surveys.background import statement_role
from surveys.models import Answer, Heard, Question, Statement
from surveys.roles import Role


def heard_by_role(waves: Collection[int]) -> Counter[tuple[int, str]]:
    """Persons heard as (wave, role) → number, in those waves. Two queries."""
    heard: Counter[tuple[int, str]] = Counter()
    spoken = Heard.objects.filter(interview__wave__in=waves)
    for wave, role, number in spoken.values_list("interview__wave", "role").annotate(Sum("number")):
        heard[wave, role] += number
    written = Answer.objects.filter(response__wave__in=waves, question__background=Question.Background.ROLE)
    for wave, choices in written.values_list("response__wave", "choices"):
        heard[wave, statement_role(choices[0] if choices else "")] += 1
    return heard


def nameable_roles(statements: Iterable[Statement], minimum: int) -> set[tuple[int, str]]:
    """The (wave, role) pairs so many were heard from that a quote may stand beside the role. Two queries."""
    waves = {statement.wave_id for statement in statements}
    heard = heard_by_role(waves)
    return {key for key, number in heard.items() if number >= minimum and key[1] != Role.UNKNOWN}
