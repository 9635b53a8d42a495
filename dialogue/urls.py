"""Addresses, by who uses them."""

from django.urls import URLPattern, URLResolver, path

from dialogue import urls_groups, urls_minutes, urls_workshop
from dialogue.views import (
    activity_work,
    adjusting,
    better,
    commitment_link,
    commitments,
    desk,
    following,
    issues,
    moving,
    ordering,
    pace,
    part_decisions,
    pictures,
    positions,
    pulse,
    receipt,
    results,
    steps,
)
from dialogue.views import coordinator as workshop
from dialogue.views import public as seen_by_all

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = [  # residents, in every language
    path("kvitto/", receipt.show, name="receipt"),
    path("kvitto/klar/", receipt.leave, name="receipt-leave"),
    path("folj/", following.follow, name="follow"),
    path("folj/tack/", following.asked, name="follow-asked"),
    path("folj/<str:token>/", following.manage, name="following"),
    path("folj/<str:token>/avsluta/", following.stop, name="following-stop"),
    path("battre/<str:token>/", better.better, name="better"),
]
public: Addresses = [  # below /<samverkan>/, in every language
    path("", seen_by_all.show, name="public"),
    path("fragor/", seen_by_all.issues, name="issues"),
    path("fragor/<slug:issue_slug>/", seen_by_all.issue, name="issue"),
    path("fragor/<slug:issue_slug>/sagt/<int:number>/", seen_by_all.issue_said, name="issue-said"),
    path("sa-gick-det/", results.everything, name="results"),
    path("sa-gick-det/takt/", pace.public, name="pace"),
    path("sa-gick-det/urval/<str:words>/", results.chosen, name="results-chosen"),
    path("sa-gick-det/bild/<int:pk>/", pictures.activity_picture, name="activity-picture"),
    path("sa-gick-det/<int:pk>/", results.activity, name="activity"),
    *urls_groups.seen_by_all,
    *urls_minutes.seen_by_all,
    path("sa-arbetar-vi/", adjusting.how_we_work, name="how-we-work"),
    path("tidigare/<int:pk>/", seen_by_all.earlier, name="earlier"),
    path("tidigare/<int:pk>/fragor/<slug:issue_slug>/", seen_by_all.earlier_issue, name="earlier-issue"),
]
staff: Addresses = [  # people who sign in, Swedish only
    path("mitt/", desk.desk, name="desk"),
    path("mitt/last/<int:pk>/", desk.report_read, name="report-read"),
    path("mitt/beslut/<int:pk>/", part_decisions.part_decision, name="part-decision"),
    path("mitt/beslut/<int:pk>/lamna-vidare/", part_decisions.hand_over, name="part-hand-over"),
    path("mitt/atagande/<int:pk>/", commitments.commitment, name="commitment"),
    path("mitt/atagande/<int:pk>/lamna/", commitments.leave, name="commitment-leave"),
    path("mitt/aktivitet/<int:pk>/", activity_work.activity_work, name="activity-work"),
    path("mitt/aktivitet/<int:pk>/borja/", activity_work.start, name="activity-start"),
    path("mitt/aktivitet/<int:pk>/beratta/", activity_work.tell, name="activity-tell"),
    path("mitt/aktivitet/<int:pk>/pausa/", activity_work.pause, name="activity-pause"),
    path("mitt/aktivitet/<int:pk>/avsluta/", activity_work.end, name="activity-end"),
    path("mitt/grupp/<int:pk>/ordning/", ordering.my_group_order, name="my-group-order"),
    path("mitt/forslag/<int:pk>/stallning/", positions.my_position, name="my-position"),
    *urls_groups.members,
    *urls_minutes.members,
    path("atagande/<str:token>/", commitment_link.commitment_link, name="commitment-link"),
    path("puls/<str:token>/", pulse.pulse, name="pulse"),
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
    *urls_workshop.working_groups,
    *urls_workshop.beside,
    *urls_workshop.deciding,
    *urls_workshop.acting,
]
