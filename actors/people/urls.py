"""URL patterns by audience."""

from allauth.socialaccount.views import login_error
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from actors.people.views import (
    account_change,
    appointment_link,
    appointments,
    asked_file,
    city_login,
    mandates,
    name,
    people,
    person,
    second_factor,
    sessions,
    welcome,
)
from actors.permissions.asking_again import ask_again
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # people who sign in, Swedish only
    # Whoever failed to sign in is not signed in: allauth leaves this one closed.
    path("konto/3rdparty/login/error/", login_not_required(login_error), name="socialaccount_login_error"),
    path("konto/tva-steg/", second_factor.choose, name="second-factor"),
    path("konto/tva-steg/hoppa-over/", second_factor.skip, name="second-factor-skip"),
    path("konto/namn/", name.name, name="account-name"),
    path("konto/fil/", asked_file.asked_file, name="asked-file"),
    path("konto/stoppa/<str:token>/", account_change.stop, name="account-change-stop"),
    # Before allauth's own, which would look for the session's key where only its hash is stored.
    path("konto/sessions/", sessions.sessions, name="usersessions_list"),
    # Before allauth's own: it would lead on to the provider by a redirect, check no nonce, and sign out here alone.
    path("konto/oidc/<str:provider_id>/login/", city_login.sign_in, name="openid_connect_login"),
    path("konto/oidc/<str:provider_id>/login/callback/", city_login.come_back, name="openid_connect_callback"),
    path("konto/oidc/<str:provider_id>/koppla/", city_login.connect, name="city-login-connect"),
    path("konto/oidc/<str:provider_id>/igen/", city_login.show_again, name="city-login-again"),
    path("konto/logout/", city_login.sign_out, name="account_logout"),
    path("konto/utloggad/", city_login.signed_out, name="signed-out"),
    path("konto/", include("allauth.urls")),
    path("valkommen/<str:token>/", welcome.welcome, name="welcome"),
    path("valkommen/<str:token>/<str:provider_id>/", city_login.accept_invitation, name="welcome-city-login"),
    path("utse/<str:token>/", appointment_link.appointment_link, name="appointment-link"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("personer/", people.people, name="people"),
    path("personer/bjud-in/", ask_again(people.invite), name="invite"),
    path("personer/inbjudan/<int:pk>/igen/", ask_again(people.invite_again), name="invite-again"),
    path("personer/inbjudan/<int:pk>/aterkalla/", people.uninvite, name="uninvite"),
    path("personer/person/<int:pk>/", ask_again(person.person), name="person"),
    path("personer/person/<int:pk>/namn/", ask_again(person.name), name="person-name"),
    path("personer/person/<int:pk>/avsluta/", ask_again(person.leave), name="person-leave"),
    path("personer/titel/<int:pk>/", person.title, name="person-title"),
    path("personer/uppdrag/<int:pk>/", ask_again(person.task), name="helper-task"),
    path("personer/uppdrag/<int:pk>/avsluta/", ask_again(person.task_end), name="helper-task-end"),
    path("personer/<int:pk>/mandat/", ask_again(mandates.mandate_propose), name="mandate-propose"),
    path("personer/mandat/<int:pk>/igen/", ask_again(mandates.mandate_again), name="mandate-again"),
    path("personer/mandat/<int:pk>/aterkalla/", mandates.mandate_withdraw, name="mandate-withdraw"),
    path("personer/registrator/<int:pk>/", ask_again(mandates.registry), name="registry"),
    path("personer/overlamna/", ask_again(appointments.propose), name="appoint"),
    path("personer/forslag/<int:pk>/igen/", ask_again(appointments.ask_again), name="appointment-again"),
    path("personer/forslag/<int:pk>/ta-tillbaka/", appointments.withdraw, name="appointment-withdraw"),
    path("personer/ersattare/avsluta/", ask_again(appointments.step_down), name="step-down"),
]
