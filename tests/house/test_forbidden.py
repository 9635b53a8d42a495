"""No real person is named and no registry address occurs; phone numbers and e-mail addresses are fictitious."""

import re
from functools import cache

import pytest

from tests.house import forbidden
from tests.house.files import all_files, inside

LOCKS = {
    "package-lock.json",
    "requirements/base.txt",
    "requirements/demo.txt",
    "requirements/dev.txt",
    "requirements/node.txt",
}
# 08-465 004 00–99 and 070-174 06 05–99 are set aside for fiction by the Swedish telephone authority.
MADE_UP_PHONE = re.compile(r"08465004\d{0,4}$|07017406(?:0[5-9]|[1-9]\d)")
PHONE = re.compile(
    r"(?<![\w.,#-])(?:\+46 ?\(?0?\)?|0)(?:7\d|8|[1-9]\d{1,2})[ \-–/]?\d{2,3}(?:[ –-]?\d{2,3}){1,3}(?![\w-])"
)
MADE_UP_MAIL = re.compile(r"@(?:[\w-]+\.)*(?:example|example\.(?:se|com|org|net))$", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@cache
def texts() -> dict[str, str]:
    contents = {}
    for path in all_files():
        content = path.read_bytes()
        if b"\0" not in content:
            contents[inside(path)] = content.decode(errors="replace")
    return contents


def phones(text: str) -> list[str]:
    numbers = []
    for written in PHONE.findall(text):
        digits = re.sub(r"\D", "", written.replace("+46", "0").replace("(0)", ""))
        digits = f"0{digits.lstrip('0')}"
        looks_written = written != digits or digits.startswith("07")  # not just any row of digits
        if looks_written and 9 <= len(digits) <= 12 and not MADE_UP_PHONE.match(digits):
            numbers.append(written)
    return numbers


def test_no_forbidden_word_stands_anywhere():
    bad = forbidden.marks()
    known = {
        phrase: forbidden.mark(phrase) in bad for text in texts().values() for phrase in set(forbidden.phrases(text))
    }
    guilty = {phrase for phrase, is_bad in known.items() if is_bad}
    places = {name for name, text in texts().items() if guilty & set(forbidden.phrases(text))} if guilty else set()
    assert places == set()


def test_telephone_numbers_are_made_up():
    real = {name: phones(text) for name, text in texts().items() if name not in LOCKS}
    assert {name: numbers for name, numbers in real.items() if numbers} == {}


def test_mail_addresses_are_made_up():
    written = {name: MAIL.findall(text) for name, text in texts().items() if name not in LOCKS}
    real = {
        name: [address for address in addresses if not MADE_UP_MAIL.search(address)]
        for name, addresses in written.items()
    }
    assert {name: addresses for name, addresses in real.items() if addresses} == {}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ring 08-465 004 12", []),
        ("070-174 06 05–99", []),
        ("den 2016-03-01 kl 08-17", []),
        ("Ring 08-" + "123 456 78", ["08-" + "123 456 78"]),
        ("+46 70 " + "123 45 67", ["+46 70 " + "123 45 67"]),
    ],
)
def test_the_rule_knows_a_telephone_number(text, numbers):
    assert phones(text) == numbers
