"""Of an address that takes no letters only the month is kept: the day would tell when a follower asked."""

from django.db import migrations, models
from django.db.models.functions import TruncMonth

import actors.models.letters


def keep_the_month(apps, _schema_editor):
    apps.get_model("actors", "DeadAddress").objects.update(since=TruncMonth("since"))


class Migration(migrations.Migration):
    dependencies = [("actors", "0023_body_successions")]

    operations = [
        migrations.AlterField(
            "deadaddress",
            "since",
            models.DateField(
                "sedan", default=actors.models.letters.this_month, help_text="Månaden då vi fick veta det, som dess första dag."
            ),
        ),
        # The days are not known afterwards.
        migrations.RunPython(keep_the_month, migrations.RunPython.noop),
    ]
