"""The five steps: what an issue lacks, and moving it."""
