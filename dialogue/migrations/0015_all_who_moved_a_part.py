"""Everybody who has moved a part of a decision between bodies is kept, not only the last."""

from django.conf import settings
from django.db import migrations, models


def keep(apps, schema_editor):
    """The last mover is one of them."""
    for part in apps.get_model("dialogue", "PartDecision").objects.exclude(moved_by=None):
        part.movers.add(part.moved_by_id)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("dialogue", "0014_names_of_their_day_for_commitments"),
    ]

    operations = [
        migrations.AddField(
            model_name="partdecision",
            name="movers",
            field=models.ManyToManyField(
                blank=True,
                help_text="De som har flyttat frågan mellan organisationer. Ingen av dem svarar.",
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RemoveField(model_name="partdecision", name="moved_by"),
    ]
