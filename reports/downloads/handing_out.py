"""Handing a file out: who may have which, and what the security log is told."""

import datetime as dt
from collections.abc import Iterable

from django.http import Http404, StreamingHttpResponse

from actors.models import Collaboration, User
from actors.permissions.lookups import SignedInRequest, collaboration_of
from actors.security_log.recording import Kind, exporting, record
from ostberga.lib.tables.table import Audience
from reports.downloads.catalogue import OFFERS
from reports.downloads.file_making import CONTENT_TYPES, file_name


def audiences(user: User, collaboration: Collaboration) -> frozenset[Audience]:
    """Return which audiences she belongs to here. Those who read raw text are those who code: who coordinates."""
    coordinates = Collaboration.objects.coordinated_by(user).contains(collaboration)
    return frozenset(Audience) if coordinates else frozenset()


def is_raw(table: str) -> bool:
    """Return whether the files of this offer have raw text: the password is asked for again before they are taken."""
    return OFFERS[table].audience is Audience.RAW_READERS


def what_she_may_take(request: SignedInRequest, slug: str, table: str) -> Collaboration:
    """Return the collaboration. Raises 404 unless that is offered, and to her."""
    collaboration = collaboration_of(request, slug)
    if table not in OFFERS or OFFERS[table].audience not in audiences(request.user, collaboration):
        raise Http404
    return collaboration


def hand_out(
    content: Iterable[bytes],
    *,
    table: str,
    format_: str,
    collaboration: Collaboration,
    to: User,
    made_on: dt.date | None = None,
) -> StreamingHttpResponse:
    """Return the file, made on that day or now, as a download.

    The security log is told which file, and that raw text is read when it is.
    """
    name = file_name(table, format_, collaboration, made_on)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    response = StreamingHttpResponse(content, content_type=CONTENT_TYPES[format_], headers=headers)
    if is_raw(table):
        record(Kind.READ_RAW_TEXT, by=to, on=f"fil:{table}.{format_}", collaboration=collaboration)
    return exporting(response, on=f"fil:{table}.{format_}", collaboration=collaboration)
