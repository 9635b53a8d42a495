"""What the queue does for the dialogue: writes down those who follow an issue, and writes to them."""

from celery import shared_task

from dialogue.followers import better_answers, digest, following, forgetting, news_collection
from dialogue.worklists import reminding


@shared_task
def write_followers() -> None:
    """Write the waiting wishes for news and answers, in an order that says nothing."""
    following.write_waiting()
    better_answers.write_waiting()


@shared_task
def gather_news() -> None:
    """Put what has happened among the news."""
    news_collection.collect_news()


@shared_task
def tell_followers() -> None:
    """Write to those who follow an issue where something has happened."""
    digest.send_digests()


@shared_task
def every_day() -> None:
    """Remind, listen for silence, let decisions run out, and forget those who need not be remembered."""
    reminding.every_day()
    forgetting.every_day()
