"""The public version that pages are kept by: it never goes backwards, however slowly a process announces it."""

import random
from concurrent.futures import ThreadPoolExecutor

from django.core.cache import cache

from ostberga.lib.servers.redis_client import cache_client
from ostberga.lib.web.public_pages import announce_version, forget_versions, known_version, version_key


def announced(slug):
    forget_versions()
    return known_version(slug, lambda _: None)


def test_a_slow_process_does_not_announce_an_older_version_over_a_newer():
    announce_version("ostberga", 6)
    announce_version("ostberga", 5)

    assert announced("ostberga") == 6


def test_a_newer_version_is_announced():
    announce_version("ostberga", 9)
    announce_version("ostberga", 10)

    assert announced("ostberga") == 10


def test_many_who_announce_at_once_leave_the_greatest():
    versions = list(range(1, 65))
    random.Random(1).shuffle(versions)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda version: announce_version("ostberga", version), versions))

    assert announced("ostberga") == 64


def test_an_announced_version_is_forgotten_after_a_while():
    announce_version("ostberga", 6)
    address = cache.make_key(version_key("ostberga"))

    assert 0 < cache_client().ttl(address) <= 10
