"""Taking out 5,000 and 20,000 raw answers, in each format: worker time, and memory.

`python -m benchmarks.taking_out` (goals: at most 2 s of processor time per 5,000 answers; the same memory for both).
"""

import gc
import resource
import tempfile
import time
import tracemalloc

import django

from benchmarks.answering import make_survey
from benchmarks.servers import start_servers

SECONDS = 2.0
TEXT = "När lamporna är släckta vid stråket går jag hellre runt hela kvarteret. " * 3


def main() -> None:
    """Print the figures of each format and size."""
    with start_servers():
        django.setup()
        survey = make_survey()
        for number in (5_000, 20_000):
            fill(survey, number)
            for format_ in ("csv", "json", "xlsx"):
                seconds, memory = measure(survey.collaboration, format_)
                per_5000 = seconds / number * 5_000
                verdict = "håller" if per_5000 <= SECONDS else "HÅLLER INTE"
                print(f"{number} svar, {format_}: {per_5000:.2f} s per 5 000 ({verdict}), minne {memory:.1f} MiB")


def fill(survey: object, number: int) -> None:
    """Add free-text answers until there are so many."""
    from surveys.models import Answer, Response

    wave = survey.waves.get()  # type: ignore[attr-defined]
    question = survey.questions.filter(kind="free_text").first()  # type: ignore[attr-defined]
    have = Response.objects.count()
    responses = [Response(wave=wave, submission_hash=f"s{key}", receipt_hash=f"r{key}") for key in range(have, number)]
    Response.objects.bulk_create(responses, batch_size=1_000)
    Answer.objects.bulk_create(
        [Answer(response=response, question=question, text=TEXT) for response in responses], batch_size=1_000
    )


def measure(collaboration: object, format_: str) -> tuple[float, float]:
    """Return processor seconds, and the most memory in mebibytes that Python held at once, measured by itself."""
    from reports.downloads.file_making import write_file

    def make() -> None:
        with tempfile.TemporaryFile() as file:
            write_file("svar", format_, collaboration, file, lambda _rows: None)  # type: ignore[arg-type]

    gc.collect()
    before = time.process_time()
    make()
    seconds = time.process_time() - before
    tracemalloc.start()
    make()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return seconds, peak / 2**20


if __name__ == "__main__":
    main()
    print(f"processens minne som mest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
