"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.questionnaire.views import questions, surveys

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("formular/", surveys.surveys, name="surveys"),
    path("formular/<int:pk>/", surveys.survey, name="survey"),
    path("formular/<int:pk>/texter/", surveys.survey_texts, name="survey-texts"),
    path("formular/<int:pk>/visa/<str:language>/", surveys.preview, name="preview"),
    path("formular/<int:pk>/arkivera/", surveys.archive, name="survey-archive"),
    path("formular/<int:pk>/fragor/", questions.questions, name="questions"),
    path("formular/<int:pk>/fragor/ny/", questions.question_new, name="question-new"),
    path("formular/<int:pk>/fragor/bakgrund/", questions.background, name="question-background"),
    path("formular/<int:pk>/fragor/<int:question>/", questions.question, name="question"),
    path("formular/<int:pk>/fragor/<int:question>/flytta/", questions.move, name="question-move"),
    path("formular/<int:pk>/fragor/<int:question>/ta-bort/", questions.retire, name="question-retire"),
    path("formular/<int:pk>/fragor/<int:question>/ta-tillbaka/", questions.restore, name="question-restore"),
]
