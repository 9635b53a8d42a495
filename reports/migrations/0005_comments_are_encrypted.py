"""What readers of a draft write is encrypted, as what residents write elsewhere is: nobody has redacted it yet."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from ostberga.lib.privacy.encrypted import EncryptedTextField, decrypt, encrypt


def rewrite(change: Callable[[str], str]) -> Callable[[Any, Any], None]:
    """Return what puts every comment through `change`. The column holds text before and after."""

    def run(apps: Any, _schema_editor: Any) -> None:
        comments = apps.get_model("reports", "ReadingComment").objects
        for pk, text in comments.values_list("pk", "text"):
            comments.filter(pk=pk).update(text=change(text))

    return run


class Migration(migrations.Migration):
    """The type of the column stays; the model reads it through the key from here on."""

    dependencies = [("reports", "0004_triggers_refuse_afterwards")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.RunPython(rewrite(encrypt), rewrite(decrypt)),
        migrations.AlterField(
            model_name="readingcomment",
            name="text",
            field=EncryptedTextField(
                help_text="«Har vi missat något?» – svaret. Omaskat, och krypterat, tills det är behandlat.",
                verbose_name="synpunkt",
            ),
        ),
    ]
