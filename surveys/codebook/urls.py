"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.codebook.views import perspectives, themes

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("kodbok/", perspectives.codebook, name="codebook"),
    path("perspektiv/", perspectives.perspectives, name="perspectives"),
    path("perspektiv/nytt/", perspectives.new, name="perspective-new"),
    path("perspektiv/angra/", perspectives.undo, name="perspectives-undo"),
    path("perspektiv/stickprov/", perspectives.sample, name="sample"),
    path("perspektiv/<int:pk>/", perspectives.perspective, name="perspective"),
    path("perspektiv/<int:pk>/andra/", perspectives.edit, name="perspective-edit"),
    path("perspektiv/<int:pk>/sla-ihop/", perspectives.merge, name="perspective-merge"),
    path("perspektiv/<int:pk>/dela/", perspectives.split, name="perspective-split"),
    path("perspektiv/<int:pk>/ta-bort/", perspectives.retire, name="perspective-retire"),
    path("perspektiv/<int:pk>/ta-tillbaka/", perspectives.restore, name="perspective-restore"),
    path("perspektiv/<int:pk>/motsats/", perspectives.oppose, name="perspective-oppose"),
    path("perspektiv/<int:pk>/motsats/<int:polarity>/ta-bort/", perspectives.unoppose, name="perspective-unoppose"),
    path("perspektiv/<int:pk>/teman/", perspectives.place, name="perspective-themes"),
    path("teman/", themes.themes, name="themes"),
    path("teman/nytt/", themes.new, name="theme-new"),
    path("teman/<int:pk>/", themes.theme, name="theme"),
    path("teman/<int:pk>/flytta/", themes.move, name="theme-move"),
    path("teman/<int:pk>/lagg-i/", themes.place, name="theme-place"),
    path("teman/<int:pk>/ta-ut/", themes.unplace, name="theme-unplace"),
    path("teman/<int:pk>/ta-bort/", themes.retire, name="theme-retire"),
    path("teman/<int:pk>/ta-tillbaka/", themes.restore, name="theme-restore"),
]
