"""Tests of promises that hold across all apps."""
