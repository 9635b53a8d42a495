"""Addresses, by who uses them."""

from django.urls import URLPattern, URLResolver, path

from actors.views import public as seen_by_all

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = []  # residents, in every language
public: Addresses = [  # below /<samverkan>/, in every language
    path("parter/", seen_by_all.partners, name="partners"),
    path("plan/", seen_by_all.plan, name="plan"),
]
staff: Addresses = []  # people who sign in, Swedish only
coordinator: Addresses = []  # below /samordna/<samverkan>/
