"""The issues of rows of lists have Swedish names, which pages show."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0020_several_dialogues_at_once"),
    ]

    operations = [
        migrations.AlterField(
            model_name="listedactivity",
            name="issue",
            field=models.ForeignKey(
                blank=True,
                help_text="Sakfrågan som den svarar på; tomt: ingen av dem.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="listed_activities",
                to="dialogue.issue",
                verbose_name="sakfråga",
            ),
        ),
        migrations.AlterField(
            model_name="listeddecision",
            name="issues",
            field=models.ManyToManyField(
                blank=True,
                help_text="Sakfrågorna som beslutet gäller.",
                related_name="listed_decisions",
                to="dialogue.issue",
                verbose_name="sakfrågor",
            ),
        ),
    ]
