"""The fault run: a whole installation under load while its parts are killed and taken away, and the reckoning after."""

import sys
from types import ModuleType

from benchmarks.servers import ROOT


def _lend_tests() -> None:
    """Let modules of the tests be imported one by one: importing their package starts servers and stops the clock."""
    package = ModuleType("tests")
    package.__path__ = [str(ROOT / "tests")]
    sys.modules.setdefault("tests", package)


_lend_tests()
