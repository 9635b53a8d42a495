"""Celery tasks: judging and storing large files, and looking after those whose worker died."""

from celery import shared_task

from ostberga.lib.servers.queue import call
from surveys.importing import large_files


@shared_task(name="surveys.tasks.judge_import")
def judge_import(key: str) -> None:
    """Judge or store one file. Safe to run twice: only a queued row can be claimed."""
    large_files.work_on(key)


@shared_task(name="surveys.tasks.sweep_imports")
def sweep_imports() -> None:
    """Forget what nobody stored, and call a worker for every file that waits."""
    for key in large_files.sweep():
        call(large_files.TASK, str(key))
