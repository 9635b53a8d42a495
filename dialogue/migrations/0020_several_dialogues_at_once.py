"""Several dialogues of a collaboration go on at once: each has an address, a first day, and its place at the front or not."""

from django.db import migrations, models
from django.utils import timezone
from django.utils.text import slugify


def name_dialogues(apps, schema_editor):
    """Give each an address made of its title, and the day that the log says it began."""
    taken = set()
    for dialogue in apps.get_model("dialogue", "Dialogue").objects.order_by("pk"):
        stem = slugify(dialogue.title.get("sv", ""))[:60].strip("-") or "dialog"
        slug, number = stem, 2
        while (dialogue.collaboration_id, slug) in taken:
            slug, number = f"{stem}-{number}", number + 1
        taken.add((dialogue.collaboration_id, slug))
        began = dialogue.events.filter(kind="made_current").order_by("at").first()
        dialogue.slug, dialogue.started_on = slug, timezone.localdate(began.at) if began else None
        dialogue.save(update_fields=["slug", "started_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0019_questions_handed_over"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="dialogue", name="one_current_dialogue_each"),
        migrations.AddField(
            model_name="dialogue",
            name="slug",
            field=models.SlugField(
                default="",
                help_text="Dialogens del av webbadressen: dialog/<adress>/.",
                max_length=80,
                verbose_name="adress",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="dialogue",
            name="has_own_address",
            field=models.BooleanField(
                default=False,
                help_text="Pågår fler ligger den under sitt namn, annars på samverkans första sida.",
                verbose_name="egen adress",
            ),
        ),
        migrations.AddField(
            model_name="dialogue",
            name="started_on",
            field=models.DateField(
                blank=True, help_text="Dagen den började första gången.", null=True, verbose_name="började"
            ),
        ),
        migrations.AlterField(
            model_name="dialogue",
            name="is_current",
            field=models.BooleanField(
                default=True, help_text="Fler dialoger kan pågå samtidigt i en samverkan.", verbose_name="pågår"
            ),
        ),
        migrations.AlterField(
            model_name="dialogue",
            name="ended_on",
            field=models.DateField(
                blank=True,
                help_text="Dagen den avslutades; tomt om den pågår eller förbereds.",
                null=True,
                verbose_name="avslutad",
            ),
        ),
        migrations.AlterField(
            model_name="dialogueevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("begun", "skapade dialogen"),
                    ("described", "ändrade dialogens texter"),
                    ("made_current", "började dialogen"),
                    ("ended", "avslutade dialogen"),
                    ("form_added", "gjorde formuläret"),
                    ("planned", "ändrade trappans tider"),
                    ("raised", "lade till frågan"),
                    ("edited", "ändrade frågans texter"),
                    ("tied", "ändrade perspektiven"),
                    ("concerned", "ändrade vilka som berörs"),
                    ("published", "visade frågan för alla"),
                    ("hidden", "dolde frågan"),
                    ("placed", "ändrade ordningen"),
                    ("replanned", "ändrade aktiviteten"),
                    ("took_back", "tog tillbaka frågan till"),
                    ("petitioned", "skrev in namninsamlingen till"),
                    ("asked_out", "skrev in brevet till"),
                    ("replied", "skrev in svaret från"),
                    ("listed_yes", "bekräftade det som en lista säger"),
                    ("listed_no", "sa emot det som en lista säger"),
                    ("listed_out", "tog bort det som en lista säger"),
                ],
                help_text="Vad som gjordes.",
                max_length=12,
                verbose_name="vad",
            ),
        ),
        migrations.RunPython(name_dialogues, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="dialogue",
            constraint=models.UniqueConstraint(fields=("collaboration", "slug"), name="dialogue_addresses_differ"),
        ),
        migrations.AddConstraint(
            model_name="dialogue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("has_own_address", False), ("is_current", True)),
                fields=("collaboration",),
                name="one_dialogue_at_the_front",
            ),
        ),
    ]
