"""Tests, read as stories of the people who use the platform. Importing anything here starts the servers they need.

Then their clock: after the servers, which are told apart from those of killed runs by the age of their folders.
"""

from tests import clock, servers

servers.provide()
clock.freeze()
