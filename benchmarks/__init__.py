"""Benchmarks: `python -m benchmarks.<name>` prints ratios; measured figures are in docs/benchmarks.md."""
