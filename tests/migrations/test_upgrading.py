"""An installation of an earlier day is upgraded: its dump is restored and migrated to what the code says today."""

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

import psycopg
import pytest

from ostberga.lib.privacy.encrypted import decrypt, encrypt
from tests.migrations import dump

pytestmark = pytest.mark.slow
DUMPS = sorted(dump.FOLDER.glob("*.dump"))
TREATED = """
SELECT proposal_id, role, stance, reason, count(*) FROM ({}) AS row JOIN dialogue_proposal ON proposal_id = dialogue_proposal.id
WHERE stands_since IS NOT NULL OR withdrawn_at IS NOT NULL GROUP BY 1, 2, 3, 4
"""
LATEST = """
SELECT DISTINCT ON (proposal_id, seat_id) proposal_id, dialogue_seat.role, stance, dialogue_position.reason
FROM dialogue_position JOIN dialogue_seat ON seat_id = dialogue_seat.id ORDER BY proposal_id, seat_id, given_at DESC
"""
DRAFTS = """
SELECT count(DISTINCT proposal_id) FROM dialogue_position JOIN dialogue_proposal ON proposal_id = dialogue_proposal.id
WHERE stands_since IS NULL AND withdrawn_at IS NULL
"""
LIVE = """
SELECT item.t_data FROM generate_series(0, pg_relation_size('actors_letter') / 8192 - 1) AS page,
  heap_page_items(get_raw_page('actors_letter', page::int)) AS item WHERE item.t_data IS NOT NULL AND item.t_xmax = '0'
"""
SAMPLED = """
SELECT DISTINCT tablename FROM pg_stats WHERE tablename IN ('dialogue_follower', 'dialogue_followedissue',
  'dialogue_betterinvite', 'dialogue_betteranswer', 'dialogue_pulseinvite', 'dialogue_pulseanswer')
"""
WAITS = """
INSERT INTO surveys_largeimport (id, at, language, day, source, chosen, people, work, seen, state, read, rows, error,
  result, attempts, by_id, channel_id, survey_id, wave_id)
SELECT gen_random_uuid(), now(), 'sv', now(), %s, '{"place-1": "2"}', 0, 'judge', '', 'finished', 0, 0, '', '', 0,
  (SELECT min(id) FROM actors_user), channel.id, channel.survey_id, wave.id
FROM surveys_channel AS channel JOIN surveys_wave AS wave USING (survey_id) ORDER BY channel.id LIMIT 1
RETURNING channel_id
"""


class Upgrade(NamedTuple):
    """A database that has been migrated, and what it told before: rows per table, positions, drafts, sampled tables.

    `place`: the channel of the large file that waited, where it stood in clear.
    """

    address: str
    before: dict[str, int]
    treated: set[tuple[Any, ...]]
    drafts: tuple[Any, ...] | None
    sampled: list[tuple[Any, ...]]
    place: int | None

    def asked(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            return connection.execute(sql).fetchall()


def _upgraded(address: str) -> Upgrade:
    """Note what the database tells, migrate it to head."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("UPDATE actors_letter SET unsubscribe = 'https://example.se/folj/hemlig/' WHERE kind <> 'x'")
        connection.execute("ANALYZE")
        treated = set(connection.execute(TREATED.format(LATEST)).fetchall())
        drafts = connection.execute(DRAFTS).fetchone()
        sampled = connection.execute(SAMPLED).fetchall()
    before = dump.count_rows(address)
    place = None if "surveys_largeimport" in before else _put_large_file(address)
    dump.manage(address, "migrate", "--verbosity", "0")
    return Upgrade(address, before, treated, drafts, sampled, place)


def _put_large_file(address: str) -> int:
    """Migrate it to where large files named their place in clear, put one there, and return its place."""
    dump.manage(address, "migrate", "surveys", "0014", "--verbosity", "0")
    with psycopg.connect(address, autocommit=True) as connection:
        ((place,),) = connection.execute(WAITS, [encrypt('{"text": "Mer ljus", "book": ""}')]).fetchall()
    return int(place)


@pytest.fixture(scope="module", params=DUMPS, ids=lambda path: path.stem)
def upgrade(request: pytest.FixtureRequest) -> Iterator[Upgrade]:
    """A database as it was then, migrated once for all tests here, which only read it."""
    name = f"upgraded_{request.param.stem}_{os.getpid()}"  # several runs may share a server
    address = dump.create(name)
    try:
        dump.restore(request.param, address)
        yield _upgraded(address)
    finally:
        dump.drop(name)


def test_there_is_a_dump_to_upgrade():
    assert DUMPS


def test_it_is_migrated_to_head_and_keeps_its_rows(upgrade):
    before, after = dict(upgrade.before), dump.count_rows(upgrade.address)
    # Positions are settled or sealed, and nothing keeps who took them and when (ADR 40).
    assert before.pop("dialogue_position") > 0
    assert before.pop("dialogue_groupevent") > after["dialogue_groupevent"]
    assert {table: after.get(table) for table in before} == before
    assert "[ ]" not in dump.manage(upgrade.address, "showmigrations")
    assert before["dialogue_issue"] > 10


def test_the_positions_on_treated_proposals_are_kept_by_role_and_those_on_drafts_sealed(upgrade):
    settled = "SELECT proposal_id, role, stance, reason FROM dialogue_settledposition"

    assert upgrade.treated and set(upgrade.asked(TREATED.format(settled))) == upgrade.treated
    assert upgrade.asked("SELECT count(*) FROM dialogue_openpositions") == [upgrade.drafts]
    assert upgrade.asked("SELECT count(*) FROM dialogue_meetingreasons") > [(0,)]


def test_closed_waves_keep_the_groups_that_may_be_named_beside_quotes_and_open_ones_have_none(upgrade):
    waves = upgrade.asked("SELECT closed_at IS NOT NULL, large_groups FROM surveys_wave")
    decided = [groups for is_closed, groups in waves if is_closed]
    assert decided and all(["resident", ""] in groups and ["", "sv"] in groups for groups in decided)
    assert [groups for is_closed, groups in waves if not is_closed and groups is not None] == []


def test_what_it_removes_is_not_left_in_the_samples_or_the_letters(upgrade):
    assert upgrade.sampled and upgrade.asked(SAMPLED) == []

    with psycopg.connect(upgrade.address, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
    letters = [bytes(row) for (row,) in upgrade.asked(LIVE)]
    assert letters and not any(b"folj/hemlig" in letter for letter in letters)


def test_a_waiting_item_is_stored_as_long_as_it_is(upgrade):
    storage = "SELECT attstorage FROM pg_attribute WHERE attname = 'sealed' AND attlen = -1"
    assert upgrade.asked(f"{storage} AND attrelid = 'surveys_waitingitem'::regclass") == [("p",)]


def test_a_large_file_that_waits_keeps_its_place_and_choices_encrypted(upgrade):
    if upgrade.place is None:
        pytest.skip("the files of this installation name no place in clear")
    ((source, chosen),) = upgrade.asked("SELECT source, chosen FROM surveys_largeimport")

    assert json.loads(decrypt(source)) == {"text": "Mer ljus", "book": "", "channel": upgrade.place}
    assert json.loads(decrypt(chosen)) == {"place-1": "2"}
