"""Counts of people heard per role and language, which decide what may be shown beside a quote."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum

from ostberga.lib.translations.languages import SOURCE
from surveys.models import Answer, Heard, Question, Response, Statement
from surveys.rules.roles import Role
from surveys.rules.standard_questions import statement_role


@dataclass(frozen=True)
class HeardCounts:
    """People heard in some waves, and the smallest group that may be shown beside a quote."""

    by_role: Counter[tuple[int, str]]  # (wave, role) → persons
    by_language: Counter[tuple[int, str]]  # (wave, language) → persons
    by_both: Counter[tuple[int, str, str]]  # (wave, role, language) → persons
    minimum: int

    def may_show_language(self, statement: Statement) -> bool:
        """Whether the quote may be shown in its original language."""
        heard = self.by_language[statement.wave_id, statement.language]
        return statement.language == SOURCE or heard >= self.minimum

    def may_show_role(self, statement: Statement) -> bool:
        """Whether the role may be shown: enough people were heard in it (and in its language, if that is shown too)."""
        wave, role, language = statement.wave_id, statement.role, statement.language
        if role == Role.UNKNOWN or self.by_role[wave, role] < self.minimum:
            return False
        shows_language = language != SOURCE and self.may_show_language(statement)
        return not shows_language or self.by_both[wave, role, language] >= self.minimum


def count_heard(statements: Iterable[Statement], minimum: int) -> HeardCounts:
    """Count the people heard in the waves of these statements. Three queries."""
    waves = {statement.wave_id for statement in statements}
    both: Counter[tuple[int, str, str]] = Counter()
    by_language: Counter[tuple[int, str]] = Counter()
    spoken = Heard.objects.filter(interview__wave__in=waves)
    for wave, role, language, number in spoken.values_list("interview__wave", "role", "interview__language").annotate(
        Sum("number")
    ):
        both[wave, role, language] += number
        by_language[wave, language] += number
    written = Answer.objects.filter(
        response__in=Response.objects.of_people().filter(wave__in=waves),
        question__background=Question.Background.ROLE,
    )
    for wave, language, choices, number in written.values_list(
        "response__wave", "response__language", "choices"
    ).annotate(Count("pk")):
        both[wave, statement_role(choices[0] if choices else ""), language] += number
    sent = Response.objects.of_people().filter(wave__in=waves).values_list("wave", "language").annotate(Count("pk"))
    for wave, language, number in sent:
        by_language[wave, language] += number
    by_role: Counter[tuple[int, str]] = Counter()
    for (wave, role, _language), number in both.items():
        by_role[wave, role] += number
    return HeardCounts(by_role, by_language, both, minimum)
