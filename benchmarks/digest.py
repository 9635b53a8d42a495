"""The digest to 10,000 followers against 1,000: the same memory, the same queries per batch, no letter twice.

Each size runs in a process and a database of its own. One more run is killed halfway with SIGKILL and resumed by a new
process. Run: python -m benchmarks.digest
"""

import contextlib
import datetime as dt
import itertools
import os
import resource
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator

from benchmarks.servers import ROOT, start_servers

FEW, MANY = 1_000, 10_000
LIMIT = 1.2  # highest ratio of peak memory


def build(size: int) -> None:
    """Create `size` followers of three issues in all languages, and news about each issue."""
    from django.utils import timezone

    from dialogue.followers import news_collection
    from dialogue.models import FollowedIssue, Follower
    from dialogue.staircase import climbing, gate_facts
    from ostberga.lib.translations.languages import LANGUAGES
    from tests import factories as make

    collaboration = make.collaboration()
    ake, body = make.user("samordnare@ostberga.example", name="Åke"), make.organisation("Trafikkontoret")
    make.coordinator(collaboration, ake)
    dialogue = make.dialogue(collaboration)
    issues = [make.issue(dialogue, f"Fråga {number}", slug=f"fraga-{number}") for number in range(3)]
    today = timezone.localdate().replace(day=1)
    languages, addresses = itertools.cycle(LANGUAGES), (f"boende{number}@example.se" for number in range(size))
    followers = [
        Follower(email=email, language=next(languages), token_hash=f"hash of {email}", confirmed_on=today)
        for email in addresses
    ]
    Follower.objects.bulk_create(followers, batch_size=1000)
    for issue in issues:
        follows = [FollowedIssue(follower=follower, issue=issue, confirmed_on=today) for follower in followers]
        FollowedIssue.objects.bulk_create(follows, batch_size=1000)
        climbing.climb(issue=issue, by=ake, reason="Klart.", despite=gate_facts.missing_requirements(issue))
        make.decision(issue, ake, body, answer="approved")
    news_collection.collect_news()


def run(size: int) -> None:
    """Send the digest in this process; print the queries per full batch, the peaks of memory and the time."""
    with _servers():
        build(size)
        from django.db import connection, reset_queries
        from django.test.utils import CaptureQueriesContext
        from django.urls import reverse

        from dialogue.followers import digest

        queries, send_portion = [], digest._send_portion

        def counted(*args: object, **named: object) -> object:
            reset_queries()
            with CaptureQueriesContext(connection) as caught:
                answer = send_portion(*args, **named)  # type: ignore[arg-type]
            if answer[1] == digest.PORTION:
                queries.append(len(caught))
            return answer

        reverse("front")  # load what does not depend on the number of followers
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        tracemalloc.start()
        digest._send_portion = counted  # type: ignore[assignment]
        started = time.perf_counter()
        sent = digest.send_digests(_noon())
        spent = time.perf_counter() - started
        peak = tracemalloc.get_traced_memory()[1]
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert sent == size
        print("figures", max(queries), min(queries), peak // 1024, grown, int(spent * 1000 / size * 100))


def killed(size: int) -> None:
    """Kill a run in the middle and resume it; print the letters by then, in the end, and the addresses with two."""
    with _servers() as env:
        build(size)
        from django.db.models import Count

        from actors.models import Letter

        command, place = [sys.executable, "-m", "benchmarks.digest", "send"], {"cwd": ROOT, "env": env}
        child = subprocess.Popen(command, **place)
        while child.poll() is None and Letter.objects.count() < size // 3:
            time.sleep(0.05)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        halfway = Letter.objects.count()
        subprocess.run(command, check=True, **place)
        twice = Letter.objects.values("to").annotate(n=Count("pk")).filter(n__gt=1).count()
        print("figures", halfway, Letter.objects.count(), twice)


def send() -> None:
    """Send the digest in the environment that another process has set."""
    import django

    django.setup()
    from dialogue.followers import digest

    digest.send_digests(_noon())


def compare(few: int, many: int) -> int:
    """Print the ratios. Returns 1 if any limit is exceeded, else 0."""
    small, large = _figures("run", few), _figures("run", many)
    traced, grown = large[2] / small[2], large[3] / max(small[3], 1)
    same = small[:2] == large[:2] and small[0] == small[1]
    print(f"frågor för varje full portion: {small[0]} och {large[0]}: {'ok' if same else 'FEL'}")
    print(f"minne i Python (topp): {small[2]} och {large[2]} KB, kvot {traced:.2f} (högst {LIMIT})")
    print(f"minne i processen (tillväxt): {small[3]} och {large[3]} KB, kvot {grown:.2f} (berättas)")
    print(f"tid för ett brev: {small[4] / 100:.2f} och {large[4] / 100:.2f} ms")
    halfway, letters, twice = _figures("killed", many)
    whole = letters == many and not twice and 0 < halfway < many
    print(f"dödad efter {halfway}, upptagen igen: {letters} brev av {many}, {twice} dubbla: {'ok' if whole else 'FEL'}")
    return int(not same or traced > LIMIT or not whole)


def _figures(act: str, size: int) -> list[int]:
    command = [sys.executable, "-m", "benchmarks.digest", act, str(size)]
    output = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    line = next(line for line in output.splitlines() if line.startswith("figures"))
    return [int(number) for number in line.split()[1:]]


@contextlib.contextmanager
def _servers() -> Iterator[dict[str, str]]:
    with start_servers(durable=False) as env:
        import django

        django.setup()
        yield {**os.environ, **env}  # a copy, since the factories of the tests start servers of their own


def _noon() -> dt.datetime:
    from django.utils import timezone

    return timezone.localtime().replace(hour=12)


ACTS: dict[str, Callable[[int], None]] = {"run": run, "killed": killed}

if __name__ == "__main__":
    if sys.argv[1:] == ["send"]:
        send()
    elif len(sys.argv) == 3 and sys.argv[1] in ACTS:
        ACTS[sys.argv[1]](int(sys.argv[2]))
    else:
        sizes = [int(size) for size in sys.argv[1:]] or [FEW, MANY]
        sys.exit(compare(*sizes))
