"""A collaboration may be the practice of another, and the database keeps what is made up apart from what is real."""

import django.db.models.deletion
from django.db import migrations, models

# `actors_collaboration_of` finds the collaboration of a row: the path names a column of the row, and then the table and
# column to go on to, as often as needed. The constraint's name tells RefusalMiddleware what was refused.
FUNCTIONS = """
CREATE FUNCTION actors_collaboration_of(data jsonb, path text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  hops text[] := string_to_array(path, ' ');
  key text := data ->> hops[1];
  hop text;
BEGIN
  FOREACH hop IN ARRAY hops[2:] LOOP
    EXIT WHEN key IS NULL;
    EXECUTE format('SELECT %I::text FROM %I WHERE id = %L', split_part(hop, '.', 2), split_part(hop, '.', 1), key)
      INTO key;
  END LOOP;
  RETURN key::bigint;
END $$;
CREATE FUNCTION actors_practice_exists() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM actors_collaboration WHERE practice_of_id IS NOT NULL)
$$;
CREATE FUNCTION actors_refuse_in_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF actors_practice_exists() AND EXISTS (
    SELECT 1 FROM actors_collaboration
    WHERE id = actors_collaboration_of(to_jsonb(NEW), TG_ARGV[0]) AND practice_of_id IS NOT NULL
  ) THEN
    RAISE EXCEPTION '% has no row of a practice', TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION actors_refuse_mixing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  places bigint[];
BEGIN
  IF NOT actors_practice_exists() THEN
    RETURN NEW;
  END IF;
  SELECT array_agg(DISTINCT place) INTO places
    FROM (SELECT actors_collaboration_of(to_jsonb(NEW), path) AS place FROM unnest(TG_ARGV) AS path) AS ends
    WHERE place IS NOT NULL;
  IF cardinality(places) > 1 AND EXISTS (
    SELECT 1 FROM actors_collaboration WHERE id = ANY(places) AND practice_of_id IS NOT NULL
  ) THEN
    RAISE EXCEPTION '% joins nothing made up with what is real', TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = 'not_mixed_with_practice';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION actors_refuse_moving() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was bigint := actors_collaboration_of(to_jsonb(OLD), TG_ARGV[0]);
  now bigint := actors_collaboration_of(to_jsonb(NEW), TG_ARGV[0]);
BEGIN
  IF was IS DISTINCT FROM now AND EXISTS (
    SELECT 1 FROM actors_collaboration WHERE id IN (was, now) AND practice_of_id IS NOT NULL
  ) THEN
    RAISE EXCEPTION '% does not move between what is made up and what is real', TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = 'not_mixed_with_practice';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION actors_refuse_change_of_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.practice_of_id IS DISTINCT FROM NEW.practice_of_id THEN
    RAISE EXCEPTION 'what is real and what is made up never change places' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM actors_collaboration WHERE id = NEW.practice_of_id AND practice_of_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a practice has no practice' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER practice_stays BEFORE INSERT OR UPDATE OF practice_of_id ON actors_collaboration
  FOR EACH ROW EXECUTE FUNCTION actors_refuse_change_of_practice();
"""
# Tables that reach people outside, give rights, or are never deleted.
CLOSED = (
    *("appointmentproposal", "bodydescription", "bodysuccession", "coordinatorappointment", "disposal"),
    *("externaladdressee", "invitation", "jointplan", "letter", "mandate", "partnership", "responsibility"),
    "securityevent",
)


def _trigger(table: str, column: str) -> str:
    return (
        f"CREATE TRIGGER not_in_practice BEFORE INSERT OR UPDATE OF {column} ON actors_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION actors_refuse_in_practice('{column}');\n"
    )


TABLES = [(table, "collaboration_id") for table in CLOSED] + [("organisation", "created_in_id")]
CREATE = FUNCTIONS + "".join(_trigger(*table) for table in TABLES)
DROP = "".join(f"DROP TRIGGER not_in_practice ON actors_{table};\n" for table, _column in TABLES) + """
DROP TRIGGER practice_stays ON actors_collaboration;
DROP FUNCTION actors_refuse_change_of_practice();
DROP FUNCTION actors_refuse_moving();
DROP FUNCTION actors_refuse_mixing();
DROP FUNCTION actors_refuse_in_practice();
DROP FUNCTION actors_practice_exists();
DROP FUNCTION actors_collaboration_of(jsonb, text);
"""


class Migration(migrations.Migration):
    """The field, and the triggers of this app's tables; the other apps' come with theirs."""

    dependencies = [("actors", "0032_controllers_addresses_replaced")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.AddField(
            model_name="collaboration",
            name="practice_of",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                help_text="Samverkan som övar här, med påhittade svar; tomt för alla andra. Ändras aldrig.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="practice",
                to="actors.collaboration",
            ),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("practice_of", None),
                    models.Q(("awaits_controller", False), ("is_demo", True), ("slug__startswith", "ovning-")),
                    _connector="OR",
                ),
                name="practice_is_known_by_its_address",
            ),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
