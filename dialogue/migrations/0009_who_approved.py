"""Who approved a meeting's minutes becomes a row of its own, so that two can; old meetings get their moments."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def copy(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was written in afterwards was begun and ready at once."""
    meetings = apps.get_model("dialogue", "Meeting").objects
    meetings.update(begun_at=F("registered_at"), ready_at=F("registered_at"))
    approvals = apps.get_model("dialogue", "Approval").objects
    for one in meetings.filter(approved_on__isnull=False):
        approvals.create(meeting=one, seat_id=one.approved_by_id, on=one.approved_on, by_id=one.registered_by_id)
        one.adjusters.add(one.approved_by_id)


class Migration(migrations.Migration):
    """Between the tables and the removal of the old column."""

    dependencies = [("dialogue", "0008_meetings_and_news")]  # noqa: RUF012

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]  # noqa: RUF012
