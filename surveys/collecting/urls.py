"""Addresses, by who uses them."""

from django.urls import path

from ostberga.lib.web.addresses import Addresses
from surveys.collecting.views import entry, interviews, public_form

everyone: Addresses = [  # residents, in every language
    path("svara/<str:code>/", public_form.answer, name="answer"),
]
coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("formular/<int:pk>/skriv-in/", entry.entry, name="entry"),
    path("formular/<int:pk>/skriv-in/blad/", entry.sheet, name="entry-sheet"),
    path("formular/<int:pk>/skriv-in/angra/", entry.undo, name="entry-undo"),
    path("samtal/", interviews.interviews, name="interviews"),
    path("samtal/nytt/", interviews.interview_new, name="interview-new"),
    path("samtal/<uuid:pk>/", interviews.interview, name="interview"),
    path("samtal/<uuid:pk>/lapp/", interviews.slip, name="interview-slip"),
]
