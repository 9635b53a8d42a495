"""Letters keep their secret links encrypted until they have gone, and no longer."""

import json
import re

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import ostberga.lib.privacy.encrypted

SIGN_IN = "account"
# The addresses that held a secret on the day of this migration, in any language.
SECRET = re.compile(
    r"https?://[^\s<>\"'/]+(?:/(?:en|so|ar))?/"
    r"(?:mandat|registrator|konto/stoppa|konto/confirm-email|konto/password/reset/key|valkommen|utse|atagande|puls|folj"
    r"|battre|avstamning)/[^\s<>\"']+"
)


def cut_secret_links(text):
    """As the application did it then, without asking today's addresses."""
    return SECRET.sub("[länk]", text)


def cut_links(apps, schema_editor):
    """Seal the letters that wait or may be tried again; cut the links of all."""
    letters = apps.get_model("actors", "Letter").objects.using(schema_editor.connection.alias)
    for letter in letters.iterator(chunk_size=200):
        whole = {"text": letter.kept_text, "html": letter.kept_html, "unsubscribe": letter.unsubscribe}
        if letter.kind == SIGN_IN:
            letter.kept_text = letter.kept_html = ""
        else:
            letter.kept_text, letter.kept_html = map(cut_secret_links, (letter.kept_text, letter.kept_html))
        is_changed = whole != {"text": letter.kept_text, "html": letter.kept_html, "unsubscribe": ""}
        may_be_sent = letter.state == "waiting" or (letter.state == "failed" and letter.collaboration_id)
        letter.sealed = json.dumps(whole) if is_changed and may_be_sent else ""
        letter.unsubscribe = ""  # a column that is removed stays in the rows that were written with it
        letter.save(update_fields=["kept_text", "kept_html", "sealed", "unsubscribe"])


class Migration(migrations.Migration):
    dependencies = [("actors", "0004_mandates")]

    operations = [
        migrations.RenameField("letter", "text", "kept_text"),
        migrations.RenameField("letter", "html", "kept_html"),
        migrations.AddField(
            "letter",
            "sealed",
            ostberga.lib.privacy.encrypted.EncryptedTextField(
                blank=True,
                default="",
                help_text="Hela brevet med sina hemliga länkar, krypterat. Tomt när det har skickats.",
                verbose_name="förseglat",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(cut_links),  # irreversible: the links are gone
        migrations.RemoveField("letter", "unsubscribe"),
        migrations.AlterField(
            "letter",
            "kept_text",
            models.TextField(
                blank=True, help_text="Brevet som ren text, med «[länk]» för hemliga länkar.", verbose_name="text"
            ),
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision_number",
                    models.CharField(
                        help_text="Diarienummer eller paragraf för gallringsbeslutet.",
                        max_length=80,
                        verbose_name="beslut",
                    ),
                ),
                (
                    "before",
                    models.DateField(
                        help_text="Brev som skrevs före den här dagen gallrades.", verbose_name="skrivna före"
                    ),
                ),
                ("letters", models.PositiveIntegerField(help_text="Hur många brev som gallrades.", verbose_name="brev")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="När det gjordes.", verbose_name="när"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Vem som gallrade.",
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "collaboration",
                    models.ForeignKey(
                        help_text="Samverkan.",
                        on_delete=models.PROTECT,
                        related_name="disposals",
                        to="actors.collaboration",
                    ),
                ),
            ],
            options={"verbose_name": "gallring", "verbose_name_plural": "gallringar", "ordering": ["-at", "-pk"]},
        ),
        migrations.AddConstraint(
            "disposal",
            models.CheckConstraint(condition=~models.Q(decision_number=""), name="disposal_has_decision"),
        ),
    ]
