"""HTML to a tagged, accessible PDF with WeasyPrint, and a URL fetcher that allows only our own files.

A print template writes `<img src="image:NAME" alt="…">` for a picture in `images`, {% static %} for our own files.
Any other address stops the rendering: WeasyPrint alone would print without it.
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
# Base URL for relative addresses; the .invalid domain never resolves (RFC 2606).
_HERE = "http://print.invalid/"
_IMAGE = "image:"
_FONTS = "build/print-fonts.css"


class PrintError(Exception):
    """The PDF could not be rendered completely. The message says why in plain Swedish."""


class _Refused(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """A refused address. Fatal, because WeasyPrint ignores ordinary fetch errors."""


class _LockedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves our own static files and the pictures given for this page; refuses everything else."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._images = images

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - the library calls it so
        """The file. Raises _Refused for any other address."""
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
    """Render the page as PDF/UA-1 with our own fonts. Raises PrintError if anything is missing.

    `images` are the pictures that the page may show, by name: SVG, PNG or JPEG as bytes.
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
        pdf: bytes = page.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, finisher=_finish)
    return pdf


def _finish(_document: object, pdf: Any) -> None:
    """Add what PDF/UA requires and WeasyPrint omits: scope of table headings, print flag of link annotations."""
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
    """Raise PrintError for a refused address, and for any error that WeasyPrint only logs."""
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield
    except _Refused as refused:
        raise PrintError(str(refused)) from None
    finally:
        logger.removeHandler(listener)
    if listener.errors:
        raise PrintError(f"PDF:en blev inte hel: {listener.errors[0][:200]}")


class _Listener(logging.Handler):
    """Collects errors logged by this thread."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Store the message; it is raised when the rendering is done."""
        if record.thread == self._thread:
            self.errors.append(record.getMessage())


def _static_file(name: str) -> Path:
    """Path of a static file. Raises _Refused for a missing file or a path outside our folders."""
    # STATIC_ROOT too: outside tests the names of collected files carry a hash.
    for folder in map(Path, [*settings.STATICFILES_DIRS, settings.STATIC_ROOT]):
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file():
            return path
    hint = " Kör «npm run build»." if name.startswith("build/") else ""
    raise _Refused(f"Filen «{name[:120]}» saknas.{hint}")


@cache
def _unpacked(path: Path) -> bytes:
    """A WOFF2 font decompressed, cached per process: decompression takes half the time of a short report."""
    unpacked = BytesIO()
    woff2.decompress(BytesIO(path.read_bytes()), unpacked)
    return unpacked.getvalue()


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
