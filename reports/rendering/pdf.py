"""HTML to a tagged, accessible PDF. The only module that knows WeasyPrint, and the lock on what a page may fetch.

A print template writes `<img src="image:NAME" alt="…">` for a picture in `images`, {% static %} for our own files.
Anything else, wherever it came from, stops the rendering: WeasyPrint alone would print without it.
"""

import logging
import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import weasyprint
from django.conf import settings
from fontTools.ttLib import woff2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

VARIANT = "pdf/ua-1"
# Nothing answers here, by RFC 2606; relative addresses need some place to start from.
_HERE = "http://print.invalid/"
_IMAGE = "image:"
_FONTS = "build/print-fonts.css"


class PrintError(Exception):
    """The PDF could not be made whole. The message says why in plain Swedish."""


class _Refused(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """Stops WeasyPrint, which swallows ordinary errors."""


class _LockedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands out our own static files and the pictures made for this very page; refuses the rest of the world."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._images = images

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - the library calls it so
        """The file, or a refusal that ends the rendering."""
        if url.startswith(_IMAGE):
            return self._image(url)
        static = _HERE + settings.STATIC_URL.lstrip("/")
        if url.startswith(static):
            path = _static_file(unquote(urlsplit(url).path).removeprefix(f"/{settings.STATIC_URL.strip('/')}/"))
            data = _unpacked(path) if path.suffix == ".woff2" else path.read_bytes()
            return URLFetcherResponse(url, data, {"Content-Type": _type_of(path.name)})
        raise _Refused(f"Sidan försökte hämta något som inte är vårt: {url[:120]}")

    def _image(self, url: str) -> URLFetcherResponse:
        name = unquote(url.removeprefix(_IMAGE))
        if name not in self._images:
            raise _Refused(f"Bilden «{name[:80]}» saknas.")
        data = self._images[name]
        kind = "image/svg+xml" if data.lstrip()[:5] in {b"<svg ", b"<?xml"} else _type_of(name)
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def render_pdf(html: str, *, images: Mapping[str, bytes] | None = None) -> bytes:
    """The page as PDF/UA-1, with language, bookmarks and our own fonts. Raises PrintError if anything is missing.

    `images` are the pictures the page may show, by name: SVG, PNG or JPEG.
    """
    fonts = FontConfiguration()
    fetcher = _LockedFetcher(images or {})
    with _nothing_missing():
        sheet = weasyprint.CSS(
            string=_static_file(_FONTS).read_text(),
            base_url=f"{_HERE}{settings.STATIC_URL.lstrip('/')}{_FONTS}",
            url_fetcher=fetcher,
            font_config=fonts,
        )
        page = weasyprint.HTML(string=html, base_url=_HERE, url_fetcher=fetcher)
        made: bytes = page.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, finisher=_finish)
    return made


def _finish(_document: object, pdf: Any) -> None:
    """What WeasyPrint leaves out: which way a table heading reads, and that links are there on paper too."""
    parts = {part.number: part for part in pdf.objects if hasattr(part, "get")}
    for part in parts.values():
        if part.get("S") == "/TH":
            row = parts[_number(part["P"])]
            heads = parts[_number(row["P"])].get("S") == "/THead"
            part["A"]["Scope"] = "/Column" if heads else "/Row"
        elif part.get("Type") == "/Annot":
            part["F"] = 4  # Print


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


@contextmanager
def _nothing_missing() -> Iterator[None]:
    """A refused address, and any error WeasyPrint only writes in its log, becomes a PrintError."""
    heard = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    try:
        yield
    except _Refused as refused:
        raise PrintError(str(refused)) from None
    finally:
        logger.removeHandler(heard)
    if heard.errors:
        raise PrintError(f"PDF:en blev inte hel: {heard.errors[0][:200]}")


class _Listener(logging.Handler):
    """Collects the errors of this thread's rendering."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it; the rendering is judged when it is done."""
        if record.thread == self._thread:
            self.errors.append(record.getMessage())


def _static_file(name: str) -> Path:
    """One of our own files. A path that climbs out of our folders is refused like any other address."""
    # Collected files too: outside tests their names carry a hash.
    for folder in map(Path, [*settings.STATICFILES_DIRS, settings.STATIC_ROOT]):
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file():
            return path
    hint = " Kör «npm run build»." if name.startswith("build/") else ""
    raise _Refused(f"Filen «{name[:120]}» saknas.{hint}")


@cache
def _unpacked(path: Path) -> bytes:
    """A font as WeasyPrint wants it, kept by the process: unpacking takes half the time of a short report."""
    unpacked = BytesIO()
    woff2.decompress(BytesIO(path.read_bytes()), unpacked)
    return unpacked.getvalue()


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
