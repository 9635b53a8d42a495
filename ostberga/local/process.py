"""Start and stop child processes, which never outlive their parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

NOBODY = 65534
PR_SET_PDEATHSIG = 1


class ServerFailed(RuntimeError):
    """A server did not start or died; the message ends with its last log lines."""


def database_account() -> int | None:
    """Return the user id that must run PostgreSQL when we are root, which it refuses; else None."""
    return NOBODY if os.geteuid() == 0 else None


def as_account(account: int | None) -> dict[str, Any]:
    """Return the arguments of subprocess that run a program as that account, without other groups."""
    return {} if account is None else {"user": account, "group": account, "extra_groups": []}


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    as_nobody: bool = False,
    when_parent_dies: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own, writing to `log`. Ctrl-C in a terminal does not reach it."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=env,
            start_new_session=True,
            preexec_fn=_follow_parent(when_parent_dies),  # noqa: PLW1509  (no threads at this point)
            **as_account(database_account() if as_nobody else None),
        )


def stop(child: subprocess.Popen[bytes], *, polite: signal.Signals = signal.SIGTERM, seconds: float = 15) -> None:
    """Send `polite`, wait up to `seconds`, then kill the whole process group."""
    if child.poll() is None:
        child.send_signal(polite)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def stop_pid(pid: int, *, polite: signal.Signals = signal.SIGTERM, seconds: float = 15) -> None:
    """Stop a process that is not our child, first with `polite`, after `seconds` with SIGKILL."""
    for signal_number, timeout in ((polite, seconds), (signal.SIGKILL, 5.0)):
        try:
            os.kill(pid, signal_number)
        except ProcessLookupError:
            return
        if _gone_within(pid, timeout):
            return


def is_running(pid: int, program: str) -> bool:
    """Return whether this process exists and runs that program, since process ids are reused."""
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z" and name == program


def tail(log: Path, lines: int = 12) -> str:
    """Return the last lines of a log, empty if there is none."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def _follow_parent(death: signal.Signals) -> Callable[[], None] | None:
    """Return a preexec_fn that makes the kernel send the child this signal when we die, even by kill -9.

    Linux only; elsewhere the next start stops what was left running.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, int(death))
