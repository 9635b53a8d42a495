"""Tests of piles."""
