"""Registries' list of whole addresses, former addresses, who entered an address, and when another one replaced it."""

import datetime as dt
import hashlib
import hmac

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LATER = dt.timedelta(seconds=5)  # how much later a replaced row was written than what replaced it, at the most


def mailbox_hash(address):
    """What the model stores, as it was computed on the day of this migration."""
    local, _, domain = address.strip().lower().rpartition("@")
    mailbox = f"{local.partition('+')[0].replace('.', '')}@{domain}"
    text = f"former-address:{mailbox}"
    return hmac.new(settings.LINK_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def remember_addresses(apps, schema_editor):
    """What is still known of former addresses: those whose change can be stopped."""
    changes = apps.get_model("actors", "AccountChange").objects.exclude(old_email="")
    for change in changes:
        own = {"user_id": change.user_id, "mailbox_hash": mailbox_hash(change.old_email)}
        apps.get_model("actors", "FormerAddress").objects.get_or_create(**own)


def tell_replaced_from_refused(apps, schema_editor):
    """A row that ended within seconds of another's beginning, confirmation or removal was replaced by it."""
    changes = apps.get_model("actors", "RegistryAddressChange").objects
    removals = apps.get_model("actors", "RegistryRemoval").objects
    for change in changes.filter(refused_at__isnull=False):
        just_before = (change.refused_at - LATER, change.refused_at)
        others = changes.filter(organisation=change.organisation_id).exclude(pk=change.pk)
        asked = others.filter(proposed_by=change.proposed_by_id, proposed_at__range=just_before)
        done = removals.filter(organisation=change.organisation_id, done_at__range=just_before)
        if asked.exists() or others.filter(confirmed_at__range=just_before).exists() or done.exists():
            change.refused_at, change.replaced_at = None, change.refused_at
            change.save(update_fields=["refused_at", "replaced_at"])


def call_replaced_refused(apps, schema_editor):
    """As it was before."""
    changes = apps.get_model("actors", "RegistryAddressChange").objects
    changes.filter(replaced_at__isnull=False).update(refused_at=models.F("replaced_at"), replaced_at=None)


def fill_in_who(apps, schema_editor):
    """In what capacity each address was entered, and the one that each mandate was confirmed at."""
    changes = apps.get_model("actors", "RegistryAddressChange").objects
    appointments = apps.get_model("actors", "CoordinatorAppointment").objects
    for change in changes.select_related("proposed_by"):
        appointed = appointments.filter(user=change.proposed_by_id).exists()
        change.entered_as = "coordinator" if appointed else "admin" if change.proposed_by.is_superuser else "body"
        change.save(update_fields=["entered_as"])
    for mandate in apps.get_model("actors", "Mandate").objects.exclude(confirmed_by_address=""):
        same = changes.filter(organisation=mandate.organisation_id, address=mandate.confirmed_by_address)
        before = same.filter(confirmed_at__isnull=False, confirmed_at__lte=mandate.confirmed_at)
        mandate.registry_change = before.order_by("-confirmed_at", "-pk").first()
        mandate.save(update_fields=["registry_change"])


def nothing_to_undo(apps, schema_editor):
    """The columns and the table go with the migration."""


class Migration(migrations.Migration):
    dependencies = [("actors", "0016_security_chain")]

    operations = [
        migrations.RenameModel("RegistryDomain", "RegistryEntry"),
        migrations.RenameField("RegistryEntry", "domain", "listed"),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mailbox_hash",
                    models.CharField(
                        help_text="Nyckelsatt hash av brevlådan, så att den aldrig räknas som en registrators.",
                        max_length=64,
                        verbose_name="hash",
                    ),
                ),
            ],
            options={
                "verbose_name": "tidigare adress",
                "verbose_name_plural": "tidigare adresser",
            },
        ),
        migrations.AlterModelOptions(
            name="registryentry",
            options={
                "ordering": ["listed", "pk"],
                "verbose_name": "domän eller adress för registratorer",
                "verbose_name_plural": "domäner och adresser för registratorer",
            },
        ),
        migrations.RemoveConstraint(
            model_name="registryaddresschange",
            name="registry_address_confirmed_or_refused",
        ),
        migrations.RemoveConstraint(
            model_name="registryaddresschange",
            name="registry_link_used_once",
        ),
        migrations.AddField(
            model_name="mandate",
            name="registry_change",
            field=models.ForeignKey(
                blank=True,
                help_text="Hur adressen som bekräftade kom till; tomt när en kollega gick i god, eller det inte är känt.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actors.registryaddresschange",
            ),
        ),
        migrations.AddField(
            model_name="registryaddresschange",
            name="entered_as",
            field=models.CharField(
                choices=[
                    ("coordinator", "samordnaren"),
                    ("body", "organisationens egna"),
                    ("admin", "installationens administratör"),
                ],
                default="body",
                help_text="I vilken roll den skrevs in.",
                max_length=12,
                verbose_name="inskriven som",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="registryaddresschange",
            name="replaced_at",
            field=models.DateTimeField(
                blank=True,
                help_text="När en annan adress kom i stället, eller den gamla togs bort.",
                null=True,
                verbose_name="ersatt",
            ),
        ),
        migrations.AddField(
            model_name="registryentry",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="Bara för den här organisationen, som då inte kan använda någon annan; tomt: för alla.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registry_entries",
                to="actors.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="registryaddresschange",
            name="sent_to",
            field=models.EmailField(
                blank=True,
                help_text="Adressen dit länken gick; tomt när administratören skrev in den.",
                max_length=254,
                verbose_name="bekräftas av",
            ),
        ),
        migrations.AlterField(
            model_name="registryentry",
            name="listed",
            field=models.CharField(
                help_text="Det som står efter @, till exempel stockholm.se, eller en hel adress.",
                max_length=254,
                validators=[
                    django.core.validators.RegexValidator(
                        "^([a-z0-9._-]+@)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
                        "Skriv en domän, till exempel stockholm.se, eller en hel adress.",
                    )
                ],
                verbose_name="domän eller adress",
            ),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="user",
            field=models.ForeignKey(
                help_text="Kontot.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="former_addresses",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="formeraddress",
            constraint=models.UniqueConstraint(fields=("user", "mailbox_hash"), name="former_address_remembered_once"),
        ),
        migrations.RunPython(remember_addresses, nothing_to_undo),
        migrations.RunPython(tell_replaced_from_refused, call_replaced_refused),
        migrations.RunPython(fill_in_who, nothing_to_undo),
        migrations.AddConstraint(
            model_name="registryaddresschange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("refused_at__isnull", True)),
                    models.Q(("confirmed_at__isnull", True), ("replaced_at__isnull", True)),
                    models.Q(("refused_at__isnull", True), ("replaced_at__isnull", True)),
                    _connector="OR",
                ),
                name="registry_address_has_one_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="registryaddresschange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("token_hash", ""),
                    models.Q(
                        ("confirmed_at__isnull", True), ("refused_at__isnull", True), ("replaced_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="registry_link_used_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registryaddresschange",
            constraint=models.CheckConstraint(
                condition=models.Q(("entered_as__in", ["coordinator", "body", "admin"])),
                name="registry_address_entered_by_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registryentry",
            constraint=models.UniqueConstraint(
                fields=("listed", "organisation"),
                name="registry_entry_listed_once",
                nulls_distinct=False,
                violation_error_message="Den står redan på listan.",
            ),
        ),
    ]
