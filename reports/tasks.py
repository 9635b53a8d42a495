"""What runs in the worker: making the files of a report, and finding those that a dead worker left."""

from celery import shared_task

from reports.rendering import render_job


@shared_task(name="reports.tasks.render")
def render(key: str) -> None:
    """Make one version's files. Safe to run twice: the row can be claimed once."""
    render_job.render_version(key)


@shared_task(name="reports.tasks.sweep")
def sweep() -> None:
    """Put back what a dead worker left, and call again for all that waits."""
    for key in render_job.requeue_stale_versions():
        render.delay(str(key))
