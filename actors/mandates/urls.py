"""URL patterns by audience."""

from django.urls import path

from actors.mandates.views import links, own_body
from actors.permissions.asking_again import ask_again
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # people who sign in, and registries with a link; Swedish only
    path("mitt/organisation/mandat/", own_body.body_mandates, name="body-mandates"),
    path("mitt/organisation/mandat/<int:pk>/ga-i-god-for/", ask_again(own_body.mandate_vouch), name="mandate-vouch"),
    path("mitt/organisation/mandat/<int:pk>/avsluta/", ask_again(own_body.mandate_end), name="mandate-end"),
    path("mitt/organisation/registrator/<int:pk>/", ask_again(own_body.registry_address), name="body-registry"),
    path("mandat/<str:token>/", links.mandate_link, name="mandate-link"),
    path("registrator/<str:token>/", links.registry_link, name="registry-link"),
    path("registrator/ta-bort/<str:token>/", links.removal_link, name="registry-removal-link"),
]
