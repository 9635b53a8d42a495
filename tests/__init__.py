"""Tests, read as stories of the people who use the platform. Importing anything here starts the servers they need."""

from tests import servers

servers.provide()
