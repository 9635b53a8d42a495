"""What only the tests about people, bodies and letters need."""

import re

import pytest

from actors.models import Letter


@pytest.fixture
def in_the_demo(settings):
    """The place where letters are read instead of sent."""
    settings.DEMO = True


@pytest.fixture
def link_in_letter():
    """The address in the newest letter to somebody, as its reader follows it."""

    def find(to: str) -> str:
        letter = Letter.objects.filter(to=to).latest("written_at")
        link = re.search(r"https?://[^/\s]+(/\S*)", letter.text)
        assert link is not None
        return link.group(1)

    return find
