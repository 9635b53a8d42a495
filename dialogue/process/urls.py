"""URL patterns by audience."""

from django.urls import path

from dialogue.process.views import dialogues, stages, steps, surveys
from ostberga.lib.web.url_patterns import UrlPatterns

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("dialog/", dialogues.dialogue_list, name="dialogues"),
    path("dialog/ny/", dialogues.dialogue_new, name="dialogue-new"),
    path("dialog/<int:pk>/", dialogues.dialogue_detail, name="dialogue"),
    path("dialog/<int:pk>/avsluta/", dialogues.dialogue_end, name="dialogue-end"),
    path("dialog/<int:pk>/borja/", dialogues.dialogue_make_current, name="dialogue-make-current"),
    path("dialog/<int:pk>/trappan/", steps.round_steps, name="steps"),
    path("dialog/<int:pk>/trappan/<int:number>/", steps.round_steps, name="steps-round"),
    path("dialog/<int:pk>/steg/", stages.stages_edit, name="stages"),
    path("dialog/<int:pk>/sparrar/", dialogues.thresholds, name="thresholds"),
    path("formular/nytt/", surveys.survey_new, name="survey-new"),
]
