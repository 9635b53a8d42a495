"""Files that are small and cost much are refused in words, in seconds, and cannot reach the site's keys."""

import importlib.util
import io
import time
import zipfile
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from PIL import Image

from dialogue.activities.pictures import UnusablePicture, clean_picture
from ostberga.lib.files import isolated
from ostberga.lib.files.isolated import Limits, read_isolated
from surveys.importing.reading.files import read_file
from surveys.importing.reading.tables import MAX_ROWS, UnreadableFile, tables_from_json
from surveys.importing.reading.workbooks import ABOVE
from surveys.importing.source_form import TOO_MUCH

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
QUICK = Limits(cpu_seconds=2, wall_seconds=4)


def load_greedy() -> ModuleType:
    """Load greedy.py by its own name: the package of the tests would start servers in the child."""
    spec = importlib.util.spec_from_file_location("greedy", Path(__file__).with_name("greedy.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


greedy = load_greedy()


@pytest.fixture
def read(monkeypatch):
    """Read a file with a function of greedy.py."""
    monkeypatch.setattr(isolated, "ROOT", Path(__file__).parent)
    return lambda name: read_isolated(
        getattr(greedy, name), b"x", refusal=greedy.Refused, too_much="För mycket.", limits=QUICK
    )


@pytest.mark.parametrize("name", ["fail", "spin", "sleep", "eat", "write", "talk"])
def test_what_takes_too_much_is_stopped(read, name):
    started = time.perf_counter()
    with pytest.raises(greedy.Refused, match="För mycket"):
        read(name)
    assert time.perf_counter() - started < 10


def test_what_takes_little_is_answered(read):
    assert read("double") == b"xx"


def test_a_refusal_keeps_its_words(read):
    with pytest.raises(greedy.Refused, match=r"Inte den här\."):
        read("refuse")


def test_the_child_has_no_key_of_the_site(read, monkeypatch):
    monkeypatch.setenv("RAW_TEXT_KEYS", "hemlig")
    names = set(read("environment").decode().split(","))
    assert names <= {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ"}


def workbook(sheet: str, *more: str) -> bytes:
    """Return an .xlsx whose first sheet is this XML."""
    plain, made = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x"])
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return made.getvalue()


ROWS = SHEET.format("".join(f'<row r="{row}"><c r="A{row}" t="n"><v>1</v></c></row>' for row in range(1, 150_000)))
WIDE = SHEET.format('<row r="1">' + '<c t="inlineStr"><is><t>x</t></is></c>' * 600_000 + "</row>")
ENTITIES = (
    "<!DOCTYPE a [" + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10 if n else "x" * 9}">' for n in range(12)) + "]>"
)
LAUGHS = ENTITIES + SHEET.format('<row r="1"><c r="A1" t="inlineStr"><is><t>&x11;</t></is></c></row>')
DEEP = SHEET.format("<row>" * 200_000)


@pytest.mark.parametrize("sheet", [WIDE, LAUGHS, DEEP], ids=["wide", "laughs", "deep"])
def test_a_small_workbook_that_unfolds_is_refused_in_words_within_seconds(sheet):
    data, started = workbook(sheet), time.perf_counter()
    try:
        text = read_isolated(read_file, data, refusal=UnreadableFile, too_much=TOO_MUCH)
    except UnreadableFile as problem:
        text = str(problem).encode()
    assert len(data) < 200_000
    assert time.perf_counter() - started < 25
    assert len(text) < 2_000_000


def test_endless_rows_are_cut_and_told():
    text = read_isolated(read_file, workbook(ROWS), refusal=UnreadableFile, too_much=TOO_MUCH).decode()
    (table,) = tables_from_json(text)
    assert (len(table.rows), table.is_cut) == (MAX_ROWS + ABOVE, True)  # so the dry run says that they are too many


def picture(mode: str, size: tuple[int, int], kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 30_000 if mode == "I;16" else 1).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("data", [picture("1", (30_000, 30_000)), picture("L", (7_000, 7_000))], ids=["huge", "large"])
def test_a_small_file_with_many_dots_is_refused_in_words(data):
    with pytest.raises(UnusablePicture, match="för många bildpunkter"):
        read_isolated(clean_picture, data, refusal=UnusablePicture, too_much="För mycket.")


def test_grey_of_sixteen_bits_stays_grey():
    kept = read_isolated(clean_picture, picture("I;16", (40, 30)), refusal=UnusablePicture, too_much="För mycket.")
    assert set(Image.open(io.BytesIO(kept)).convert("L").tobytes()) <= set(range(110, 125))


def test_the_picture_of_a_phone_with_a_second_one_in_it_is_taken():
    first, second = (Image.new("RGB", size, "navy") for size in ((6000, 4000), (60, 40)))
    file = io.BytesIO()
    first.save(file, "MPO", save_all=True, append_images=[second])
    kept = read_isolated(clean_picture, file.getvalue(), refusal=UnusablePicture, too_much="För mycket.")
    assert Image.open(io.BytesIO(kept)).size == (1600, 1067)


def test_a_torn_picture_is_refused_though_weasyprint_has_told_pillow_to_take_such():
    import weasyprint  # noqa: F401

    with pytest.raises(UnusablePicture, match="går inte att läsa"):
        read_isolated(clean_picture, picture("RGB", (300, 300), "JPEG")[:700], refusal=UnusablePicture, too_much="x")
