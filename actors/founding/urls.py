"""URL patterns by audience."""

from django.urls import path

from actors.founding.views import founding_page, site
from actors.permissions.asking_again import ask_again
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # whoever installs, with the printed code or as administrator; Swedish only
    path("grunda/", founding_page.first, name="found"),
    path("mitt/drift/", site.site, name="site"),
    path("mitt/drift/ny-samverkan/", ask_again(founding_page.another), name="site-found"),
    path("mitt/drift/forslag/<int:pk>/igen/", ask_again(site.proposal_again), name="site-proposal-again"),
]
