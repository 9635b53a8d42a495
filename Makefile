# Everything that people run by hand. `make demo` is all a newcomer needs.
PYTHON ?= python3
VENV := .venv/bin

# Hours and days at which software is wrong: around midnight, both changes of the clock (the second half past two of an
# October night as well), a leap day and the last evening of the year. Swedish time.
HOURS := "2026-11-28 00:30" "2026-11-28 23:59" "2028-02-29 10:00" "2027-03-28 03:30" \
	"2026-10-25 02:30" "2026-10-25 02:30+01:00" "2026-12-31 23:30"

.PHONY: demo demo-reset test test-hours mutants check deploy-check lock translations install-dev

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
	$(VENV)/pytest -n 2 --maxschedchunk 20

# For the night: the whole suite once for each of the hours above, also what the browser and the workers do. All of them
# run, and then it fails if one did. `make test-hours HOURS='"2030-01-01 00:00"'` asks about another.
test-hours: install-dev
	@OSTBERGA_MODE=test $(VENV)/python manage.py translations --compile
	@failed=; for at in $(HOURS); do \
		echo "== $$at"; \
		OSTBERGA_TEST_AT="$$at" $(VENV)/pytest -n 2 --maxschedchunk 20 || failed="$$failed [$$at]"; \
	done; test -z "$$failed" || { echo "Underkänt:$$failed"; exit 1; }

# How many small changes to the pure rules no test notices (docs/mutants.md). Takes about twenty minutes, in a copy of
# the tracked files, so that no other command reads the mutants.
mutants: install-dev
	@rm -rf .local/mutation && mkdir -p .local/mutation
	@git ls-files -z | xargs -0 cp --parents -t .local/mutation
	@cd .local/mutation && export OSTBERGA_MODE=test OSTBERGA_TEST_SERVERS=external \
	DATABASE_URL=postgresql://nobody@localhost:1/none REDIS_URL=redis://localhost:1/0 && \
	$(CURDIR)/$(VENV)/python -m mutmut run --max-children 2 && $(CURDIR)/$(VENV)/python -m mutmut results

check: install-dev
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/lint-imports
	$(VENV)/djlint templates --lint --quiet
	$(VENV)/python requirements/lock.py check
	$(VENV)/python requirements/audit.py
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
