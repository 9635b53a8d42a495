"""The constraint of 0006, in a transaction of its own: PostgreSQL alters no table with rows still to be checked."""

from django.db import migrations, models
from django.db.models import Q

UNDER_A_MANDATE = Q(mandate__isnull=False, registry_change__isnull=True, from_before_mandates=False)
BY_THE_LINK = Q(mandate__isnull=True, replied_by__isnull=True, from_before_mandates=False) & ~Q(sent_to="")
BEFORE_MANDATES = Q(mandate__isnull=True, registry_change__isnull=True, from_before_mandates=True)


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0006_by_what_right_bodies_replied")]

    operations = [
        migrations.AddConstraint(
            "commitment",
            models.CheckConstraint(
                condition=Q(reply="asked", mandate__isnull=True, from_before_mandates=False)
                | Q(reply="withdrawn")
                | Q(reply__in=("accepted", "declined", "countered", "left"))
                & (UNDER_A_MANDATE | BY_THE_LINK | BEFORE_MANDATES),
                name="commitment_replied_with_a_right",
            ),
        ),
    ]
