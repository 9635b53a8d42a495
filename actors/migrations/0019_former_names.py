"""Names that organisations had earlier."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0018_sent_forms'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerOrganisationName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Namnet då.', max_length=120, verbose_name='namn')),
                ('until', models.DateField(default=django.utils.timezone.localdate, help_text='Dagen namnet byttes.', verbose_name='till')),
                ('short_name', models.CharField(help_text='Det korta namnet då.', max_length=40, verbose_name='kort namn')),
                ('organisation', models.ForeignKey(help_text='Organisationen.', on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='actors.organisation')),
            ],
            options={
                'verbose_name': 'organisations tidigare namn',
                'verbose_name_plural': 'organisationers tidigare namn',
                'ordering': ['-until', '-pk'],
                'abstract': False,
            },
        ),
    ]
