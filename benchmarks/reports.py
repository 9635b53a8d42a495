"""A report with 300, 1,000 and 3,000 quotes in a warm worker, against bare WeasyPrint on the same HTML.

Run: OSTBERGA_MODE=test .venv/bin/python -m benchmarks.reports [quotes …]
Each measurement is a process of its own that renders a short report first (warm), then the long one `ROUNDS` times.
The two kinds take turns. Prints time (median CPU seconds) and memory (peak resident size) as ratios.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (300, 1_000, 3_000)
ROUNDS, TURNS = 1, 3
GATES = {"time": 1.15, "memory": 1.2}


def main(sizes: list[int]) -> int:
    """Measure each size; the exit code says whether every gate held."""
    held = True
    for size in sizes:
        turns = [(_measure("ours", size), _measure("bare", size)) for _ in range(TURNS)]
        ours, bare = ({key: statistics.median(turn[side][key] for turn in turns) for key in GATES} for side in (0, 1))
        ratios = {key: ours[key] / bare[key] for key in GATES}
        held = held and all(ratios[key] <= gate for key, gate in GATES.items())
        print(
            f"{size:5} quotes: "
            f"time {ours['time']:.1f}/{bare['time']:.1f} s = {ratios['time']:.2f} (gate {GATES['time']}), "
            f"memory {ours['memory']:.0f}/{bare['memory']:.0f} MB = {ratios['memory']:.2f} (gate {GATES['memory']})",
            flush=True,
        )
    return 0 if held else 1


def _measure(kind: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.reports", "--measure", kind, str(size)]
    environment = {**os.environ, "OSTBERGA_MODE": "test", "DJANGO_SETTINGS_MODULE": "ostberga.settings"}
    completed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(completed.stdout.splitlines()[-1])
    return result


def _render_and_print(kind: str, size: int) -> None:
    """Render a short report to warm up, then a long one; print the time and memory."""
    import django

    django.setup()
    from benchmarks.report_sample import sample
    from reports.rendering import charts
    from reports.rendering import html as pages
    from reports.rendering.pdf import render_pdf

    short, long = sample(20), sample(size)
    pictures = charts.draw_charts(long)
    render: Callable[..., bytes] = _bare if kind == "bare" else render_pdf
    render(pages.render_print_html(short), images=pictures)
    html = pages.render_print_html(long)
    started = time.process_time()
    for _ in range(ROUNDS):
        # Ours includes making the HTML, as a worker does.
        render(pages.render_print_html(long) if kind == "ours" else html, images=pictures)
    spent = (time.process_time() - started) / ROUNDS
    print(json.dumps({"time": spent, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def _bare(html: str, *, images: dict[str, bytes]) -> bytes:
    """Render with WeasyPrint as in its manual: no locked fetcher, no checks, pictures as they are."""
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Pictures(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url.startswith("image:"):
                return URLFetcherResponse(url, images[url[6:]], {"Content-Type": "image/svg+xml"})
            return super().fetch(url, headers)

    here = f"{Path.cwd().as_uri()}/"
    page = weasyprint.HTML(string=html.replace('"/static/', '"static/'), base_url=here, url_fetcher=Pictures())
    pdf: bytes = page.write_pdf(stylesheets=["static/build/print-fonts.css"], pdf_variant="pdf/ua-1")
    return pdf


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        _render_and_print(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
