"""The servers that a test run starts for itself."""

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_database_lowers_swedish_letters_and_finds_words():
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ÅÄÖ'), to_tsvector('swedish', 'ÖSTBERGA') = to_tsvector('swedish', 'östberga')")
        assert cursor.fetchone() == ("åäö", True)


def test_the_cache_is_real():
    cache.set("a", 1)
    assert cache.get("a") == 1
