"""Codebook and coded texts in REFI-QDA: valid by the standard's own schema, and the same ranges when read back."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from ostberga.lib.refusal import Refusal
from reports.downloads.interchange import CODEBOOK, CODER, PROJECT, key_of, write_codebook, write_project
from surveys.codebook.perspectives import attach
from surveys.importing.reading import codebooks
from surveys.models import Answer, Interview, Statement
from surveys.statements.cutting import cut_statement
from surveys.statements.sources import Source
from tests import factories as make

pytestmark = pytest.mark.django_db
SCHEMAS = {"Codebook": codebooks.SCHEMA, "Project": Path(__file__).with_name("refi_qda") / "Project.xsd"}
OF_A_USER = ("TextSource", "PlainTextSelection", "Coding")
NOTES = "Först är det mörkt.\r\nSedan 🌳 är det <otryggt> & kallt.\nSlut."


def schema(name):
    return etree.XMLSchema(etree.parse(SCHEMAS[name]))


def codebook(place):
    file = io.BytesIO()
    write_codebook(place, file)
    return etree.fromstring(file.getvalue())


def project(place):
    """Return the project's XML, and the texts by the keys of their sources."""
    file = io.BytesIO()
    list(write_project(place, file))
    archive = zipfile.ZipFile(file)
    texts = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("sources/")}
    return etree.fromstring(archive.read("project.qde")), texts


@pytest.fixture
def coded(autumn, ake, ostberga):
    """A conversation with two coded ranges that touch, in a perspective that was merged from another, in a theme."""
    talk = make.interview(autumn, ake, NOTES)
    make.answer(autumn, "Ett svar som ingen har läst.")
    light = make.perspective(ostberga, ake, "Vi som vill se & synas")
    old = make.perspective(ostberga, ake, "Vi som gick upp i det andra", merged_into=light)
    make.theme(ostberga, "Ljus").placements.create(perspective=light)
    text = Source(talk).text
    tree, end = text.index("🌳"), text.index(" & kallt")
    cuts = [(0, tree, light), (tree, end, old)]
    for start, stop, perspective in cuts:
        attach(
            statement=cut_statement(source=Source(talk), start=start, end=stop, by=ake), perspective=perspective, by=ake
        )
    return text, [text[:tree].strip(), text[tree:end].strip()], light


def test_the_codebook_is_valid_and_has_what_is_in_use(coded, ostberga):
    tree, light = codebook(ostberga), coded[2]
    schema("Codebook").assertValid(tree)

    codes = [(code.get("guid"), code.get("name")) for code in tree.iter(f"{{{CODEBOOK}}}Code")]
    assert codes == [(key_of(light), "Vi som vill se & synas")]
    assert [row.get("name") for row in tree.iter(f"{{{CODEBOOK}}}Set")] == ["Ljus"]
    assert [row.get("guid") for row in tree.iter(f"{{{CODEBOOK}}}MemberCode")] == [key_of(light)]


def test_the_project_is_valid_and_its_ranges_are_what_was_cut(coded, ostberga):
    tree, texts = project(ostberga)
    schema("Project").assertValid(tree)
    whole, said, light = coded
    ranges = []
    for source in tree.iter(f"{{{PROJECT}}}TextSource"):
        text = texts[source.get("plainTextPath").replace("internal://", "sources/")]
        for row in source.iter(f"{{{PROJECT}}}PlainTextSelection"):
            codes = [code.get("targetGUID") for code in row.iter(f"{{{PROJECT}}}CodeRef")]
            ranges.append((text, text[int(row.get("startPosition")) : int(row.get("endPosition"))], codes))

    assert sorted(ranges) == sorted((whole, words, [key_of(light)]) for words in said)
    assert sorted(texts.values()) == sorted([whole, "Ett svar som ingen har läst."])


def test_each_coding_is_of_one_user_who_is_nobody_and_each_name_can_be_a_file(coded, ostberga):
    """Other programs leave out what no user coded, and make a file of each text."""
    Interview.objects.update(place='Torget/scenen: "norr"')
    tree, _ = project(ostberga)
    schema("Project").assertValid(tree)
    users = [(row.get("guid"), row.get("name")) for row in tree.iter(f"{{{PROJECT}}}User")]
    made = [row.get("creatingUser") for tag in OF_A_USER for row in tree.iter(f"{{{PROJECT}}}{tag}")]

    assert users == [(CODER, "Medskapande dialog")]
    assert set(made) == {CODER}
    assert [row.get("name")[:-9] for row in tree.iter(f"{{{PROJECT}}}TextSource")] == [
        "Svar", "Enskilt samtal, Torget-scenen- -norr-",
    ]  # fmt: skip


def test_nothing_in_the_file_is_a_key_of_another_file(coded, ostberga):
    """Else the role of a statement would fall on its raw text, and by that on a row of answers."""
    keys = {str(key) for model in (Statement, Answer, Interview) for key in model.objects.values_list("pk", flat=True)}
    first, second = (
        etree.tostring(tree, encoding="unicode") + str(texts) for tree, texts in map(project, [ostberga, ostberga])
    )

    assert [key for key in keys if key in first] == []
    assert set(re.findall(r"(?:TextSource|PlainTextSelection|Coding) guid=\"([^\"]+)", first)).isdisjoint(
        re.findall(r"guid=\"([^\"]+)", second)
    )


def test_a_collaboration_without_perspectives_says_so(ostberga):
    with pytest.raises(Refusal, match="inga perspektiv"):
        codebook(ostberga)


def test_nothing_of_another_collaboration(coded, ostberga, ake):
    other = make.collaboration("annanstans")
    make.perspective(other, ake, "Vi som bor annanstans")
    make.answer(make.wave(make.survey(other)), "Sagt annanstans.")

    tree, texts = project(ostberga)
    assert "annanstans" not in etree.tostring(tree, encoding="unicode")
    assert "Sagt annanstans." not in texts.values()
