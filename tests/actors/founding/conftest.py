"""What a municipality says when it founds its first collaboration."""

import pytest

from actors.founding import codes

PASSWORD = "blåbär på hyllan 37"
REGISTRY, COORDINATOR, INSTALLER = "registrator@nordstad.example", "kim@nordstad.example", "it@nordstad.example"


@pytest.fixture
def answers():
    """The answers to the questions about the collaboration."""
    return {
        "municipality": "Nordstad",
        "kind": "committee_admin",
        "controller_name": "Stadsdelsnämnden Norr",
        "controller_short": "SDN Norr",
        "registry_email": REGISTRY,
        "domains": "polisen.example",
        "name": "Samverkan Norra berget",
        "short_name": "Norra berget",
        "area": "Norra berget",
        "languages": ["so"],
        "contact_email": "norraberget@nordstad.example",
        "dpo_email": "",
        "coordinator_name": "Kim",
        "coordinator_email": COORDINATOR,
    }


@pytest.fixture
def first_answers(db, answers):
    """The same with the printed code and who installs."""
    code = codes.make_code()
    return {**answers, "code": code, "your_name": "Ida på IT", "email": INSTALLER, "password": PASSWORD}
