"""Celery tasks of the dialogue: queued followers and answers, news, digests, and the daily work."""

from celery import shared_task

from dialogue.followers import better_answers, digest, following, forgetting, news_collection
from dialogue.worklists import reminding


@shared_task
def write_followers() -> None:
    """Write queued requests to follow and queued answers to the database, in random order."""
    following.write_waiting()
    better_answers.write_waiting()


@shared_task
def gather_news() -> None:
    """Turn what has happened into news."""
    news_collection.collect_news()


@shared_task
def tell_followers() -> None:
    """Send each follower her digest of news."""
    digest.send_digests()


@shared_task
def every_day() -> None:
    """Expire decisions, send reminders, ask about silent activities, and delete what need not be kept."""
    reminding.every_day()
    forgetting.every_day()
