"""Read an uploaded file in a child process with limits of time and memory, without keys, network addresses or database.

A small file can unfold into hours of work or gigabytes, and the libraries that read it are written in C. The child is a
Python of its own that imports only the module of the function, gets the file on stdin and answers on stdout.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")
ROOT = CHILD.parents[3]
REFUSED = 3  # the child's exit status when the function raised the refusal; its words are the output


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    cpu_seconds: int = 8
    wall_seconds: float = 15
    memory: int = 512 * 2**20  # bytes of address space, of which Python itself takes about sixty million
    output: int = 20 * 2**20  # bytes


def read_isolated(
    function: Callable[[bytes], bytes],
    data: bytes,
    *,
    refusal: type[Exception],
    too_much: str,
    limits: Limits = Limits(),
) -> bytes:
    """Return function(data), computed in a child process. `function` stands at the top of an importable module.

    Raises `refusal`, with the function's own words when it raised it, else with `too_much`: the file took too long or
    too much memory, or the child died.
    """
    numbers = [limits.cpu_seconds, limits.memory, limits.output]
    names = [function.__module__, function.__name__, refusal.__name__]
    command = [sys.executable, "-I", str(CHILD), str(ROOT), *names, *map(str, numbers)]
    try:
        child = subprocess.run(  # noqa: S603 - our own program and our own names
            command, input=data, capture_output=True, timeout=limits.wall_seconds, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        raise refusal(too_much) from None
    if child.returncode == REFUSED:
        raise refusal(child.stdout.decode())
    if child.returncode:
        raise refusal(too_much)
    return child.stdout


def _environment() -> dict[str, str]:
    """Return an environment without the site's keys."""
    return {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
