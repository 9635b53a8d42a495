"""Addresses, by who uses them."""

from allauth.socialaccount.views import login_error
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from actors.views import bodies, law, letters, officials, partners, people, plan, welcome
from actors.views import public as seen_by_all

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = [  # residents, in every language
    path("tillganglighet/", law.accessibility, name="accessibility"),
    path("personuppgifter/", law.privacy, name="privacy"),
    path("om/", law.about, name="about"),
]
public: Addresses = [  # below /<samverkan>/, in every language
    path("parter/", seen_by_all.partners, name="partners"),
    path("plan/", seen_by_all.plan, name="plan"),
]
staff: Addresses = [  # people who sign in, Swedish only
    # Whoever failed to sign in is not signed in: allauth leaves this one closed.
    path("konto/3rdparty/login/error/", login_not_required(login_error), name="socialaccount_login_error"),
    path("konto/", include("allauth.urls")),
    path("mitt/organisation/", officials.my_parts, name="my-parts"),
    path("mitt/organisation/<int:pk>/", officials.part, name="part"),
    path("mitt/organisation/<int:pk>/andra/", officials.part_edit, name="part-edit"),
    path("mitt/organisation/<int:pk>/bekrafta/", officials.part_confirm, name="part-confirm"),
    path("valkommen/<str:token>/", welcome.welcome, name="welcome"),
    path("brev/", letters.outbox, name="letters"),
    path("brev/<uuid:pk>/", letters.letter, name="letter"),
]
coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("parter/", partners.partners, name="partners"),
    path("parter/ny/", partners.join, name="partner-join"),
    path("parter/<int:pk>/", partners.partner, name="partner"),
    path("parter/<int:pk>/lamnar/", partners.leave, name="partner-leave"),
    path("parter/utanfor/", partners.addressee, name="addressee"),
    path("parter/utanfor/<int:pk>/ta-bort/", partners.addressee_end, name="addressee-end"),
    path("organisationer/ny/", bodies.organisation_new, name="organisation-new"),
    path("organisationer/<int:pk>/", bodies.organisation, name="organisation"),
    path("organisationer/<int:pk>/ansvar/", bodies.responsibility_new, name="responsibility-new"),
    path("ansvar/<int:pk>/", bodies.responsibility, name="responsibility"),
    path("ansvar/<int:pk>/ta-bort/", bodies.responsibility_end, name="responsibility-end"),
    path("plan/", plan.plan, name="plan"),
    path("plan/ny/", plan.plan_new, name="plan-new"),
    path("plan/<int:pk>/ny-version/", plan.plan_version, name="plan-version"),
    path("plan/utkast/", plan.draft, name="draft"),
    path("plan/utkast/anta/", plan.draft_adopt, name="draft-adopt"),
    path("plan/utkast/kasta/", plan.draft_throw_away, name="draft-throw-away"),
    path("plan/utkast/<slug:kind>/i/<int:pk>/", plan.part_new, name="plan-part-new"),
    path("plan/utkast/<slug:kind>/<int:pk>/", plan.part, name="plan-part"),
    path("plan/utkast/<slug:kind>/<int:pk>/flytta/", plan.part_move, name="plan-part-move"),
    path("plan/utkast/<slug:kind>/<int:pk>/ta-bort/", plan.part_end, name="plan-part-end"),
    path("personer/", people.people, name="people"),
    path("personer/bjud-in/", people.invite, name="invite"),
    path("personer/inbjudan/<int:pk>/igen/", people.invite_again, name="invite-again"),
    path("personer/inbjudan/<int:pk>/aterkalla/", people.uninvite, name="uninvite"),
    path("personer/<int:pk>/avsluta/", people.end, name="end-affiliation"),
    path("personer/overlamna/", people.appoint, name="appoint"),
    path("personer/ersattare/avsluta/", people.step_down, name="step-down"),
    path("brev/", letters.letters, name="letters"),
    path("brev/<uuid:pk>/igen/", letters.letter_again, name="letter-again"),
]
