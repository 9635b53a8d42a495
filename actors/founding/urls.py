"""URL patterns by audience."""

from django.urls import path

from actors.founding.views import accounts, bodies, founding_page, papers, places, site
from actors.permissions.asking_again import ask_again
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # whoever installs, with the printed code or as administrator; Swedish only
    path("grunda/", founding_page.first, name="found"),
    path("mitt/drift/", site.site, name="site"),
    path("mitt/drift/provbrev/", site.mail_test, name="site-mail-test"),
    path("mitt/drift/ny-samverkan/", ask_again(founding_page.another), name="site-found"),
    path("mitt/drift/uppdrag/", ask_again(site.appoint), name="site-appoint"),
    path("mitt/drift/forslag/<int:pk>/igen/", ask_again(site.proposal_again), name="site-proposal-again"),
    path("mitt/drift/forslag/<int:pk>/ta-tillbaka/", ask_again(site.proposal_withdraw), name="site-proposal-withdraw"),
    path("mitt/drift/organisation/", ask_again(bodies.body_new), name="site-body-new"),
    path("mitt/drift/organisation/<int:pk>/ta-bort/", ask_again(bodies.registry_remove), name="site-registry-remove"),
    path("mitt/drift/organisation/<int:pk>/byt/", ask_again(bodies.registry_replace), name="site-registry-replace"),
    path("mitt/drift/organisation/<int:pk>/forsta/", ask_again(bodies.registry_first), name="site-registry-first"),
    path("mitt/drift/organisation/<int:pk>/dela/", bodies.body_share, name="site-body-share"),
    path("mitt/drift/samverkan/<int:pk>/", ask_again(places.place), name="site-place"),
    path("mitt/drift/konton/", accounts.accounts_list, name="site-accounts"),
    path("mitt/drift/konton/<int:pk>/stang/", ask_again(accounts.account_close), name="site-account-close"),
    path("mitt/drift/konton/<int:pk>/oppna/", ask_again(accounts.account_open), name="site-account-open"),
    path("mitt/drift/administratorer/", ask_again(accounts.administrators), name="site-administrators"),
    path(
        "mitt/drift/administratorer/<int:pk>/avsluta/",
        ask_again(accounts.administrator_end),
        name="site-administrator-end",
    ),
    path("mitt/drift/registrator/", ask_again(bodies.registry_list), name="site-registry-new"),
    path("mitt/drift/registrator/<int:pk>/stryk/", ask_again(bodies.registry_strike), name="site-registry-strike"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("handlingar/", papers.papers, name="papers"),
    path("handlingar/<slug:name>/", papers.paper, name="paper"),
]
