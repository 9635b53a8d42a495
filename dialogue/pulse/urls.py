"""URL patterns by audience."""

from django.urls import path

from dialogue.pulse.views import adjusting, pulse
from ostberga.lib.web.url_patterns import UrlPatterns

public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("sa-arbetar-vi/", adjusting.how_we_work, name="how-we-work"),
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    path("puls/<str:token>/", pulse.pulse, name="pulse"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("skruva/", adjusting.adjusting_page, name="adjusting"),
    path("skruva/puls/", adjusting.pulse_open, name="pulse-open"),
]
