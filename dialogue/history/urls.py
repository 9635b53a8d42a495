"""URL patterns by audience."""

from django.urls import path

from dialogue.history.views import lead_times, public_dialogue, public_issue, receipt, results, search
from ostberga.lib.web.url_patterns import UrlPatterns

everyone: UrlPatterns = [  # residents, in every language
    path("kvitto/", receipt.show, name="receipt"),
    path("kvitto/klar/", receipt.leave, name="receipt-leave"),
]
public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("", public_dialogue.show, name="public"),
    path("fragor/", public_issue.issues, name="issues"),
    path("fragor/<slug:issue_slug>/", public_issue.issue, name="issue"),
    path("fragor/<slug:issue_slug>/sagt/<int:number>/", public_issue.issue_said, name="issue-said"),
    path("sa-gick-det/", results.all_results, name="results"),
    path("sa-gick-det/takt/", lead_times.public, name="pace"),
    path("sa-gick-det/urval/<str:words>/", results.filtered_results, name="results-chosen"),
    path("sa-gick-det/<int:pk>/", results.activity, name="activity"),
    # Those of a dialogue that has an address of its own; one that goes on alone stands at the front.
    path("dialog/<slug:name>/", public_dialogue.show, name="own-public"),
    path("dialog/<slug:name>/fragor/", public_issue.issues, name="own-issues"),
    path("dialog/<slug:name>/fragor/<slug:issue_slug>/", public_issue.issue, name="own-issue"),
    path(
        "dialog/<slug:name>/fragor/<slug:issue_slug>/sagt/<int:number>/", public_issue.issue_said, name="own-issue-said"
    ),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("takt/", lead_times.workshop, name="pace"),
    path("sok/", search.search, name="search"),
]
