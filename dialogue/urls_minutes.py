"""Addresses of a meeting's minutes; part of the lists in `dialogue.urls`."""

from django.urls import URLPattern, URLResolver, path

from dialogue.views import meeting_public, minutes, minutes_live

members: list[URLPattern | URLResolver] = [  # those with a seat in the group, and its coordinator
    path("mitt/mote/<int:pk>/", minutes.my_meeting, name="my-meeting"),
    path("mitt/mote/<int:pk>/oppna/", minutes.minutes_open, name="minutes-open"),
    path("mitt/mote/<int:pk>/skriv-vidare/", minutes.minutes_reopen, name="minutes-reopen"),
    path("mitt/mote/<int:pk>/justera/", minutes.minutes_approve, name="minutes-approve"),
    path("mitt/mote/<int:pk>/tillagg/", minutes.minutes_add, name="minutes-add"),
    path("mitt/mote/<int:pk>/rad/<uuid:key>/", minutes_live.line, name="minutes-line"),
    path("mitt/mote/<int:pk>/narvaro/", minutes_live.facts, name="minutes-facts"),
    path("mitt/mote/<int:pk>/rader/<str:stamp>/", minutes_live.lines, name="minutes-lines"),
    path("mitt/mote/atagande/<uuid:pk>/", minutes.my_promise, name="my-promise"),
]
seen_by_all: list[URLPattern | URLResolver] = [  # below /<samverkan>/, in every language
    path("moten/<int:pk>/", meeting_public.meeting, name="meeting"),
]
