"""Reading an uploaded file, whatever it is: a workbook as tables, any other as text. Runs in a child process."""

import json

from surveys.importing.reading.codebooks import is_codebook, read_codebook
from surveys.importing.reading.delimited import decode
from surveys.importing.reading.old_workbooks import read_old_workbook
from surveys.importing.reading.open_documents import read_open_document
from surveys.importing.reading.tables import MAX_BYTES, Table, UnreadableFile, tables_to_json
from surveys.importing.reading.workbooks import read_workbook

# An .xls file is a compound file, as a locked .xlsx is; before Excel 97 it was its records alone.
_OLD_EXCEL = (b"\xd0\xcf\x11\xe0", b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PROJECT = b"project.qde"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def read_file(data: bytes) -> bytes:
    """Return JSON in UTF-8: the tables of a workbook as a list, or the text of any other file as a string.

    Raises UnreadableFile. Runs in a child process (`read_isolated`), since a small file can hold hours of work: import
    nothing heavy here.
    """
    if data.startswith(_OLD_EXCEL):
        if _LOCKED in data:
            raise UnreadableFile("Filen är låst med lösenord. Spara den utan lösenord och försök igen.")
        return tables_to_json(_within_limits(read_old_workbook(data))).encode()
    if is_codebook(data):
        return tables_to_json(_within_limits([read_codebook(data)])).encode()
    if data.startswith(b"PK"):
        if _PROJECT in data:
            raise UnreadableFile("Filen är ett helt projekt (QDPX). Ta ut bara kodboken ur programmet, som QDC.")
        if _OPEN_DOCUMENT in data[:200]:
            return tables_to_json(_within_limits(read_open_document(data))).encode()
        return tables_to_json(_within_limits(read_workbook(data))).encode()
    text = decode(data)
    if len(text.encode()) > MAX_BYTES:
        raise UnreadableFile("Filen har för mycket text. Dela upp den i flera.")
    return json.dumps(text, ensure_ascii=False).encode()


def _within_limits(tables: list[Table]) -> list[Table]:
    """Return the tables. Raises UnreadableFile when they are more than a page can send back."""
    for table in tables:
        if len(tables_to_json([table]).encode()) > MAX_BYTES:
            raise UnreadableFile(f"Bladet «{table.name}» har för mycket text. Lägg raderna i en egen, mindre fil.")
    if len(tables_to_json(tables).encode()) > MAX_BYTES:
        raise UnreadableFile("Arbetsboken har för mycket text. Spara bladet med raderna i en egen fil.")
    return tables
