"""The URL fetcher of PDF rendering: only our own files and the page's pictures; a missing one is an error."""

import io

import pytest
from pypdf import PdfReader

from reports.rendering.pdf import PrintError, render_pdf

PAGE = '<!doctype html><html lang="sv"><head><title>Provsida</title></head><body><h1>Hej</h1>{}</body></html>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def test_a_picture_of_the_page_is_printed() -> None:
    pdf = render_pdf(PAGE.format('<img src="image:a.svg" alt="En trekant">'), images={"a.svg": SVG})

    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Provsida"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://example.com/a.png" alt="x">',
        '<img src="https://example.com/a.png" alt="x">',
        '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">',
        '<img src="/static/../manage.py" alt="x">',
        '<img src="/static/%2e%2e/manage.py" alt="x">',
        '<img src="//example.com/static/img/logo.svg" alt="x">',
        '<p style="background: url(file:///etc/passwd)">x</p>',
        "<style>@import url(http://example.com/x.css);</style>",
        '<link rel="attachment" href="file:///etc/passwd">',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_nothing_else_can_be_fetched(markup: str) -> None:
    with pytest.raises(PrintError):
        render_pdf(PAGE.format(markup))


def test_a_missing_picture_says_which() -> None:
    with pytest.raises(PrintError, match=r"Bilden «karta\.svg» saknas"):
        render_pdf(PAGE.format('<img src="image:karta.svg" alt="x">'))


def test_a_broken_picture_stops_the_printing() -> None:
    with pytest.raises(PrintError, match="blev inte hel"):
        render_pdf(PAGE.format('<img src="image:a.svg" alt="x">'), images={"a.svg": b"<svg"})


def test_a_picture_can_not_fetch_either() -> None:
    sly = SVG.replace(b"<path", b'<image href="file:///etc/passwd" width="9" height="9"/><path')
    with pytest.raises(PrintError):
        render_pdf(PAGE.format('<img src="image:a.svg" alt="x">'), images={"a.svg": sly})


def test_every_letter_of_our_languages_comes_from_our_own_fonts() -> None:
    text = (
        "<style>html{font-family:'Source Sans 3','Source Sans 3 Ext','IBM Plex Sans Arabic'}</style>åäö – الممر مظلم ŁĐ"
    )
    pages = PdfReader(io.BytesIO(render_pdf(PAGE.format(text)))).pages
    fonts = {font.get_object()["/BaseFont"] for font in pages[0]["/Resources"]["/Font"].values()}  # type: ignore[index]

    assert {str(name).split("+")[1].split("-")[0] for name in fonts} <= {"Source", "IBM"}
    assert "الممر" in pages[0].extract_text()
