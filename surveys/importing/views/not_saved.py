"""The rows of an import that were not stored: told after it, and downloaded, by whoever imported and by nobody else.

They are kept in her session, which only her cookie opens. On the server they would say which places the file had.
"""

import json
from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.asking_again import ask_before_file, hands_out_raw_text
from actors.permissions.lookups import SignedInRequest
from surveys.importing.sheets_out import refused_workbook
from surveys.importing.views.workbook_answer import download
from surveys.permissions.lookups import survey_of

_KEY = "import-not-saved"  # in the session: the key of the latest import, and its rows below their headings
_MOST = 300_000  # characters, since every page reads the session


def keep(request: SignedInRequest, key: UUID, rows: Sequence[Sequence[str]]) -> None:
    """Keep the rows that are not stored, instead of those of the import before. Too many are not kept."""
    is_kept = len(rows) > 1 and len(json.dumps(rows)) <= _MOST
    request.session[_KEY] = {"import": str(key), "rows": rows if is_kept else []}


def rows_of(request: SignedInRequest, key: UUID) -> list[list[str]]:
    """Return the rows of this import below their headings; nothing for another import, or another session."""
    kept = request.session.get(_KEY, {})
    rows: list[list[str]] = kept.get("rows", []) if kept.get("import") == str(key) else []
    return rows


@hands_out_raw_text
@require_safe
def file(request: SignedInRequest, slug: str, pk: int, answer_import: UUID) -> HttpResponse:
    """Download the rows that were not stored, with the reason beside each. The password is asked for again."""
    survey = survey_of(request, slug, pk)
    rows = rows_of(request, answer_import)
    if not rows:
        raise Http404
    if asked := ask_before_file(request):
        return asked
    return download(refused_workbook(rows), f"inte-sparade-{survey.pk}.xlsx")
