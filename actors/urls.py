"""Addresses, by who uses them."""

from allauth.socialaccount.views import login_error
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from actors.views import letters, people, welcome
from actors.views import public as seen_by_all

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = []  # residents, in every language
public: Addresses = [  # below /<samverkan>/, in every language
    path("parter/", seen_by_all.partners, name="partners"),
    path("plan/", seen_by_all.plan, name="plan"),
]
staff: Addresses = [  # people who sign in, Swedish only
    # Whoever failed to sign in is not signed in: allauth leaves this one closed.
    path("konto/3rdparty/login/error/", login_not_required(login_error), name="socialaccount_login_error"),
    path("konto/", include("allauth.urls")),
    path("valkommen/<str:token>/", welcome.welcome, name="welcome"),
    path("brev/", letters.outbox, name="letters"),
    path("brev/<uuid:pk>/", letters.letter, name="letter"),
]
coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("personer/", people.people, name="people"),
    path("personer/bjud-in/", people.invite, name="invite"),
    path("personer/inbjudan/<int:pk>/igen/", people.invite_again, name="invite_again"),
    path("personer/inbjudan/<int:pk>/aterkalla/", people.uninvite, name="uninvite"),
    path("personer/<int:pk>/avsluta/", people.end, name="end_affiliation"),
    path("personer/overlamna/", people.appoint, name="appoint"),
    path("personer/ersattare/avsluta/", people.step_down, name="step_down"),
    path("brev/", letters.letters, name="letters"),
    path("brev/<uuid:pk>/igen/", letters.letter_again, name="letter_again"),
]
