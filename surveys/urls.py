"""Addresses, by who uses them."""

from django.urls import URLPattern, URLResolver, path

from surveys.views import public as answering

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = [  # residents, in every language
    path("svara/<str:code>/", answering.answer, name="answer"),
]
public: Addresses = []  # below /<samverkan>/, in every language
staff: Addresses = []  # people who sign in, Swedish only
coordinator: Addresses = []  # below /samordna/<samverkan>/
