"""The coordinator's addresses for groups, proposals, decisions and activities; part of the list in `dialogue.urls`."""

from django.urls import URLPattern, URLResolver, path

from dialogue.views import (
    activities,
    adjusting,
    asking,
    decisions,
    groups,
    meetings,
    ordering,
    outside,
    pace,
    positions,
    proposals,
    readers,
    searching,
    seats,
)
from dialogue.views import coordinator as workshop

working_groups: list[URLPattern | URLResolver] = [
    path("grupper/", groups.groups, name="groups"),
    path("grupper/ny/", groups.group_new, name="group-new"),
    path("grupper/<int:pk>/", groups.group, name="group"),
    path("grupper/<int:pk>/andra/", groups.group_edit, name="group-edit"),
    path("grupper/<int:pk>/avsluta/", groups.group_end, name="group-end"),
    path("grupper/<int:pk>/plats/", seats.seat_new, name="seat-new"),
    path("grupper/<int:pk>/plats/<int:seat_pk>/lamnar/", seats.seat_leave, name="seat-leave"),
    path("grupper/<int:pk>/plats/<int:seat_pk>/bjud-in-igen/", seats.seat_invite_again, name="seat-invite-again"),
    path("grupper/<int:pk>/mote/", meetings.meeting_new, name="meeting-new"),
    path("moten/<int:pk>/", meetings.meeting, name="meeting"),
    path("moten/<int:pk>/andra/", meetings.meeting_edit, name="meeting-edit"),
]
beside: list[URLPattern | URLResolver] = [
    path("grupper/<int:pk>/ordning/", ordering.group_order, name="group-order"),
    path("utanfor/", outside.all_outside, name="outside"),
    path("utanfor/namninsamling/ny/", outside.petition_new, name="petition-new"),
    path("utanfor/namninsamling/<int:pk>/", outside.petition, name="petition"),
    path("utanfor/brev/nytt/", outside.outside_new, name="outside-new"),
    path("utanfor/brev/<int:pk>/", outside.outside_question, name="outside-question"),
]
deciding: list[URLPattern | URLResolver] = [
    path("forslag/", proposals.proposals, name="proposals"),
    path("forslag/nytt/", proposals.proposal_new, name="proposal-new"),
    path("forslag/<int:pk>/", proposals.proposal, name="proposal"),
    path("forslag/<int:pk>/andra/", proposals.proposal_edit, name="proposal-edit"),
    path("forslag/<int:pk>/gruppen-star-bakom/", proposals.proposal_stand, name="proposal-stand"),
    path("forslag/<int:pk>/stallningar/", positions.positions, name="positions"),
    path("forslag/<int:pk>/ta-tillbaka/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path("beslut/", decisions.decisions, name="decisions"),
    path("beslut/nytt/", decisions.decision_new, name="decision-new"),
    path("beslut/<int:pk>/", decisions.decision, name="decision"),
    path("beslut/<int:pk>/tid/<int:part_pk>/", decisions.decision_deadline, name="decision-deadline"),
    path("beslut/<int:pk>/ta-tillbaka/", decisions.decision_withdraw, name="decision-withdraw"),
]
acting: list[URLPattern | URLResolver] = [
    path("aktiviteter/", activities.activities, name="activities"),
    path("aktiviteter/ny/", activities.activity_new, name="activity-new"),
    path("aktiviteter/<int:pk>/", activities.activity, name="activity"),
    path("aktiviteter/<int:pk>/andra/", activities.activity_edit, name="activity-edit"),
    path("aktiviteter/<int:pk>/fraga/", asking.commitment_ask, name="commitment-ask"),
    path("ataganden/<int:pk>/ta-emot/", asking.commitment_take, name="commitment-take"),
    path("ataganden/<int:pk>/ta-tillbaka/", asking.commitment_withdraw, name="commitment-withdraw"),
    path("ataganden/<int:pk>/har-lamnat/", asking.commitment_left, name="commitment-left"),
    path("lasta/", readers.readers, name="readers"),
    path("takt/", pace.workshop, name="pace"),
    path("sok/", searching.search, name="search"),
    path("skruva/", adjusting.adjusting_page, name="adjusting"),
    path("skruva/puls/", adjusting.pulse_open, name="pulse-open"),
    path("dialog/<int:pk>/sparrar/", workshop.thresholds, name="thresholds"),
]
