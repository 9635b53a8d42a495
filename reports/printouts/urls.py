"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from reports.printouts.views import minutes, posters

public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("moten/<int:pk>/protokoll.pdf", minutes.minutes_pdf, name="minutes-pdf"),
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/mote/<int:pk>/protokoll.pdf", minutes.my_minutes_pdf, name="my-minutes-pdf"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("formular/<int:pk>/kanaler/<int:channel>/affisch.pdf", posters.poster, name="poster"),
    path("formular/<int:pk>/kanaler/<int:channel>/blad-<str:language>.pdf", posters.sheet, name="sheet"),
]
