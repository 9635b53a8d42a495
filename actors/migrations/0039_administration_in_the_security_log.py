"""Giving and taking technical administration are kinds of their own in the security log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The two kinds, in the list that the database knows."""

    dependencies = [
        ('actors', '0038_more_helper_tasks'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='securityevent',
            name='security_event_kind_is_known',
        ),
        migrations.AlterField(
            model_name='securityevent',
            name='kind',
            field=models.CharField(choices=[('signed_in', 'loggade in'), ('signed_out', 'loggade ut'), ('sign_in_letter', 'bad om ett brev för att logga in'), ('session_ended', 'avslutade en inloggning'), ('email_changed', 'bytte e-postadress'), ('name_changed', 'bytte namn'), ('password_changed', 'bytte lösenord'), ('factor_added', 'lade till ett säkert sätt att logga in'), ('factor_removed', 'tog bort ett säkert sätt att logga in'), ('change_stopped', 'stoppade en ändring av kontot'), ('read_raw_text', 'läste omaskad text'), ('exported', 'tog ut uppgifter'), ('appointed', 'ändrade ett uppdrag'), ('right_changed', 'ändrade en rättighet'), ('administered', 'ändrade på administrationens sidor'), ('administration_given', 'gjorde någon till teknisk administratör'), ('administration_taken', 'tog ifrån någon den tekniska administrationen'), ('refused', 'försökte göra något otillåtet'), ('log_read', 'läste säkerhetsloggen'), ('disposed', 'gallrade gamla rader')], help_text='Slag av händelse.', max_length=20, verbose_name='vad'),
        ),
        migrations.AddConstraint(
            model_name='securityevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['signed_in', 'signed_out', 'sign_in_letter', 'session_ended', 'email_changed', 'password_changed', 'factor_added', 'factor_removed', 'change_stopped', 'read_raw_text', 'exported', 'appointed', 'right_changed', 'administered', 'refused', 'log_read', 'disposed', 'name_changed', 'administration_given', 'administration_taken'])), name='security_event_kind_is_known'),
        ),
    ]
