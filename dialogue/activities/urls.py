"""URL patterns by audience."""

from django.urls import path

from dialogue.activities.views import (
    activities,
    activity_work,
    commitment_link,
    commitment_requests,
    commitments,
    pictures,
)
from ostberga.lib.web.url_patterns import UrlPatterns

public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("sa-gick-det/bild/<int:pk>/", pictures.activity_picture, name="activity-picture"),
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/atagande/<int:pk>/", commitments.commitment, name="commitment"),
    path("mitt/atagande/<int:pk>/lamna/", commitments.leave, name="commitment-leave"),
    path("mitt/aktivitet/<int:pk>/", activity_work.activity_work, name="activity-work"),
    path("mitt/aktivitet/<int:pk>/borja/", activity_work.start, name="activity-start"),
    path("mitt/aktivitet/<int:pk>/beratta/", activity_work.tell, name="activity-tell"),
    path("mitt/aktivitet/<int:pk>/pausa/", activity_work.pause, name="activity-pause"),
    path("mitt/aktivitet/<int:pk>/avsluta/", activity_work.end, name="activity-end"),
    path("atagande/<str:token>/", commitment_link.commitment_link, name="commitment-link"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("aktiviteter/", activities.activities, name="activities"),
    path("aktiviteter/ny/", activities.activity_new, name="activity-new"),
    path("aktiviteter/<int:pk>/", activities.activity, name="activity"),
    path("aktiviteter/<int:pk>/andra/", activities.activity_edit, name="activity-edit"),
    path("aktiviteter/<int:pk>/fraga/", commitment_requests.commitment_ask, name="commitment-ask"),
    path("ataganden/<int:pk>/ta-emot/", commitment_requests.commitment_take, name="commitment-take"),
    path("ataganden/<int:pk>/ta-tillbaka/", commitment_requests.commitment_withdraw, name="commitment-withdraw"),
    path("ataganden/<int:pk>/har-lamnat/", commitment_requests.commitment_left, name="commitment-left"),
]
