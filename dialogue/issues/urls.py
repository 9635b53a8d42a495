"""URL patterns by audience."""

from django.urls import path

from dialogue.issues.views import editing, report_readers
from ostberga.lib.web.url_patterns import UrlPatterns

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("fragor/ny/", editing.issue_new, name="issue-new"),
    path("fragor/<int:pk>/texter/", editing.issue_texts, name="issue-texts"),
    path("fragor/<int:pk>/perspektiv/", editing.issue_perspectives, name="issue-perspectives"),
    path("fragor/<int:pk>/berorda/", editing.issue_bodies, name="issue-bodies"),
    path("fragor/<int:pk>/ordning/", editing.issue_place, name="issue-place"),
    path("fragor/<int:pk>/visa/", editing.issue_publish, name="issue-publish"),
    path("lasta/", report_readers.readers, name="readers"),
]
