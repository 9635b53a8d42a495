"""Servers that are away: nobody listens, or somebody takes the connection and never says a word."""

import socket
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache, caches

from ostberga.lib.privacy import local_counts
from ostberga.lib.servers.redis_client import client_at
from ostberga.local.valkey import free_port


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where connections are taken, and nothing is ever answered."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


@pytest.fixture(params=["nobody listens", "nothing is answered"])
def valkey_away(request: pytest.FixtureRequest, settings, silent_port: int) -> Iterator[Callable[[], None]]:
    """The servers of queue and cache are away, in two ways. They are back when the test calls `returns`."""
    before = settings.REDIS_URL, settings.CACHES
    port = free_port() if request.param == "nobody listens" else silent_port
    address = f"redis://127.0.0.1:{port}/0"

    def returns() -> None:
        settings.REDIS_URL, settings.CACHES = before

    settings.REDIS_URL = address
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": address}}
    yield returns
    returns()
    local_counts.forget()
    client_at.cache_clear()
    caches["default"].memory.clear()  # type: ignore[attr-defined]
    cache.clear()
