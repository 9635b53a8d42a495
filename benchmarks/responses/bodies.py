"""What stands in a response, as text: what a PDF says page by page, what an Office file holds."""

import hashlib
import zipfile
from functools import lru_cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader

OFFICE = "application/vnd.openxmlformats"


def readable(kind: str, content: bytes) -> str:
    """The content as text; of pictures only the hash."""
    if kind.startswith("application/pdf"):
        return _pdf(content)
    if kind.startswith(OFFICE):
        return _office(content)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return f"{len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"


@lru_cache(maxsize=200)
def _pdf(content: bytes) -> str:
    """Title and language, what is read, where its links lead, and its outline."""
    reader = PdfReader(BytesIO(content))
    root: Any = reader.trailer["/Root"]
    facts = [f"{name}: {value}" for name, value in sorted((reader.metadata or {}).items())]
    parts = ["\n".join([*facts, f"Lang: {root.get('/Lang')}", f"Outline: {_titles(reader.outline)}"])]
    for number, page in enumerate(reader.pages, 1):
        box = [round(float(side)) for side in page.mediabox]
        parts.append(f"--- page {number} {box}\n{page.extract_text()}\n{_links(page)}")
    return "\n".join(parts)


def _titles(outline: Any) -> list[Any]:
    return [_titles(item) if isinstance(item, list) else item.title for item in outline]


def _links(page: Any) -> list[str]:
    notes = [item.get_object() for item in page.get("/Annots") or []]
    return [str(note["/A"].get("/URI", "")) for note in notes if "/A" in note] + [
        str(note["/Contents"]) for note in notes if "/Contents" in note
    ]


def _office(content: bytes) -> str:
    """Every part of a Word file or a spreadsheet."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return "\n".join(f"--- {name}\n{_part(package.read(name))}" for name in sorted(package.namelist()))


def _part(data: bytes) -> str:
    try:
        return data.decode().replace("><", ">\n<")
    except UnicodeDecodeError:
        return hashlib.sha256(data).hexdigest()
