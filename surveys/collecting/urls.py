"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.collecting.views import interviews, paper_entry, public_form

everyone: UrlPatterns = [  # residents, in every language
    path("svara/<str:code>/", public_form.answer, name="answer"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("formular/<int:pk>/skriv-in/", paper_entry.entry, name="entry"),
    path("formular/<int:pk>/skriv-in/blad/", paper_entry.sheet, name="entry-sheet"),
    path("formular/<int:pk>/skriv-in/angra/", paper_entry.undo, name="entry-undo"),
    path("samtal/", interviews.interviews, name="interviews"),
    path("samtal/nytt/", interviews.interview_new, name="interview-new"),
    path("samtal/<uuid:pk>/", interviews.interview, name="interview"),
    path("samtal/<uuid:pk>/lapp/", interviews.slip, name="interview-slip"),
]
