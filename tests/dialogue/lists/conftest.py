"""The pages for bringing in lists."""

from tests.surveys.lists.conftest import bring, codebook, take_back

__all__ = ["bring", "codebook", "take_back"]
