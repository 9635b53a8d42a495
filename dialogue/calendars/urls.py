"""URL patterns by audience."""

from django.urls import path

from actors.permissions.asking_again import ask_again
from dialogue.calendars.views import own, shared
from ostberga.lib.web.url_patterns import UrlPatterns

public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("kalender.ics", shared.calendar, name="calendar"),
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/kalender/", ask_again(own.my_calendar), name="my-calendar"),
    path("mitt/kalender/avsluta/", own.my_calendar_end, name="my-calendar-end"),
    path("mitt/kalender/<str:token>/min.ics", own.my_calendar_file, name="my-calendar-file"),
]
