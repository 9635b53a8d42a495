"""Redaction finds what may identify somebody, in four languages, but not places and organisations."""

from pathlib import Path

import pytest

from surveys.redaction.detection import (
    FindingCertainty,
    IdentifierKind,
    find_danger_signs,
    find_identifiers,
    mask_text,
)

STATEMENTS = (Path(__file__).parent / "statements.txt").read_text(encoding="utf-8").splitlines()


def masked(text: str) -> str:
    return mask_text(text, find_identifiers(text))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Hon i port 14, tredje våningen, ringer polisen varje helg, nummer 070-174 06 12.",
            "Hon i [adress], [våning], ringer polisen varje helg, nummer [telefonnummer].",
        ),
        ("Min granne är sjukskriven och heter Testnamn Testsson.", "Min granne är sjukskriven och heter [namn]."),
        ("Skriv till mig på boende@example.se.", "Skriv till mig på [e-post]."),
    ],
)
def test_what_the_brief_says_must_be_masked(said, expected):
    assert masked(said) == expected


def test_ordinary_statements_give_few_false_alarms():
    flagged = [said for said in STATEMENTS if find_identifiers(said) or find_danger_signs(said)]

    assert len(STATEMENTS) == 58
    assert len(flagged) <= 3, flagged


@pytest.mark.parametrize(
    ("said", "kind", "certainty"),
    [
        ("121212-1212", IdentifierKind.PERSONNUMMER, FindingCertainty.CERTAIN),
        ("20121212-1212", IdentifierKind.PERSONNUMMER, FindingCertainty.CERTAIN),
        ("201212121212", IdentifierKind.PERSONNUMMER, FindingCertainty.CERTAIN),
        ("2012-12-12-1212", IdentifierKind.PERSONNUMMER, FindingCertainty.CERTAIN),
        ("121212+1212", IdentifierKind.PERSONNUMMER, FindingCertainty.CERTAIN),
        ("١٢١٢١٢-١٢١٢", IdentifierKind.PERSONNUMMER, FindingCertainty.CERTAIN),
        ("12\u200b1212\u20111212", IdentifierKind.PERSONNUMMER, FindingCertainty.CERTAIN),
        ("850101-1234", IdentifierKind.PERSONNUMMER, FindingCertainty.POSSIBLE),
        ("701063-2391", IdentifierKind.SAMORDNINGSNUMMER, FindingCertainty.CERTAIN),
    ],
)
def test_numbers_of_people_are_found_however_they_are_written(said, kind, certainty):
    (finding,) = find_identifiers(f"Jag har {said} på kortet")

    assert (finding.text, finding.kind, finding.certainty) == (said, kind, certainty)


@pytest.mark.parametrize(
    "said",
    [
        *("070-174 06 12", "0701740612", "070 174 06 12", "+46 70 174 06 12", "+46 (0)70-174 06 12", "0046701740612"),
        *(
            "08-465 004 00",
            "08 465 004 00",
            "+46 8 465 004 00",
            "084650040",
            "70-174 06 12",
            "٠٧٠١٧٤٠٦١٢",
            "０７０-１７４０６１２",
        ),
    ],
)
def test_telephone_numbers_are_found(said):
    assert masked(f"Nå mig via {said}, tack") == "Nå mig via [telefonnummer], tack"


def test_a_short_number_is_found_after_a_word_that_says_so():
    assert masked("ring 465 004 00 i dag") == "ring [telefonnummer] i dag"


@pytest.mark.parametrize(
    "said",
    [
        *("boende@example.se", "test.testsson+1@mail.example.com", "boende snabel-a example punkt se"),
        *("boende (at) example.se", "boende [snabela] example.se", "boende at example dot se"),
    ],
)
def test_mail_addresses_are_found(said):
    assert masked(f"Skriv: {said}!") == "Skriv: [e-post]!"


@pytest.mark.parametrize(
    "said",
    [
        *("Östbergabackarna 14", "östbergabackarna 14 b", "Gatan 3B", "Testvägen 12", "Teststigen 7 A", "Testgränd 1"),
        *(
            "Testtorget 3",
            "Testplan 5",
            "port 14",
            "porten nr 14",
            "uppgång B",
            "trapphus 3",
            "14 Test Street",
            "door 14",
        ),
        *("albaabka 14", "dhismaha 3", "عمارة ٣", "شارع الاختبار ١٤", "Gatan 3-5", "125 73 Testby"),
    ],
)
def test_addresses_are_found(said):
    assert masked(f"hon i {said}, där borta") == "hon i [adress], där borta"


@pytest.mark.parametrize(
    "said",
    [
        *(
            "tredje våningen",
            "3:e våningen",
            "översta våningen",
            "vån 3",
            "våning 3",
            "3 tr",
            "två trappor upp",
            "plan 2",
        ),
        *("third floor", "3rd floor", "floor 3", "dabaqa saddexaad", "dabaqa 3aad", "الطابق الثالث", "طابق ٣"),
    ],
)
def test_floors_are_found(said):
    assert masked(f"på {said}, där borta") == "på [våning], där borta"


@pytest.mark.parametrize("said", ["lgh 1102", "lägenhet 12", "lgh nr 1102", "apartment 12", "شقة ١٢"])
def test_apartments_are_found(said):
    assert masked(f"i {said}, där") == "i [lägenhetsnummer], där"


@pytest.mark.parametrize("said", ["ABC 123", "ABC123", "ABC12D", "abc123", "ABC-12D"])
def test_plates_are_found(said):
    assert masked(f"en vit bil, {said}, stod där") == "en vit bil, [registreringsnummer], stod där"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Testnamn Testsson ringde.", "[namn] ringde."),
        ("Jag såg Testnamn af Test där.", "Jag såg [namn] där."),
        ("När Karin kom.", "När [namn] kom."),
        ("Annas son", "[namn] son"),
        ("Hon heter Anna-Karin O'Test nu", "Hon heter [namn] nu"),
        ("han heter testnamn", "han heter [namn]"),
        ("Min granne Testina skriker", "Min granne [namn] skriker"),
        ("han kallas för Testarn", "han kallas för [namn]"),
        ("Grannen Testström sa nej", "Grannen [namn] sa nej"),
        ("a man named Test Testy", "a man named [namn]"),
        ("My name is Test.", "My name is [namn]."),
        ("magaciisu waa Test Testow", "magaciisu waa [namn]"),
        ("deriskayga Xasan", "deriskayga [namn]"),
        ("اسمه اختبار", "اسمه [namn]"),
        ("جارتي وفاطمة هنا", "جارتي [namn] هنا"),
        ("jag och ahmed", "jag och [namn]"),
    ],
)
def test_likely_names_are_found(said, expected):
    assert masked(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Följ @testkonto", "Följ [konto]"),
        ("insta: test.konto", "insta: [konto]"),
        ("Se https://example.se/x?y=1, tack", "Se [webbadress], tack"),
        ("Se www.example.se.", "Se [webbadress]."),
    ],
)
def test_accounts_and_pages_are_found(said, expected):
    assert masked(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "Östberga, Årsta och SL, Svenska bostäder och Svenska Bostäder, Enskede-Årsta-Vantörs stadsdelsförvaltning.",
        "Buss 134 och 168 går 07.30-16.00, den 2016-05-08 kl. 12:30, och 1 000 namn lämnades över.",
        "Jag gick vägen 3 gånger och satt vid torget 14 minuter. Vi ses på gården 8 maj.",
        "Vår plan 2017-2019 gäller. Ring 112 eller 1177. Vi var 25 personer den 08-05-2017.",
        "Jag heter det jag heter. Vad heter han? Det heter Kulturhuset.",
        "HJÄLP OSS NU. Det är MÖRKT. I like Stockholm in May.",
        "",
    ],
)
def test_places_bodies_times_and_counts_are_left_alone(said):
    assert find_identifiers(said) == []
