"""Addresses, by who uses them."""

from django.urls import URLPattern, URLResolver, path

from dialogue.views import coordinator as workshop
from dialogue.views import desk, following, issues, moving, receipt, steps
from dialogue.views import public as seen_by_all

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = [  # residents, in every language
    path("kvitto/", receipt.show, name="receipt"),
    path("kvitto/klar/", receipt.leave, name="receipt-leave"),
    path("folj/", following.follow, name="follow"),
    path("folj/tack/", following.asked, name="follow-asked"),
    path("folj/<str:token>/", following.manage, name="following"),
]
public: Addresses = [  # below /<samverkan>/, in every language
    path("", seen_by_all.show, name="public"),
    path("fragor/", seen_by_all.issues, name="issues"),
    path("fragor/<slug:issue_slug>/", seen_by_all.issue, name="issue"),
    path("tidigare/<int:pk>/", seen_by_all.earlier, name="earlier"),
    path("tidigare/<int:pk>/fragor/<slug:issue_slug>/", seen_by_all.earlier_issue, name="earlier-issue"),
]
staff: Addresses = [  # people who sign in, Swedish only
    path("mitt/", desk.desk, name="desk"),
]
coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("", workshop.home, name="home"),
    path("dialog/", workshop.dialogues, name="dialogues"),
    path("dialog/ny/", workshop.dialogue_new, name="dialogue-new"),
    path("dialog/<int:pk>/", workshop.dialogue, name="dialogue"),
    path("dialog/<int:pk>/borja/", workshop.dialogue_make_current, name="dialogue-make-current"),
    path("dialog/<int:pk>/trappan/", steps.steps, name="steps"),
    path("dialog/<int:pk>/trappan/<int:number>/", steps.steps, name="steps-round"),
    path("fragor/", issues.issues, name="issues"),
    path("fragor/ny/", issues.issue_new, name="issue-new"),
    path("fragor/<int:pk>/", issues.issue, name="issue"),
    path("fragor/<int:pk>/texter/", issues.issue_texts, name="issue-texts"),
    path("fragor/<int:pk>/perspektiv/", issues.issue_perspectives, name="issue-perspectives"),
    path("fragor/<int:pk>/berorda/", issues.issue_bodies, name="issue-bodies"),
    path("fragor/<int:pk>/flytta/", moving.issue_move, name="issue-move"),
    path("fragor/<int:pk>/avsluta/", moving.issue_close, name="issue-close"),
    path("fragor/<int:pk>/ordning/", issues.issue_place, name="issue-place"),
    path("fragor/<int:pk>/visa/", issues.issue_publish, name="issue-publish"),
]
