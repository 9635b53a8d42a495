"""Addresses, by who uses them."""

from django.urls import URLPattern, URLResolver, path

from dialogue.views import following, receipt
from dialogue.views import public as seen_by_all

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = [  # residents, in every language
    path("kvitto/", receipt.show, name="receipt"),
    path("kvitto/klar/", receipt.leave, name="receipt_leave"),
    path("folj/", following.follow, name="follow"),
    path("folj/tack/", following.asked, name="follow_asked"),
    path("folj/<str:token>/", following.manage, name="following"),
]
public: Addresses = [  # below /<samverkan>/, in every language
    path("", seen_by_all.show, name="public"),
    path("fragor/", seen_by_all.issues, name="issues"),
    path("fragor/<slug:issue_slug>/", seen_by_all.issue, name="issue"),
    path("tidigare/<int:pk>/", seen_by_all.earlier, name="earlier"),
    path("tidigare/<int:pk>/fragor/<slug:issue_slug>/", seen_by_all.earlier_issue, name="earlier-issue"),
]
staff: Addresses = []  # people who sign in, Swedish only
coordinator: Addresses = []  # below /samordna/<samverkan>/
