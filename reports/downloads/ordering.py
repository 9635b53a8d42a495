"""Ordering a file that is too large to make while somebody waits for the page."""

from django.db import transaction

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.servers.queue import call_after_commit
from reports.downloads.file_making import count_rows
from reports.models import Export

# More rows than this are written by a worker.
ROWS_AT_ONCE = 2_000


@transaction.atomic
def order_file(*, collaboration: Collaboration, table: str, format_: str, by: User) -> Export:
    """Queue the file, and call a worker for it. The same file is not made twice at once: ordered again, it is hers."""
    require(by, COORDINATE, collaboration)
    take_turns(collaboration)
    hers = Export.objects.working().filter(collaboration=collaboration, table=table, format=format_, requested_by=by)
    if (ordered := hers.first()) is not None:
        return ordered
    rows = count_rows(table, collaboration)
    export = Export.objects.create(collaboration=collaboration, table=table, format=format_, rows=rows, requested_by=by)
    call_after_commit("reports.tasks.export", str(export.pk))
    return export
