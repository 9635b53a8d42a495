"""Embedded PostgreSQL and Valkey for the demo and the tests, and the installer. Imports nothing of Django."""
