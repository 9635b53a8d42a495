"""Addresses that issues had lead on."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogue', '0008_names_of_their_day'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerIssueAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Sista delen av webbadressen då.', max_length=80, verbose_name='adress')),
                ('until', models.DateField(default=django.utils.timezone.localdate, help_text='Dagen adressen byttes.', verbose_name='till')),
                ('issue', models.ForeignKey(help_text='Sakfrågan.', on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='dialogue.issue')),
            ],
            options={
                'verbose_name': 'sakfrågas tidigare adress',
                'verbose_name_plural': 'sakfrågors tidigare adresser',
                'ordering': ['-until', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('issue', 'slug'), name='former_issue_address_once')],
            },
        ),
    ]
