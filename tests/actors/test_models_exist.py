"""The database accepts what the models say."""

import pytest

from surveys.models import Statement


@pytest.mark.django_db
def test_the_database_is_built_from_the_migrations():
    assert Statement.objects.publishable().count() == 0
