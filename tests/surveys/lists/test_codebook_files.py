"""Åke brings in a codebook that another program wrote (QDC, REFI-QDA).

The files in other_programs/ were written by the programs' own code, from codes that we made up.
"""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.importing.reading.codebooks import read_codebook
from surveys.importing.reading.files import read_file
from surveys.importing.reading.tables import UnreadableFile
from surveys.models import Perspective, Theme

KEYS = [f"{number}0000000-0000-4000-8000-000000000000" for number in range(1, 9)]
CODES = f"""<Codes>
  <Code guid="{KEYS[0]}" name="Trygghet" isCodable="false">
    <Description>Att våga gå ut</Description>
    <Code guid="{KEYS[1]}" name="Vi som vill ha ljus" isCodable="true" color="#00ff00">
      <Description>Lampor &amp; stolpar</Description>
    </Code>
  </Code>
  <Code guid="{KEYS[2]}" name="Vi som odlar" isCodable="true">
    <Code guid="{KEYS[3]}" name="Vi som gräver" isCodable="1"/></Code>
</Codes>"""
SETS = f"""<Sets>
  <Set guid="{KEYS[4]}" name="Ute"><MemberCode guid="{{{KEYS[1].upper()}}}"/><MemberCode guid="{KEYS[2]}"/></Set>
  <Set guid="{KEYS[5]}" name="Tomt"><Description>Ingen än</Description></Set>
</Sets>"""


def codebook(inside=CODES + SETS, before=""):
    return f'<?xml version="1.0"?>{before}<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{inside}</CodeBook>'.encode()


def test_sets_and_codes_that_hold_others_are_themes():
    assert read_codebook(codebook()).rows[1:] == [
        ["Ute", "", "Vi som vill ha ljus", "Lampor & stolpar"],
        ["Trygghet", "Att våga gå ut", "Vi som vill ha ljus", "Lampor & stolpar"],
        ["Ute", "", "Vi som odlar", ""],
        ["Vi som odlar", "", "Vi som gräver", ""],
        ["Tomt", "Ingen än", "", ""],
    ]


OTHER_PROGRAMS = Path(__file__).with_name("other_programs")
WRITTEN_ELSEWHERE = {
    "taguette-1.5.2.qdc": [  # a list of sets without a set, which the standard does not allow
        ["", "", "odling 🌱", ""],
        ["", "", "trygghet", ""],
        ["", "", "trygghet.ljus", ""],
        ["", "", "trygghet.ögon på gatan", ""],
    ],
    "aqda-0.5.0.qdc": [
        ["", "", "Trygghet", "Att våga gå ut"],
        ["Trygghet", "Att våga gå ut", "Vi som vill ha ljus", "Lampor & stolpar <vid porten>"],
        ["", "", "Vi som odlar 🌱", ""],
    ],
}


@pytest.mark.parametrize("name", WRITTEN_ELSEWHERE)
def test_what_other_programs_wrote_is_read(name):
    assert read_codebook((OTHER_PROGRAMS / name).read_bytes()).rows[1:] == WRITTEN_ELSEWHERE[name]


@pytest.mark.parametrize("version", ["0:4", "1:0", "0.4"])
def test_a_program_that_names_the_version_otherwise_is_read_too(version):
    """ATLAS.ti and older QualCoder do."""
    content = codebook().replace(b"codebook:1.0", f"codebook:{version}".encode())
    assert read_codebook(content).rows == read_codebook(codebook()).rows


@pytest.fixture
def bring_file(bring):
    """Send a file to the codebook's pages; what was shown is stored when it is to be."""

    def send(content, is_stored=False):
        page = bring("kodbok", file=SimpleUploadedFile("koder.qdc", content))
        return page if not is_stored else bring("kodbok", book=page.context["form"].source.book, is_stored=True)

    return send


def test_it_comes_in_through_the_same_dry_run_and_is_taken_back(bring_file, take_back):
    page = bring_file(codebook())
    assert "5 av 5 rader går att spara. Inget är sparat än." in page.text
    assert not Perspective.objects.exists()
    bring_file(codebook(), is_stored=True)
    light = Perspective.objects.get(title__sv="Vi som vill ha ljus")

    assert (light.description, {str(place.theme) for place in light.placements.all()}) == (
        "Lampor & stolpar", {"Ute", "Trygghet"},
    )  # fmt: skip
    assert Theme.objects.get(title__sv="Trygghet").description == "Att våga gå ut"
    assert [row.outcome.value for row in bring_file(codebook()).context["run"].rows] == ["left"] * 5
    take_back("kodbok")
    assert not Perspective.objects.exists()
    assert not Theme.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        codebook("<Codes/>"),  # the standard wants a code
        codebook(CODES.replace(' isCodable="true"', "", 1)),
        codebook(CODES)[:-20],
        codebook(CODES, '<!DOCTYPE CodeBook [<!ENTITY a "b">]>'),
        codebook(CODES.replace("Vi som odlar", "&a;"), '<!DOCTYPE CodeBook [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        codebook(CODES).replace(b"codebook:1.0", b"codebook:1.0&bad;"),
        b"<a>urn:QDA-XML:codebook:1.0</a>",
    ],
)
def test_what_does_not_follow_the_standard_is_refused(content, bring_file):
    with pytest.raises(UnreadableFile, match="följer inte standarden"):
        read_file(content)
    assert "Kodboken följer inte standarden (REFI-QDA)" in bring_file(content).text


def test_entities_that_grow_are_not_unfolded(bring_file):
    grows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    declared = f'<!DOCTYPE CodeBook [<!ENTITY a0 "nej">{grows}]>'

    assert "följer inte standarden" in bring_file(codebook(CODES.replace("Lampor", "&a11;"), declared)).text


def test_a_whole_project_is_told_apart():
    with pytest.raises(UnreadableFile, match="helt projekt"):
        read_file(b"PK\x03\x04project.qde")


def test_codes_in_too_many_levels_are_refused():
    deep = "".join(f'<Code guid="{KEYS[0]}" name="k{n}" isCodable="true">' for n in range(40)) + "</Code>" * 40

    with pytest.raises(UnreadableFile, match="för många nivåer"):
        read_codebook(codebook(f"<Codes>{deep}</Codes>"))
