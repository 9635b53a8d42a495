"""Fixtures for the tests of actors."""

import re

import pytest

from actors.models import Letter, RegistryEntry


@pytest.fixture
def in_the_demo(settings):
    """Demo mode, where letters are shown instead of sent."""
    settings.DEMO = True


@pytest.fixture
def registry(ostberga):
    """The registry address of the data controller, on the installation's list."""
    RegistryEntry.objects.get_or_create(listed="stad.example")
    controller = ostberga.data_controller
    controller.registry_email = "registrator@stad.example"
    controller.save(update_fields=["registry_email"])
    return controller.registry_email


@pytest.fixture
def link_in_letter():
    """A function that returns the path of the link in the newest letter to an address."""

    def find(to: str) -> str:
        letter = Letter.objects.filter(to=to).latest("written_at")
        link = re.search(r"https?://[^/\s]+(/\S*)", letter.text)
        assert link is not None
        return link.group(1)

    return find
