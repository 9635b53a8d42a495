"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.coding.views import coding, statements

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("koda/", coding.start, name="coding"),
    path("koda/<str:kind>/<uuid:pk>/", coding.read, name="coding-source"),
    path("koda/<str:kind>/<uuid:pk>/klipp/", coding.cut, name="coding-cut"),
    path("koda/<str:kind>/<uuid:pk>/dela/", coding.split, name="coding-split"),
    path("koda/<str:kind>/<uuid:pk>/klar/", coding.finish, name="coding-finish"),
    path("koda/<str:kind>/<uuid:pk>/granska/", coding.review, name="coding-review"),
    path("koda/<str:kind>/<uuid:pk>/lagg-undan/", coding.keep_back, name="coding-keep-back"),
    path("koda/<str:kind>/<uuid:pk>/oppna/", coding.reopen, name="coding-reopen"),
    path("koda/<str:kind>/<uuid:pk>/koppla/", coding.attach, name="coding-attach"),
    path("koda/<str:kind>/<uuid:pk>/koppla-bort/", coding.detach, name="coding-detach"),
    path("koda/<str:kind>/<uuid:pk>/angra/", coding.undo, name="coding-undo"),
    path("utsagor/", statements.statements, name="statements"),
    path("utsagor/<uuid:pk>/", statements.statement, name="statement"),
]
