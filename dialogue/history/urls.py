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
    path("tidigare/<int:pk>/", public_dialogue.earlier, name="earlier"),
    path("tidigare/<int:pk>/fragor/<slug:issue_slug>/", public_issue.earlier_issue, name="earlier-issue"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("takt/", lead_times.workshop, name="pace"),
    path("sok/", search.search, name="search"),
]
