"""Time that an answer takes whether the typed address has an account or not, as in production.

Medians of turns taken alternately, so that a busy machine hits both alike. The ratio should lie between 0.9 and 1.1.
Run: python -m benchmarks.same_answer
"""

import statistics
import sys
import time
from typing import Any

from benchmarks.servers import start_servers

TURNS = 40
WAYS = {
    "lösenord": ("/konto/login/", {"login": "{}", "password": "ett-fel-lösenord"}),
    "nytt lösenord": ("/konto/password/reset/", {"email": "{}"}),
    "kod med e-post": ("/konto/login/code/", {"email": "{}"}),
}


def _milliseconds(path: str, typed: dict[str, str], address: str) -> float:
    from django.core.cache import cache
    from django.test import Client

    cache.clear()  # the limits are not what is measured
    form = {name: value.format(address) for name, value in typed.items()}
    browser = Client(headers={"host": "localhost"})
    started = time.perf_counter()
    answer = browser.post(path, form, secure=False)
    assert answer.status_code in {200, 302}, answer.status_code
    return (time.perf_counter() - started) * 1000


def _compare(path: str, typed: dict[str, str]) -> tuple[float, float]:
    times: dict[str, list[float]] = {"samordnare@ostberga.example": [], "finns-inte@ostberga.example": []}
    for _ in range(TURNS):
        for address, measured in times.items():
            measured.append(_milliseconds(path, typed, address))
    known, unknown = (statistics.median(measured) for measured in times.values())
    return known, unknown


def main() -> int:
    """Print the medians; return 1 when one way differs by more than a tenth."""
    with start_servers():
        import django

        django.setup()
        from allauth.account.models import EmailAddress

        from tests import factories as make

        user: Any = make.user("samordnare@ostberga.example", name="Åke")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        ratios = []
        for name, way in WAYS.items():
            known, unknown = _compare(*way)
            ratios.append(known / unknown)
            print(f"{name}: med konto {known:.1f} ms, utan {unknown:.1f} ms, kvot {known / unknown:.2f}")
    return 0 if all(0.9 <= ratio <= 1.1 for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
