"""Addresses, by who uses them."""

from django.urls import URLPattern, URLResolver

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = []  # residents, in every language
public: Addresses = []  # below /<samverkan>/, in every language
staff: Addresses = []  # people who sign in, Swedish only
coordinator: Addresses = []  # below /samordna/<samverkan>/
