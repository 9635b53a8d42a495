"""Breadth: which groups something was heard from, in words, and never how many times."""

from dataclasses import dataclass

import pytest

from surveys.rules.coverage import compute_breadth, join_role_names
from surveys.rules.roles import KNOWN_ROLES, Role


@dataclass
class Said:
    role: str


def heard(*roles, **more):
    return compute_breadth([Said(role) for role in roles], **more)


@pytest.mark.parametrize(
    ("roles", "words", "missing"),
    [
        ([], "Inga utsagor än", "boende, förtroendevalda, tjänstepersoner, näringsliv och föreningar"),
        (
            ["unknown"],
            "Hörts, men vi vet inte från vilken grupp",
            "boende, förtroendevalda, tjänstepersoner, näringsliv och föreningar",
        ),
        (
            ["resident"],
            "Hörts från boende – 1 av 5 grupper",
            "förtroendevalda, tjänstepersoner, näringsliv och föreningar",
        ),
        (
            ["official", "resident", "resident", "unknown"],
            "Hörts från boende och tjänstepersoner – 2 av 5 grupper",
            "förtroendevalda, näringsliv och föreningar",
        ),
        (
            [*KNOWN_ROLES],
            "Hörts från boende, förtroendevalda, tjänstepersoner, näringsliv och föreningar – 5 av 5 grupper",
            "",
        ),
    ],
)
def test_it_is_told_in_a_sentence_and_who_is_missing(roles, words, missing):
    breadth = heard(*roles)

    assert (breadth.words, breadth.missing_words) == (words, missing)


def test_a_voice_whose_group_is_unknown_is_a_voice_all_the_same():
    assert (heard("unknown").voices, heard("unknown").heard, heard("unknown").is_single_voice) == (1, (), True)
    assert not heard("resident", "unknown").is_single_voice
    assert not heard().is_single_voice


def test_only_possible_groups_are_counted():
    breadth = heard("resident", "business", possible=(Role.RESIDENT, Role.ELECTED))

    assert (breadth.heard, breadth.missing, breadth.possible) == (
        (Role.RESIDENT,),
        (Role.ELECTED,),
        (Role.RESIDENT, Role.ELECTED),
    )


def test_names_are_joined_as_a_swedish_list():
    assert join_role_names([]) == ""
    assert join_role_names([Role.ELECTED]) == "förtroendevalda"
    assert join_role_names([Role.UNKNOWN, Role.ELECTED, Role.BUSINESS]) == "förtroendevalda och näringsliv"
