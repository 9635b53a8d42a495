"""A data controller's address is replaced, and each reader has a link of her own that stops it."""

import django.db.models.deletion
from django.db import migrations, models


def keep_links(apps, _schema_editor):
    """Let the links of removals that wait work on: all their readers had the address's."""
    removals = apps.get_model("actors", "RegistryRemoval").objects
    links = apps.get_model("actors", "RegistryRemovalLink").objects
    for removal in removals.filter(stopped_at=None, done_at=None):
        links.create(removal=removal, sent_to=removal.address, token_hash=removal.token_hash)


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0031_struck_registry_entries'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegistryRemovalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_to', models.EmailField(help_text='Adressen som fick länken.', max_length=254, verbose_name='brevet gick till')),
                ('token_hash', models.CharField(help_text='Hash av länken som stoppar.', max_length=64, unique=True)),
                ('removal', models.ForeignKey(help_text='Borttagningen.', on_delete=django.db.models.deletion.CASCADE, related_name='links', to='actors.registryremoval')),
            ],
            options={
                'verbose_name': 'länk som stoppar en borttagning',
                'verbose_name_plural': 'länkar som stoppar borttagningar',
                'ordering': ['pk'],
            },
        ),
        migrations.RunPython(keep_links, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(
            model_name='registryremoval',
            name='token_hash',
        ),
        migrations.AddField(
            model_name='registryremoval',
            name='replacement',
            field=models.EmailField(blank=True, help_text='Adressen som gäller i stället; tomt när ingen gör det.', max_length=254, verbose_name='ny adress'),
        ),
        migrations.AddField(
            model_name='registryremoval',
            name='stopped_from',
            field=models.EmailField(blank=True, help_text='Adressen vars länk stoppade den; tomt när den inte längre gick att göra.', max_length=254, verbose_name='stoppad från'),
        ),
        migrations.AddConstraint(
            model_name='registryremoval',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_from', ''), ('stopped_at__isnull', False), _connector='OR'), name='removal_stopped_from_when_stopped'),
        ),
    ]
