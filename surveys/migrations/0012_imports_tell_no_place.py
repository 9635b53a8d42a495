"""What said which small place an imported row came from is gone: it stood in keys and on the import.

A row's key was made of its words and place, and both its hash and its receipt code of the key, so that whoever had the
keys, or could import, found the place by trying them all. They get random ones: rows imported earlier are therefore not
recognised when the same file comes again. No imported row had a receipt code that anybody held before today. What had
been chosen for headings and values was under checksums that a word list opens; it is asked about once more.
"""

from django.db import migrations

_RANDOM = "encode(sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea), 'hex')"
FORGET = f"""
UPDATE surveys_response SET submission_hash = {_RANDOM}, receipt_hash = {_RANDOM} WHERE entry = 'import';
DELETE FROM surveys_rememberedchoice;
"""


class Migration(migrations.Migration):
    """Irreversible: what is forgotten does not come back."""

    dependencies = [("surveys", "0011_large_groups_of_closed_waves")]

    operations = [
        migrations.RunSQL(FORGET, elidable=False),
        migrations.RemoveField(model_name="answerimport", name="new_channels"),
    ]
