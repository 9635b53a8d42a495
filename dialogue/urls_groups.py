"""The working groups' addresses: the public ones, and those of members; parts of the lists in `dialogue.urls`."""

from django.urls import URLPattern, URLResolver, path

from dialogue.views import group_public, meetings_planned, my_group

seen_by_all: list[URLPattern | URLResolver] = [
    path("grupper/", group_public.groups, name="groups"),
    path("grupper/<int:pk>/", group_public.group, name="group"),
    path("grupper/<int:pk>/den/<str:day>/", group_public.group_on, name="group-on"),
]
members: list[URLPattern | URLResolver] = [
    path("mitt/grupp/<int:pk>/", my_group.my_group, name="my-group"),
    path("mitt/grupp/<int:pk>/nytt-mote/", meetings_planned.meeting_plan, name="meeting-plan"),
    path("mitt/mote/<int:pk>/mote.ics", my_group.meeting_calendar, name="meeting-calendar"),
    path("mitt/mote/<int:pk>/kallelse/", meetings_planned.meeting_call, name="meeting-call"),
    path("mitt/mote/<int:pk>/kallelse/ny-punkt/", meetings_planned.agenda_add, name="agenda-add"),
    path("mitt/mote/<int:pk>/kallelse/punkt/", meetings_planned.agenda_change, name="agenda-change"),
    path("mitt/mote/<int:pk>/kallelse/skicka/", meetings_planned.meeting_send, name="meeting-send"),
    path("mitt/mote/<int:pk>/flytta/", meetings_planned.meeting_move, name="meeting-move"),
    path("mitt/mote/<int:pk>/stall-in/", meetings_planned.meeting_cancel, name="meeting-cancel"),
]
