"""URLs of groups, seats, positions and proposals, by audience."""

from django.urls import path

from dialogue.groups.views import groups, my_group, positions, prioritising, proposals, public_pages, seats
from ostberga.lib.web.url_patterns import UrlPatterns

public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("grupper/", public_pages.groups, name="groups"),
    path("grupper/<int:pk>/", public_pages.group, name="group"),
    path("grupper/<int:pk>/den/<str:day>/", public_pages.group_on, name="group-on"),
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/grupp/<int:pk>/ordning/", prioritising.my_group_order, name="my-group-order"),
    path("mitt/forslag/<int:pk>/stallning/", positions.my_position, name="my-position"),
    path("mitt/grupp/<int:pk>/", my_group.my_group, name="my-group"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("grupper/", groups.groups, name="groups"),
    path("grupper/ny/", groups.group_new, name="group-new"),
    path("grupper/<int:pk>/", groups.group, name="group"),
    path("grupper/<int:pk>/andra/", groups.group_edit, name="group-edit"),
    path("grupper/<int:pk>/avsluta/", groups.group_end, name="group-end"),
    path("grupper/<int:pk>/plats/", seats.seat_new, name="seat-new"),
    path("grupper/<int:pk>/plats/<int:seat_pk>/lamnar/", seats.seat_leave, name="seat-leave"),
    path("grupper/<int:pk>/plats/<int:seat_pk>/bjud-in-igen/", seats.seat_invite_again, name="seat-invite-again"),
    path("grupper/<int:pk>/ordning/", prioritising.group_order, name="group-order"),
    path("forslag/", proposals.proposals, name="proposals"),
    path("forslag/nytt/", proposals.proposal_new, name="proposal-new"),
    path("forslag/<int:pk>/", proposals.proposal, name="proposal"),
    path("forslag/<int:pk>/andra/", proposals.proposal_edit, name="proposal-edit"),
    path("forslag/<int:pk>/gruppen-star-bakom/", proposals.proposal_stand, name="proposal-stand"),
    path("forslag/<int:pk>/stallningar/", positions.positions, name="positions"),
    path("forslag/<int:pk>/ta-tillbaka/", proposals.proposal_withdraw, name="proposal-withdraw"),
]
