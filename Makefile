# Everything that people run by hand. `make demo` is all a newcomer needs.
PYTHON ?= python3
VENV := .venv/bin

.PHONY: demo demo-reset test check lock translations install-dev

demo:
	@$(PYTHON) ostberga/local/install.py demo
	@OSTBERGA_MODE=demo exec $(VENV)/python manage.py demo

demo-reset:
	@$(PYTHON) ostberga/local/install.py demo
	@OSTBERGA_MODE=demo exec $(VENV)/python manage.py demo --reset

install-dev:
	@$(PYTHON) ostberga/local/install.py dev

test: install-dev
	$(VENV)/pytest -n 2

check: install-dev
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/lint-imports
	$(VENV)/djlint templates --check --quiet
	$(VENV)/djlint templates --lint --quiet
	$(VENV)/python requirements/lock.py check
	OSTBERGA_MODE=test $(VENV)/python manage.py translations --check
	OSTBERGA_MODE=test $(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python -m ostberga.local.production_check
	$(VENV)/mypy .

lock: install-dev
	$(VENV)/python requirements/lock.py write
	npm install --package-lock-only --ignore-scripts

translations:
	OSTBERGA_MODE=test $(VENV)/python manage.py translations --write
