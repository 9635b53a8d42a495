"""URL patterns by audience."""

from django.urls import path

from dialogue.decisions.views import decisions, links, part_decisions, transfers
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/beslut/<int:pk>/", part_decisions.part_decision, name="part-decision"),
    path("mitt/beslut/<int:pk>/lamna-vidare/", part_decisions.hand_over, name="part-hand-over"),
    path("mitt/beslut/<int:pk>/till-annan/", transfers.hand_to_body, name="part-transfer"),
    path("mitt/beslut/<int:pk>/ta-emot/", transfers.answer_transfer, name="part-transfer-answer"),
    path("registrator/fraga/<str:token>/", links.transfer_link, name="transfer-link"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("beslut/", decisions.decisions, name="decisions"),
    path("beslut/nytt/", decisions.decision_new, name="decision-new"),
    path("beslut/<int:pk>/", decisions.decision, name="decision"),
    path("beslut/<int:pk>/tid/<int:part_pk>/", decisions.decision_deadline, name="decision-deadline"),
    path("beslut/<int:pk>/flytt/<int:part_pk>/igen/", transfers.ask_receiver_again, name="transfer-again"),
    path("beslut/<int:pk>/ta-tillbaka/", decisions.decision_withdraw, name="decision-withdraw"),
]
