"""Names that a reader takes for each other."""

import pytest

from actors.rules.names import is_plain, look_of


@pytest.mark.parametrize(
    "other",
    [
        "TRAFIKKONTORET",
        "Trafik kontoret",
        "Trafik\u200bkontoret",
        "Traf1kkontoret",
        "Trafikk0ntoret",
        "Tｒafikkontoret",
        "Träfikkontoret",
        "Trafíkkontoret",
        "Trafikkontøret",
        "Tra\u0300fikkontoret",
    ],
)
def test_it_looks_like_trafikkontoret(other):
    assert look_of(other) == look_of("Trafikkontoret")


@pytest.mark.parametrize("other", ["Trafikkontoren", "Trafikkontoret Öst", "Kultur"])
def test_it_looks_like_another(other):
    assert look_of(other) != look_of("Trafikkontoret")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Åsö förening 2", True),
        ("Sáme\u0161", True),
        ("Тrafikkontoret", False),
        ("ɑ", False),
        ("12", False),
        ("Polisen\u202e", False),
        ("Pol\u200bisen", False),
    ],
)
def test_only_latin_letters(name, plain):
    assert is_plain(name) is plain
