"""A real worker of the queue that letters have to themselves."""

import time

import pytest

from actors.letters import outbox
from actors.models import Letter
from tests.workers import workers

SECONDS = 90


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_letter_is_called_through_its_own_queue_and_sent(settings):
    with workers(settings) as start:
        start()
        letter = outbox.post(kind="invitation", to="tova@example.se", subject="Hej", text="Hej!")
        end = time.monotonic() + SECONDS
        while not Letter.objects.filter(pk=letter.pk, state="sent").exists() and time.monotonic() < end:
            time.sleep(0.2)

    assert settings.CELERY_TASK_ROUTES["actors.tasks.send_letter"] == {"queue": "letters"}
    assert Letter.objects.get(pk=letter.pk).state == "sent"
