"""The stored files of a version, and the responses that serve them. No web server serves the folder itself."""

import mimetypes
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse

from reports.models import ReportVersion

PICTURES = frozenset(["role.svg", "age.svg", "language.svg", "how.svg", "links.svg"])
DOWNLOADS = frozenset(["rapport.pdf", "rapport.docx"])
SAVE = "ladda-ner"  # in an address: save the file instead of opening it


def stored_path(version: ReportVersion, name: str) -> str | None:
    """Storage path of a finished version's file; None for an unknown name or a missing file."""
    if version.state != version.State.FINISHED or name not in PICTURES | DOWNLOADS:
        return None
    path = str(PurePosixPath(version.pdf.name).with_name(name))
    return path if default_storage.exists(path) else None


def file_response(path: str, file_name: str, *, save: bool = False) -> FileResponse:
    """The file as a response, to open in the browser or (`save`) to download. A Word file is always a download."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(
        default_storage.open(path), content_type=kind, filename=file_name, as_attachment=save or path.endswith(".docx")
    )
    # An SVG opened by itself is a document: nothing in it may run or fetch.
    if kind == "image/svg+xml":
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
