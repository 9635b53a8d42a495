"""URLs of meetings and minutes, by audience."""

from django.urls import path

from dialogue.meetings.views import calendar, held_meetings, minutes, minutes_live, planned, public_pages, replies
from ostberga.lib.web.url_patterns import UrlPatterns

everyone: UrlPatterns = [  # those who are called, in every language
    path("motessvar/<str:token>/", replies.meeting_reply, name="meeting-reply"),
]
public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("moten/<int:pk>/", public_pages.meeting, name="meeting"),
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/grupp/<int:pk>/nytt-mote/", planned.meeting_plan, name="meeting-plan"),
    path("mitt/mote/<int:pk>/mote.ics", calendar.meeting_calendar, name="meeting-calendar"),
    path("mitt/mote/<int:pk>/kallelse/", planned.meeting_call, name="meeting-call"),
    path("mitt/mote/<int:pk>/kallelse/ny-punkt/", planned.agenda_add, name="agenda-add"),
    path("mitt/mote/<int:pk>/kallelse/punkt/", planned.agenda_change, name="agenda-change"),
    path("mitt/mote/<int:pk>/kallelse/skicka/", planned.meeting_send, name="meeting-send"),
    path("mitt/mote/<int:pk>/flytta/", planned.meeting_move, name="meeting-move"),
    path("mitt/mote/<int:pk>/stall-in/", planned.meeting_cancel, name="meeting-cancel"),
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
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("grupper/<int:pk>/mote/", held_meetings.meeting_new, name="meeting-new"),
    path("moten/<int:pk>/", held_meetings.meeting, name="meeting"),
    path("moten/<int:pk>/andra/", held_meetings.meeting_edit, name="meeting-edit"),
]
