"""URL patterns by audience."""

from django.urls import path

from dialogue.staircase.views import issues, moving
from ostberga.lib.web.url_patterns import UrlPatterns

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("fragor/", issues.issue_list, name="issues"),
    path("fragor/<int:pk>/", issues.issue_detail, name="issue"),
    path("fragor/<int:pk>/flytta/", moving.issue_move, name="issue-move"),
    path("fragor/<int:pk>/avsluta/", moving.issue_close, name="issue-close"),
]
