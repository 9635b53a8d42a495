"""Celery tasks of the dialogue: the batch of what waits, news, digests, and the daily work."""

from celery import shared_task

from dialogue.batching import dialogue_batch
from dialogue.followers import digest, following, forgetting, news_collection
from dialogue.meetings.replies import replying
from dialogue.worklists import reminding


@shared_task
def write_batch() -> None:
    """Write what waits to the database, and rewrite its tables in random order."""
    dialogue_batch.write()


@shared_task
def send_follow_letters() -> None:
    """Send the letters that ask new followers to confirm. A task of its own, since a mail server can be silent."""
    following.send_letters()


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
    replying.forget_old()
