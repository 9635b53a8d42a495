"""Addresses that collaborations had lead on."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0019_former_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerCollaborationAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Första delen av webbadresserna då.', unique=True, verbose_name='adress')),
                ('until', models.DateField(default=django.utils.timezone.localdate, help_text='Dagen adressen byttes.', verbose_name='till')),
                ('collaboration', models.ForeignKey(help_text='Samverkan.', on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='actors.collaboration')),
            ],
            options={
                'verbose_name': 'samverkans tidigare adress',
                'verbose_name_plural': 'samverkans tidigare adresser',
                'ordering': ['-until', '-pk'],
            },
        ),
    ]
