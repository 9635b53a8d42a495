"""How often Python collects garbage in a test run."""

import gc

_USUAL = gc.get_threshold()


def collect_seldom() -> None:
    """For the migrations, which make all models anew for each change: each collection walks through all of them.

    With these numbers of objects the process holds a hundred megabytes more; with none collected, a gigabyte.
    """
    gc.freeze()
    gc.set_threshold(700_000, 2, 1_000)


def collect_as_usual() -> None:
    """Collect what the migrations left, and the rest as Python does by default."""
    gc.set_threshold(*_USUAL)
    gc.collect()
