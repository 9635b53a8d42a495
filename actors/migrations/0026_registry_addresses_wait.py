"""Registry addresses wait for the installation's list; proposed mandates cover only what their kind of body can decide."""

from django.db import migrations, models

# As actors.rules.mandates.scopes_for on this day; other kinds have commitments only.
SCOPES = {
    "committee_admin": {"delegation", "execution", "register", "commitments"},
    "municipal_company": {"execution", "register", "commitments"},
    "state_authority": {"delegation", "commitments"},
}


def narrow(apps, schema_editor):
    """Take away what could never be used, where the body has not answered: otherwise it could not be confirmed."""
    open_mandates = {"confirmed_at": None, "refused_at": None, "ended_at": None}
    _narrow(apps.get_model("actors", "Mandate").objects.filter(**open_mandates))
    _narrow(apps.get_model("actors", "Invitation").objects.filter(accepted_at=None, organisation__isnull=False))


def _narrow(rows):
    for row in rows.select_related("organisation"):
        scopes = [scope for scope in row.scopes if scope in SCOPES.get(row.organisation.kind, {"commitments"})]
        if scopes and scopes != row.scopes:
            row.scopes = scopes
            row.save(update_fields=["scopes"])


class Migration(migrations.Migration):
    dependencies = [("actors", "0025_nothing_sampled_of_dead_addresses")]

    operations = [
        migrations.AlterField(
            model_name="registryaddresschange",
            name="sent_to",
            field=models.EmailField(
                blank=True,
                help_text="Adressen dit länken gick; tomt när administratören skrev in den, eller medan domänen inte räknas.",
                max_length=254,
                verbose_name="bekräftas av",
            ),
        ),
        migrations.RunPython(narrow, migrations.RunPython.noop),
    ]
