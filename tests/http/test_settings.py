"""Settings that would make an installation unsafe without a word are refused at the start; a silent cache is away."""

import os
import socket
import subprocess
import sys
import time

import pytest
import redis

from ostberga.lib.servers import redis_client
from ostberga.settings.environment import REQUIRED_IN_PRODUCTION
from tests.house.files import ROOT


def start(**variables: str) -> str:
    """What an installation with these variables says when its settings are read."""
    ready = dict.fromkeys(REQUIRED_IN_PRODUCTION, "a-value") | {"SITE_URL": "https://dialog.example.se"}
    done = subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print('started', settings.MODE)"],
        env={**ready, "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "ostberga.settings", **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_kind_of_installation_that_does_not_exist_does_not_run_with_the_keys_of_the_demo():
    assert "Skriv production, demo eller test." in start(OSTBERGA_MODE="staging")


def test_a_city_is_not_served_without_https():
    assert "SITE_URL ska börja med https://" in start(SITE_URL="http://dialog.example.se")
    assert "started production" in start()


@pytest.fixture
def silent_server():
    """A server that takes the connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


def test_a_cache_that_never_answers_counts_as_away(silent_server, monkeypatch):
    monkeypatch.setattr(redis_client, "REPLY_SECONDS", 0.05)
    before = time.perf_counter()

    with pytest.raises(redis.exceptions.TimeoutError):
        redis_client.client_at(silent_server).ping()

    assert time.perf_counter() - before < 30
