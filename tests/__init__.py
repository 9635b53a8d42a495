"""The tests. Importing this package starts the servers they need, and then stops the clock.

In that order, since the folders of killed runs are recognised by their age.
"""

from tests import clock, servers

servers.start_servers()
clock.freeze()
