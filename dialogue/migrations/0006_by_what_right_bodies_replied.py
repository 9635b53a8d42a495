"""A body replied about a commitment by exactly one right: a mandate, its registry's link, or one from before mandates."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

REPLIED = ["accepted", "declined", "countered", "left"]


def name_one_right(apps, schema_editor):
    """What has two rights keeps the mandate; what has none counts as from before; an open request has none."""
    commitments = apps.get_model("dialogue", "Commitment").objects
    commitments.filter(reply="asked").update(mandate=None, from_before_mandates=False)
    replied = commitments.filter(reply__in=REPLIED)
    replied.filter(mandate__isnull=False).update(from_before_mandates=False)
    by_link = Q(replied_by__isnull=True) & ~Q(sent_to="")
    replied.filter(~by_link, mandate__isnull=True).update(from_before_mandates=True)


def find_addresses(apps, schema_editor):
    """How the address came to count at which a registry used its link."""
    changes = apps.get_model("actors", "RegistryAddressChange").objects.filter(
        organisation=OuterRef("organisation"),
        address=OuterRef("sent_to"),
        confirmed_at__isnull=False,
        confirmed_at__lte=OuterRef("replied_at"),
    )
    by_link = apps.get_model("dialogue", "Commitment").objects.filter(
        reply__in=REPLIED, mandate__isnull=True, from_before_mandates=False
    )
    by_link.update(registry_change=Subquery(changes.order_by("-confirmed_at", "-pk").values("pk")[:1]))


def leave_as_it_is(apps, schema_editor):
    """The older, looser constraint admits what this one does."""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0017_whose_registry_addresses"),
        ("dialogue", "0005_nothing_sampled_of_what_batches_rewrite"),
    ]

    operations = [
        migrations.RemoveConstraint("commitment", "commitment_replied_with_a_right"),
        migrations.AddField(
            "commitment",
            "registry_change",
            models.ForeignKey(
                blank=True,
                help_text="Adressens ursprung.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actors.registryaddresschange",
            ),
        ),
        migrations.RunPython(name_one_right, leave_as_it_is),
        migrations.RunPython(find_addresses, leave_as_it_is),
    ]
