"""Addresses, by who uses them."""

from django.urls import URLPattern, URLResolver, path

from surveys.views import building, channels, entry, fielding, importing, interviews, questions
from surveys.views import public as answering

Addresses = list[URLPattern | URLResolver]

everyone: Addresses = [  # residents, in every language
    path("svara/<str:code>/", answering.answer, name="answer"),
]
public: Addresses = []  # below /<samverkan>/, in every language
staff: Addresses = []  # people who sign in, Swedish only
coordinator: Addresses = [  # below /samordna/<samverkan>/
    path("formular/", building.surveys, name="surveys"),
    path("formular/nytt/", building.survey_new, name="survey-new"),
    path("formular/<int:pk>/", building.survey, name="survey"),
    path("formular/<int:pk>/texter/", building.survey_texts, name="survey-texts"),
    path("formular/<int:pk>/visa/<str:language>/", building.preview, name="preview"),
    path("formular/<int:pk>/arkivera/", building.archive, name="survey-archive"),
    path("formular/<int:pk>/fragor/", questions.questions, name="questions"),
    path("formular/<int:pk>/fragor/ny/", questions.question_new, name="question-new"),
    path("formular/<int:pk>/fragor/bakgrund/", questions.background, name="question-background"),
    path("formular/<int:pk>/fragor/<int:question>/", questions.question, name="question"),
    path("formular/<int:pk>/fragor/<int:question>/flytta/", questions.move, name="question-move"),
    path("formular/<int:pk>/fragor/<int:question>/ta-bort/", questions.retire, name="question-retire"),
    path("formular/<int:pk>/fragor/<int:question>/ta-tillbaka/", questions.restore, name="question-restore"),
    path("formular/<int:pk>/omgangar/ny/", fielding.wave_new, name="wave-new"),
    path("formular/<int:pk>/omgangar/<int:wave>/", fielding.wave, name="wave"),
    path("formular/<int:pk>/omgangar/<int:wave>/oppna/", fielding.wave_open, name="wave-open"),
    path("formular/<int:pk>/omgangar/<int:wave>/stang/", fielding.wave_close, name="wave-close"),
    path("formular/<int:pk>/omgangar/<int:wave>/oppna-igen/", fielding.wave_reopen, name="wave-reopen"),
    path("formular/<int:pk>/kanaler/ny/", channels.channel_new, name="channel-new"),
    path("formular/<int:pk>/kanaler/<int:channel>/", channels.channel, name="channel"),
    path("formular/<int:pk>/kanaler/<int:channel>/qr.svg", channels.channel_qr, name="channel-qr"),
    path("formular/<int:pk>/kanaler/<int:channel>/stang/", channels.channel_close, name="channel-close"),
    path("formular/<int:pk>/skriv-in/", entry.entry, name="entry"),
    path("formular/<int:pk>/skriv-in/blad/", entry.sheet, name="entry-sheet"),
    path("formular/<int:pk>/skriv-in/angra/", entry.undo, name="entry-undo"),
    path("formular/<int:pk>/klistra-in/", importing.paste, name="import"),
    path("formular/<int:pk>/klistra-in/spara/", importing.store, name="import-store"),
    path("formular/<int:pk>/klistra-in/mall.xlsx", importing.template, name="import-template"),
    path("samtal/", interviews.interviews, name="interviews"),
    path("samtal/nytt/", interviews.interview_new, name="interview-new"),
    path("samtal/<uuid:pk>/", interviews.interview, name="interview"),
    path("samtal/<uuid:pk>/lapp/", interviews.slip, name="interview-slip"),
]
