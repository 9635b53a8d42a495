"""Ten thousand hostile requests, of one seed, over the forms of every role: no 5xx and no traceback.

Run: python -m benchmarks.hostile
"""

import os
import subprocess
import sys

# Seed, requests, seconds at most for them, pages read for each role to find forms on.
TEN_THOUSAND = "20261129 10000 290 400"


def main() -> int:
    """Run the test with other numbers. Returns its exit status."""
    env = os.environ | {"OSTBERGA_HOSTILE": os.environ.get("OSTBERGA_HOSTILE", TEN_THOUSAND)}
    command = [sys.executable, "-m", "pytest", "-q", "-s", "--show-capture=no", "--tb=short", "tests/hostile"]
    return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
