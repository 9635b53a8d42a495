"""Writes .ods files as LibreOffice does, for tests: rows of XML cells, and what stands around them."""

import io
import zipfile

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
)


def cell(text, attributes=""):
    """A cell of text; a line end begins a paragraph."""
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string" {attributes}>{paragraphs}</table:table-cell>'


def value(kind, stored, shown, attributes=""):
    """A cell with a value of its own: a date, a number, a boolean."""
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    attributes = f'office:value-type="{kind}" office:{name}="{stored}" {attributes}'
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


def row(*cells, attributes=""):
    """A row of cells."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def sheet(name, *rows, columns="", style="shown"):
    """A sheet of rows."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{"".join(rows)}</table:table>'


def document(*sheets, manifest=""):
    """The file: its sheets, and what the manifest holds."""
    hidden = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="away" style:family="table">{hidden}</style:style>'
    body = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    body += f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", _MANIFEST.format(manifest))
        packed.writestr("content.xml", f"<office:document-content {_SPACES}>{body}</office:document-content>")
    return written.getvalue()
