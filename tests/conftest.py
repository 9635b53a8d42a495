"""What every test gets. The servers are there already: see tests/__init__.py."""
