"""Counts of people heard per role and language, which decide what may be shown beside a quote.

Which groups were large enough is decided once, when the wave closes for the first time (`Wave.large_groups`). Answers
that come afterwards add no group, so that nobody can tell from a page when a small group reached six.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum

from ostberga.lib.translations.languages import SOURCE
from surveys.models import Answer, Heard, Question, Response, Statement, Wave
from surveys.rules.roles import Role
from surveys.rules.standard_questions import statement_role

ANY = ""  # whatever the role or the language
Group = tuple[int, str, str]  # wave, role, language


@dataclass(frozen=True)
class HeardCounts:
    """People heard in some waves, the groups that were large enough when each wave closed, and the smallest such."""

    people: Counter[Group]
    decided: frozenset[Group]
    minimum: int

    def may_show_language(self, statement: Statement) -> bool:
        """Whether the quote may be shown in its original language."""
        return statement.language == SOURCE or self._is_large(statement.wave_id, ANY, statement.language)

    def may_show_role(self, statement: Statement) -> bool:
        """Whether the role may be shown: enough people were heard in it (and in its language, if that is shown too)."""
        wave, role, language = statement.wave_id, statement.role, statement.language
        if role == Role.UNKNOWN or not self._is_large(wave, role, ANY):
            return False
        shows_language = language != SOURCE and self.may_show_language(statement)
        return not shows_language or self._is_large(wave, role, language)

    def _is_large(self, wave: int, role: str, language: str) -> bool:
        """Whether it was large enough when the wave closed, and is so still: a correction may have made it smaller."""
        group = (wave, role, language)
        return group in self.decided and self.people[group] >= self.minimum


def count_heard(statements: Iterable[Statement], minimum: int) -> HeardCounts:
    """Count the people heard in the waves of these statements, whose waves are fetched with them. Three queries."""
    waves = {statement.wave_id: statement.wave.large_groups for statement in statements}
    decided = {wave: groups for wave, groups in waves.items() if groups is not None}
    large = frozenset((wave, role, language) for wave, groups in decided.items() for role, language in groups)
    return HeardCounts(_count_people(decided), large, minimum)


def find_large_groups(wave: Wave) -> list[list[str]]:
    """The roles, languages and both together of which enough people are heard today, as `Wave.large_groups` keeps."""
    minimum = wave.survey.collaboration.minimum_group
    people = _count_people([wave.pk])
    return sorted([role, language] for (_, role, language), number in people.items() if number >= minimum)


def _count_people(waves: Collection[int]) -> Counter[Group]:
    people: Counter[Group] = Counter()
    spoken = Heard.objects.filter(interview__wave__in=waves)
    for wave, role, language, number in spoken.values_list("interview__wave", "role", "interview__language").annotate(
        Sum("number")
    ):
        for group in ((wave, role, language), (wave, role, ANY), (wave, ANY, language)):
            people[group] += number
    written = Answer.objects.filter(
        response__in=Response.objects.of_people().filter(wave__in=waves),
        question__background=Question.Background.ROLE,
    )
    for wave, language, choices, number in written.values_list(
        "response__wave", "response__language", "choices"
    ).annotate(Count("pk")):
        role = statement_role(choices[0] if choices else "")
        people[wave, role, language] += number
        people[wave, role, ANY] += number
    sent = Response.objects.of_people().filter(wave__in=waves).values_list("wave", "language").annotate(Count("pk"))
    for wave, language, number in sent:
        people[wave, ANY, language] += number
    return people
