"""An installation of an earlier day is upgraded: its dump is restored and migrated to what the code says today."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests.migrations import dump

pytestmark = pytest.mark.slow
DUMPS = sorted(dump.FOLDER.glob("*.dump"))


@pytest.fixture(params=DUMPS, ids=lambda path: path.stem)
def restored(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database as it was then."""
    name = f"upgraded_{request.param.stem}_{os.getpid()}"  # several runs may share a server
    address = dump.create(name)
    try:
        dump.restore(request.param, address)
        yield address
    finally:
        dump.drop(name)


def test_there_is_a_dump_to_upgrade():
    assert DUMPS


def test_it_is_migrated_to_head_and_keeps_its_rows(restored):
    before = dump.count_rows(restored)

    dump.manage(restored, "migrate", "--verbosity", "0")

    after = dump.count_rows(restored)
    # Positions are settled or sealed, and nothing keeps who took them and when (ADR 40).
    assert before.pop("dialogue_position") > 0
    assert before.pop("dialogue_groupevent") > after["dialogue_groupevent"]
    assert {table: after.get(table) for table in before} == before
    assert "[ ]" not in dump.manage(restored, "showmigrations")
    assert before["dialogue_issue"] > 10


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


def test_the_positions_on_treated_proposals_are_kept_by_role_and_those_on_drafts_sealed(restored):
    with psycopg.connect(restored, autocommit=True) as connection:
        treated = set(connection.execute(TREATED.format(LATEST)).fetchall())
        drafts = connection.execute(DRAFTS).fetchone()
    dump.manage(restored, "migrate", "--verbosity", "0")

    with psycopg.connect(restored, autocommit=True) as connection:
        settled = "SELECT proposal_id, role, stance, reason FROM dialogue_settledposition"
        assert treated and set(connection.execute(TREATED.format(settled)).fetchall()) == treated
        assert connection.execute("SELECT count(*) FROM dialogue_openpositions").fetchone() == drafts
        assert connection.execute("SELECT count(*) FROM dialogue_meetingreasons").fetchone() > (0,)


def test_closed_waves_keep_the_groups_that_may_be_named_beside_quotes_and_open_ones_have_none(restored):
    dump.manage(restored, "migrate", "--verbosity", "0")

    with psycopg.connect(restored, autocommit=True) as connection:
        waves = connection.execute("SELECT closed_at IS NOT NULL, large_groups FROM surveys_wave").fetchall()
    decided = [groups for is_closed, groups in waves if is_closed]
    assert decided and all(["resident", ""] in groups and ["", "sv"] in groups for groups in decided)
    assert [groups for is_closed, groups in waves if not is_closed and groups is not None] == []


LIVE = """
SELECT item.t_data FROM generate_series(0, pg_relation_size('actors_letter') / 8192 - 1) AS page,
  heap_page_items(get_raw_page('actors_letter', page::int)) AS item WHERE item.t_data IS NOT NULL AND item.t_xmax = '0'
"""
SAMPLED = """
SELECT DISTINCT tablename FROM pg_stats WHERE tablename IN ('dialogue_follower', 'dialogue_followedissue',
  'dialogue_betterinvite', 'dialogue_betteranswer', 'dialogue_pulseinvite', 'dialogue_pulseanswer')
"""


def test_what_it_removes_is_not_left_in_the_samples_or_the_letters(restored):
    with psycopg.connect(restored, autocommit=True) as connection:
        connection.execute("UPDATE actors_letter SET unsubscribe = 'https://example.se/folj/hemlig/' WHERE kind <> 'x'")
        connection.execute("ANALYZE")
        sampled_before = connection.execute(SAMPLED).fetchall()
    dump.manage(restored, "migrate", "--verbosity", "0")

    with psycopg.connect(restored, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
        letters = [bytes(row) for (row,) in connection.execute(LIVE)]
        kept = connection.execute("SELECT attstorage FROM pg_attribute WHERE attname = 'sealed' AND attlen = -1"
                                  " AND attrelid = 'surveys_waitingitem'::regclass").fetchone()
        assert sampled_before and connection.execute(SAMPLED).fetchall() == []
        assert letters and not any(b"folj/hemlig" in letter for letter in letters)
        assert kept == ("p",)
