"""The seed: the demo, one of each thing around it, and a few more people. Belongs to the old checkout's tests."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management import call_command
from django.utils import translation
from responses import people


def build(_number: int, seed: Path) -> None:
    """Fill an empty database; note the addresses that no link leads to."""
    call_command("migrate", verbosity=0, interactive=False)
    from tests.browser import world

    with translation.override("sv"):
        made = world.build()
        _elsewhere()
    (seed / "world.json").write_text(json.dumps(asdict(made), indent=1))


def _elsewhere() -> None:
    """A collaboration where almost nothing is, its coordinator, a stranger, and an administrator."""
    from tests import factories as make

    place = make.collaboration("annanstans", name="Samverkan annanstans", area="Annanstans")
    coordinator = make.user(people.address("elsewhere"))
    make.coordinator(place, coordinator)
    make.dialogue(place)
    make.user(people.address("stranger"))
    make.user(people.address(people.ADMIN), is_staff=True, is_superuser=True)
