"""What runs in a process of its own: building the seed, planning what to ask, asking."""

import logging
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

from responses.stillness import ASKED, BUILT, repeat_chance, travel


def main(task: str, number: str, *places: str) -> None:
    """Set up Django at a fixed moment, and do the task."""
    if task == "build":
        travel(BUILT, ticking=True).start()  # what is written first is also written earlier
    else:
        repeat_chance()
        travel(ASKED).start()
    _ready()
    _tasks()[task](int(number), *map(Path, places))


def _ready() -> None:
    import django

    warnings.filterwarnings("ignore", "No directory at")
    django.setup()
    logging.disable(logging.CRITICAL)  # what goes wrong stands in the answers
    from django.conf import settings

    settings.DEMO = True  # the demo's outbox is shown
    if not (Path(settings.BASE_DIR) / "static" / "build" / "print-fonts.css").exists():
        sys.exit("Stilmallarna saknas: kör make install-dev (eller npm run build) i den här utcheckningen.")


def _tasks() -> dict[str, Callable[..., None]]:
    from responses import build, plan, work

    return {"build": build.build, "plan": plan.write, "work": work.work}


if __name__ == "__main__":
    main(*sys.argv[1:])
