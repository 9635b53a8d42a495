"""Triggers that Django cannot write: rows that the database refuses to change or delete."""

from django.db import migrations

# `dialogue_refuse_edit` takes the columns that may change, as a text array. Whoever writes in a meeting or on
# a proposal holds a share of its row, so that nobody locks the minutes or settles the proposal in the middle of it.
FUNCTIONS = """
CREATE FUNCTION dialogue_refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free text[] := TG_ARGV[0]::text[];
BEGIN
  IF (to_jsonb(OLD) - free) IS DISTINCT FROM (to_jsonb(NEW) - free) THEN
    RAISE EXCEPTION '% is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION dialogue_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never deleted', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION dialogue_refuse_when_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was bigint := (to_jsonb(OLD) ->> 'meeting_id')::bigint;
  now bigint := (to_jsonb(NEW) ->> 'meeting_id')::bigint;
BEGIN
  PERFORM 1 FROM dialogue_meeting WHERE id IN (was, now) FOR SHARE;
  IF EXISTS (SELECT 1 FROM dialogue_meeting WHERE id IN (was, now) AND approved_on IS NOT NULL) THEN
    RAISE EXCEPTION 'the minutes of meeting % are locked', coalesce(was, now) USING ERRCODE = 'check_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE FUNCTION dialogue_refuse_wording_when_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  its bigint := (SELECT meeting_id FROM dialogue_minuteitem WHERE id = NEW.item_id);
BEGIN
  PERFORM 1 FROM dialogue_meeting WHERE id = its FOR SHARE;
  IF EXISTS (SELECT 1 FROM dialogue_meeting WHERE id = its AND approved_on IS NOT NULL) THEN
    RAISE EXCEPTION 'the minutes of meeting % are locked', its USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION dialogue_refuse_position_when_treated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM dialogue_proposal WHERE id = NEW.proposal_id FOR SHARE;
  IF EXISTS (SELECT 1 FROM dialogue_proposal WHERE id = NEW.proposal_id
             AND (stands_since IS NOT NULL OR withdrawn_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'the group has treated proposal %', NEW.proposal_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""

EDIT, DELETE, LOCKED = "dialogue_refuse_edit", "dialogue_refuse_delete", "dialogue_refuse_when_locked"
# Trigger name, table, when it fires, condition, function and its argument.
TRIGGERS = [
    # Who tells followers of a move sets told_at; nothing else of it ever changes.
    ("never_edited", "stepchange", "UPDATE", "", f"{EDIT}('{{told_at}}')"),
    # An answer that a body has given is not changed, except that it is noted when a reminder went out.
    (
        "never_edited",
        "partdecision",
        "UPDATE",
        "OLD.answered_at IS NOT NULL",
        f"{EDIT}('{{reminded_at,overdue_told_at}}')",
    ),
    # Approved minutes are locked: neither the meeting nor anything written in it changes.
    ("never_edited", "meeting", "UPDATE", "OLD.approved_on IS NOT NULL", f"{EDIT}('{{}}')"),
    ("never_deleted", "meeting", "DELETE", "OLD.approved_on IS NOT NULL", f"{DELETE}()"),
    *(
        ("locked", table, "INSERT OR UPDATE OR DELETE", "", f"{LOCKED}()")
        for table in (
            *("minuteitem", "agendapoint", "approval"),
            *("meeting_issues", "meeting_present", "meeting_adjusters"),
        )
    ),
    ("locked", "itemwording", "INSERT", "", "dialogue_refuse_wording_when_locked()"),
    # Positions are taken on drafts only.
    ("only_on_drafts", "position", "INSERT", "", "dialogue_refuse_position_when_treated()"),
    # Histories and what was said for good. Rows without never_deleted go when what they belong to is deleted.
    *(
        ("never_edited", table, "UPDATE", "", f"{EDIT}('{{}}')")
        for table in (
            *("decisionevent", "groupevent", "itemwording", "approval", "addition", "promiseoutcome"),
            *("position", "prioritisation", "prioritisedproposal"),
        )
    ),
    *(
        ("never_deleted", table, "DELETE", "", f"{DELETE}()")
        for table in ("itemwording", "addition", "promiseoutcome", "position")
    ),
]


def _create(name: str, table: str, event: str, condition: str, function: str) -> str:
    when = f"WHEN ({condition}) " if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {event} ON dialogue_{table} FOR EACH ROW {when}EXECUTE FUNCTION {function};\n"


CREATE = FUNCTIONS + "".join(_create(*trigger) for trigger in TRIGGERS)
DROP = "".join(f"DROP TRIGGER {name} ON dialogue_{table};\n" for name, table, *_ in TRIGGERS) + "".join(
    f"DROP FUNCTION {name}();\n"
    for name in (EDIT, DELETE, LOCKED, "dialogue_refuse_wording_when_locked", "dialogue_refuse_position_when_treated")
)


class Migration(migrations.Migration):
    """After the tables, before anybody uses them."""

    dependencies = [("dialogue", "0001_initial")]  # noqa: RUF012

    operations = [migrations.RunSQL(CREATE, DROP)]  # noqa: RUF012
