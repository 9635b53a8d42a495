"""Reads the texts out of a form that is refused as a whole: too large, with too many fields, or with a NUL in it."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from actors.sent_forms.keeping import NEVER_KEPT
from actors.sent_forms.typed_texts import MOST_SHOWN, texts_in
from ostberga.lib.web.form_tokens import FIELD
from ostberga.lib.web.origin import is_foreign

# Of a body that is too large, this many times what is received is read to be given back. More is not read at all.
TIMES_AS_LARGE = 2
# A form of twice as many fields as are received is no form of ours.
# Of the others so many texts are given back, and so many characters in all:
# whoever sends a body must not make the server write a page many times its size.
MOST_FIELDS, MOST_CHARACTERS = 10_000, 60_000


def unreceived_texts(request: HttpRequest) -> list[str]:
    """Return what somebody may have typed, without passwords and codes; nothing if the body cannot be read.

    Nothing either of what another site sent: its words would stand on a page of ours.
    """
    if is_foreign(request):
        return []
    words: dict[str, list[str]] = {}
    for name, value in _pairs(request):
        if name != FIELD and not NEVER_KEPT.search(name):
            words.setdefault(name, []).append(value.replace("\x00", ""))
    return _cut(list(texts_in(words).values())[:MOST_SHOWN])


def _cut(texts: list[str]) -> list[str]:
    kept, left = [], MOST_CHARACTERS
    for text in texts:
        kept.append(text[:left])
        left -= len(kept[-1])
    return [text for text in kept if text]


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        return [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except (BadRequest, SuspiciousOperation, MultiPartParserError, OSError, ValueError):
        return _pairs_of_body(request)


def _pairs_of_body(request: HttpRequest) -> list[tuple[str, str]]:
    most = TIMES_AS_LARGE * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    size = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type != "application/x-www-form-urlencoded" or not size.isdecimal() or int(size[:12]) > most:
        return []
    try:
        body: bytes = getattr(request, "_body", None) or request.read(int(size))
        return parse_qsl(body.decode(errors="replace"), max_num_fields=MOST_FIELDS)
    except (OSError, ValueError):
        return []
