"""Addresses, by who uses them."""

from django.urls import path

from ostberga.lib.web.addresses import Addresses
from reports.printouts.views import minutes, posters

public: Addresses = [  # below /<samverkan>/, in every language
    path("moten/<int:pk>/protokoll.pdf", minutes.minutes_pdf, name="minutes-pdf"),
]
staff: Addresses = [  # people who sign in, Swedish only
    path("mitt/mote/<int:pk>/protokoll.pdf", minutes.my_minutes_pdf, name="my-minutes-pdf"),
]
coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("formular/<int:pk>/kanaler/<int:channel>/affisch.pdf", posters.poster, name="poster"),
    path("formular/<int:pk>/kanaler/<int:channel>/blad-<str:language>.pdf", posters.sheet, name="sheet"),
]
