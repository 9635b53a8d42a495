# Everything that people run by hand. `make demo` is all a newcomer needs.
PYTHON ?= python3
VENV := .venv/bin

.PHONY: demo demo-reset test check deploy-check lock translations install-dev

demo:
	@$(PYTHON) ostberga/local/install.py demo
	@OSTBERGA_MODE=demo exec $(VENV)/python manage.py demo

demo-reset:
	@$(PYTHON) ostberga/local/install.py demo
	@OSTBERGA_MODE=demo exec $(VENV)/python manage.py demo --reset

install-dev:
	@$(PYTHON) ostberga/local/install.py dev

test: install-dev
	@OSTBERGA_MODE=test $(VENV)/python manage.py translations --compile
	$(VENV)/pytest -n 2

check: install-dev
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/lint-imports
	$(VENV)/djlint templates --lint --quiet
	$(VENV)/python requirements/lock.py check
	OSTBERGA_MODE=test $(VENV)/python manage.py translations --check
	OSTBERGA_MODE=test $(VENV)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@$(MAKE) --no-print-directory deploy-check
	OSTBERGA_MODE=test $(VENV)/mypy .

# The settings as in production: the values of .env.example, and keys made for the occasion.
deploy-check:
	@set -a && . ./.env.example && set +a && \
	SECRET_KEY=$$($(VENV)/python -c "import secrets; print(secrets.token_urlsafe(50))") \
	RECEIPT_KEY=$$($(VENV)/python -c "import secrets; print(secrets.token_urlsafe(50))") \
	LINK_KEY=$$($(VENV)/python -c "import secrets; print(secrets.token_urlsafe(50))") \
	RAW_TEXT_KEYS=$$($(VENV)/python -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())") \
	$(VENV)/python manage.py check --deploy --fail-level WARNING

lock: install-dev
	$(VENV)/python requirements/lock.py write
	npm install --package-lock-only --ignore-scripts

translations:
	OSTBERGA_MODE=test $(VENV)/python manage.py translations --write
