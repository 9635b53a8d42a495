"""Which place a large file's rows come from stood in clear on a row with the import's key. It is encrypted."""

import json
from typing import Any

from django.db import migrations, models
from django.utils import timezone

from ostberga.lib.privacy.encrypted import EncryptedTextField


def seal(apps: Any, _schema_editor: Any) -> None:
    """Move channel and choices into what is encrypted. A file whose rows are stored is of no use any more."""
    files = apps.get_model("surveys", "LargeImport").objects
    files.filter(source="").delete()
    for file in files.all():
        kept = json.loads(file.source) | {"channel": file.channel_id}
        sealed = {"source": json.dumps(kept, ensure_ascii=False), "chosen": json.dumps(file.chosen_in_clear)}
        files.filter(pk=file.pk).update(**sealed)


def forget(apps: Any, _schema_editor: Any) -> None:
    """A file that waits is read in again."""
    apps.get_model("surveys", "LargeImport").objects.all().delete()


class Migration(migrations.Migration):
    """Backwards, files that wait are forgotten."""

    dependencies = [("surveys", "0014_practice")]

    operations = [
        migrations.RenameField(model_name="largeimport", old_name="chosen", new_name="chosen_in_clear"),
        migrations.AddField(
            model_name="largeimport",
            name="chosen",
            field=EncryptedTextField(
                blank=True,
                help_text="Vad som valts på sidan, krypterat: kontrollernas namn och värden.",
                verbose_name="valt",
            ),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField(model_name="largeimport", name="chosen_in_clear"),
        migrations.RemoveField(model_name="largeimport", name="channel"),
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AlterField(
            model_name="largeimport",
            name="at",
            field=models.DateTimeField(
                default=timezone.now,
                help_text="När filen lästes in. Den slängs efter ett dygn, ett till om ingen hunnit med den.",
                verbose_name="när",
            ),
        ),
        migrations.AlterField(
            model_name="largeimport",
            name="source",
            field=EncryptedTextField(
                blank=True,
                help_text="Filens tabeller, och kanalen för rader utan plats, krypterade.",
                verbose_name="filen",
            ),
        ),
    ]
