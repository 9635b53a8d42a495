"""An installation of an earlier day is upgraded: its dump is restored and migrated to what the code says today."""

from collections.abc import Iterator

import pytest

from tests.migrations import dump

pytestmark = pytest.mark.slow
DUMPS = sorted(dump.FOLDER.glob("*.dump"))


@pytest.fixture(params=DUMPS, ids=lambda path: path.stem)
def restored(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database as it was then."""
    name = f"upgraded_{request.param.stem}"
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
    assert {table: after.get(table) for table in before} == before
    assert "[ ]" not in dump.manage(restored, "showmigrations")
    assert before["dialogue_issue"] > 10
