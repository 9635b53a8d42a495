"""The tests. Importing this package starts the servers they need, and then stops the clock.

In that order, since the folders of killed runs are recognised by their age.
"""

from hypothesis import HealthCheck, settings

from tests import clock, servers

servers.start_servers()
clock.freeze()

# A busy machine is no fault of an example. Here rather than in conftest.py, which `make mutants` goes without.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")
