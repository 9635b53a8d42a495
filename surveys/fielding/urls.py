"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.fielding.views import channels, waves

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("formular/<int:pk>/omgangar/ny/", waves.wave_new, name="wave-new"),
    path("formular/<int:pk>/omgangar/<int:wave>/", waves.wave, name="wave"),
    path("formular/<int:pk>/omgangar/<int:wave>/oppna/", waves.wave_open, name="wave-open"),
    path("formular/<int:pk>/omgangar/<int:wave>/stang/", waves.wave_close, name="wave-close"),
    path("formular/<int:pk>/omgangar/<int:wave>/oppna-igen/", waves.wave_reopen, name="wave-reopen"),
    path("formular/<int:pk>/kanaler/ny/", channels.channel_new, name="channel-new"),
    path("formular/<int:pk>/kanaler/<int:channel>/", channels.channel, name="channel"),
    path("formular/<int:pk>/kanaler/<int:channel>/qr.svg", channels.channel_qr, name="channel-qr"),
    path("formular/<int:pk>/kanaler/<int:channel>/stang/", channels.channel_close, name="channel-close"),
]
