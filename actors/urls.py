"""Addresses, by who uses them: each subject has its own lists."""

from actors.legal import urls as legal
from actors.letters import urls as letters
from actors.partners import urls as partners
from actors.people import urls as people
from actors.plan import urls as plan
from ostberga.lib.web.addresses import Addresses

everyone: Addresses = [  # residents, in every language
    *legal.everyone,
]
public: Addresses = [  # below /<samverkan>/, in every language
    *partners.public,
]
staff: Addresses = [  # people who sign in, Swedish only
    *people.staff,
    *partners.staff,
    *letters.staff,
]
coordinator: Addresses = [  # below /samordna/<samverkan>/
    *partners.coordinator,
    *people.coordinator,
    *letters.coordinator,
    *plan.coordinator,
]
