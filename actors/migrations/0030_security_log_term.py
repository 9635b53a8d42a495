"""How long the security log is kept stands in a table that only the owner writes; nobody else calls its functions."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"
# As in migration 0016, but for where the days come from.
DISPOSE = f"""
DROP FUNCTION actors_dispose_of_security_events(integer);
CREATE FUNCTION actors_dispose_of_security_events() RETURNS integer LANGUAGE plpgsql {AS_OWNER} AS $$
DECLARE
  kept_days integer;
  upto bigint;
  gone integer;
BEGIN
  kept_days := coalesce((SELECT term.days FROM actors_securitylogterm term), 730);
  SELECT coalesce(min(seal.position) FILTER (WHERE event.at >= now() - make_interval(days => kept_days)) - 1,
    max(seal.position), 0) INTO upto FROM actors_securityseal seal JOIN actors_securityevent event
    ON event.id = seal.event_id;
  PERFORM set_config('ostberga.disposing_of_security_events', 'yes', true);
  WITH seals AS (DELETE FROM actors_securityseal WHERE position <= upto RETURNING event_id)
  DELETE FROM actors_securityevent WHERE id IN (SELECT event_id FROM seals);
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('ostberga.disposing_of_security_events', '', true);
  IF gone > 0 THEN
    INSERT INTO actors_securityevent (at, kind, outcome, object_type, object_key)
    VALUES (now(), 'disposed', 'done', 'actors.securityseal', upto::text);
  END IF;
  RETURN gone;
END $$;
-- A trigger needs no right of whoever sets it off.
REVOKE EXECUTE ON FUNCTION actors_dispose_of_security_events(), actors_add_security_seal(), actors_fill_security_seal()
  FROM PUBLIC;
"""


def write_term(apps, _schema_editor):
    """The setting of whoever migrates, who is the owner."""
    apps.get_model("actors", "SecurityLogTerm").objects.create(id=1, days=settings.SECURITY_LOG_DAYS)


class Migration(migrations.Migration):
    """After the dead addresses. Irreversible: the function that anybody could call with days of her own is gone."""

    dependencies = [("actors", "0029_founding")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.CreateModel(
            name="SecurityLogTerm",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, help_text="Alltid 1: det finns en enda rad.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "days",
                    models.PositiveIntegerField(
                        default=730, help_text="Så länge sparas en händelse, minst 90 dagar.", verbose_name="dagar"
                    ),
                ),
            ],
            options={
                "verbose_name": "säkerhetsloggens gallringstid",
                "verbose_name_plural": "säkerhetsloggens gallringstid",
                "constraints": [
                    models.CheckConstraint(condition=Q(id=1), name="security_log_has_one_term"),
                    models.CheckConstraint(condition=Q(days__gte=90), name="security_log_keeps_90_days"),
                ],
            },
        ),
        migrations.RunPython(write_term, migrations.RunPython.noop),
        migrations.RunSQL(DISPOSE),
    ]
