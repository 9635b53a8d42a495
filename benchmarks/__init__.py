"""Measurements, one command each: `python -m benchmarks.<name>` prints ratios; figures are in docs/benchmarks.md."""
