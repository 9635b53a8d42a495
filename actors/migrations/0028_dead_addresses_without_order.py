"""A dead address has a random key instead of one that counts."""

import uuid

from django.db import migrations, models

KEY = """
ALTER TABLE actors_deadaddress DROP COLUMN id;
ALTER TABLE actors_deadaddress ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY;
ALTER TABLE actors_deadaddress ALTER COLUMN id DROP DEFAULT;
ALTER TABLE actors_deadaddress ALTER COLUMN id SET STATISTICS 0;
"""

class Migration(migrations.Migration):
    dependencies = [("actors", "0027_names_over_time")]

    operations = [
        migrations.RunSQL(
            KEY,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AlterField(
                    model_name="deadaddress",
                    name="id",
                    field=models.UUIDField(
                        default=uuid.uuid4, editable=False, help_text="Slumpat.", primary_key=True, serialize=False
                    ),
                )
            ],
        ),
    ]
