"""The database times each security event and seals it in a chain of hashes; old ones leave by a function."""

from django.db import migrations

# Everything below runs as the owner of the tables, so that the application needs no right to the seals, nor to
# delete. Their search_path is fixed, or whoever calls them could put a table of her own in the way.
AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"

CREATE = f"""
CREATE FUNCTION actors_time_security_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER timed BEFORE INSERT ON actors_securityevent
  FOR EACH ROW EXECUTE FUNCTION actors_time_security_event();

-- What the hash is made of; actors/security_log/chain.py makes the same.
CREATE FUNCTION actors_security_hash(previous text, event actors_securityevent) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(chr(31), previous, event.id,
    to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), event.kind, event.outcome,
    coalesce(event.who_id::text, ''), coalesce(event.collaboration_id::text, ''), event.object_type, event.object_key),
    'UTF8')), 'hex')
$$;

-- Two steps at commit: this one adds the empty seal, whose own trigger then runs after every other check that was due
-- at commit. So nobody waits for a row while holding the chain's lock, and no two transactions wait for each other.
CREATE FUNCTION actors_add_security_seal() RETURNS trigger LANGUAGE plpgsql {AS_OWNER} AS $$
BEGIN
  INSERT INTO actors_securityseal (event_id, previous, hash) VALUES (NEW.id, '', '');
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sealed AFTER INSERT ON actors_securityevent DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION actors_add_security_seal();

CREATE FUNCTION actors_fill_security_seal() RETURNS trigger LANGUAGE plpgsql {AS_OWNER} AS $$
DECLARE
  event actors_securityevent;
  last actors_securityseal;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ostberga-security-log'));
  SELECT * INTO event FROM actors_securityevent WHERE id = NEW.event_id;
  SELECT * INTO last FROM actors_securityseal WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1;
  UPDATE actors_securityseal SET position = coalesce(last.position, 0) + 1, previous = coalesce(last.hash, ''),
    hash = actors_security_hash(coalesce(last.hash, ''), event) WHERE event_id = NEW.event_id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER filled AFTER INSERT ON actors_securityseal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION actors_fill_security_seal();

CREATE FUNCTION actors_refuse_change_of_security_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.hash = '' THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF current_setting('ostberga.disposing_of_security_events', true) = 'yes' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'the security log is never edited' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON actors_securityseal
  FOR EACH ROW EXECUTE FUNCTION actors_refuse_change_of_security_seal();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON actors_securityseal
  FOR EACH STATEMENT EXECUTE FUNCTION actors_refuse_change_of_security_log();

-- Takes the oldest part of the chain, and leaves an event that says up to where. Returns how many events went.
CREATE FUNCTION actors_dispose_of_security_events(days integer) RETURNS integer LANGUAGE plpgsql {AS_OWNER} AS $$
DECLARE
  upto bigint;
  gone integer;
BEGIN
  IF days < 90 THEN
    RAISE EXCEPTION 'the security log is never edited: days is less than 90' USING ERRCODE = 'check_violation';
  END IF;
  SELECT coalesce(min(seal.position) FILTER (WHERE event.at >= now() - make_interval(days => days)) - 1,
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

-- Events from before the chain, in the order they were written.
INSERT INTO actors_securityseal (event_id, previous, hash) SELECT id, '', '' FROM actors_securityevent ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
DROP = """
DROP FUNCTION actors_dispose_of_security_events(integer);
DROP TRIGGER timed ON actors_securityevent;
DROP TRIGGER sealed ON actors_securityevent;
DROP TRIGGER filled ON actors_securityseal;
DROP TRIGGER never_edited ON actors_securityseal;
DROP TRIGGER never_emptied ON actors_securityseal;
DROP FUNCTION actors_time_security_event();
DROP FUNCTION actors_add_security_seal();
DROP FUNCTION actors_fill_security_seal();
DROP FUNCTION actors_refuse_change_of_security_seal();
DROP FUNCTION actors_security_hash(text, actors_securityevent);
"""


class Migration(migrations.Migration):
    """After the table of seals."""

    dependencies = [("actors", "0015_security_seals")]  # noqa: RUF012

    operations = [migrations.RunSQL(CREATE, DROP)]  # noqa: RUF012
