"""Sessions are stored under a hash of their key from now on: those stored under the key itself end here."""

from django.db import migrations

END = "DELETE FROM usersessions_usersession; DELETE FROM django_session;"


class Migration(migrations.Migration):
    """Everyone signs in once more after the upgrade."""

    dependencies = [  # noqa: RUF012
        ("actors", "0013_waiting_times_for_administrators"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [migrations.RunSQL(END, migrations.RunSQL.noop)]  # noqa: RUF012
