"""The child of isolated.py: sets its limits, imports one function, and gives it what comes on stdin."""

import resource
import sys
from importlib import import_module

REFUSED, FAILED = 3, 4


def main(root: str, module: str, function: str, refusal: str, *numbers: str) -> int:
    """Return the exit status: 0 with the result on stdout, REFUSED with the words of the refusal, else FAILED."""
    cpu, memory, output = map(int, numbers)
    limit(cpu, memory)
    sys.path.insert(0, root)
    try:
        home = import_module(module)
        result = getattr(home, function)(sys.stdin.buffer.read())
    except Exception as problem:
        if type(problem).__name__ != refusal:
            return FAILED  # the parent says something general; a traceback could quote the file
        result, status = str(problem).encode(), REFUSED
    else:
        status = 0
    if len(result) > output:
        return FAILED
    sys.stdout.buffer.write(result)
    return status


def limit(cpu: int, memory: int) -> None:
    """Let the kernel end this process when it takes more; it may write no file and leave no core."""
    for kind, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
