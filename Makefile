# Everything a newcomer needs, on a machine with Python 3.11 or newer, make and git.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev test tools lighthouse screenshots lint messages lock prepare

PYTHON ?= python3
PORT ?= 8000
BASE_URL ?= http://127.0.0.1:$(PORT)

BIN := .venv/bin
ROOMS := site home events certified_orgs projects sdgs

# A real site sets its own SECRET_KEY; here one is made and kept in var/.
SETTINGS = env BASE_URL="$(BASE_URL)" SECRET_KEY="$${SECRET_KEY:-$$(cat var/secret_key)}"
MANAGE = $(SETTINGS) $(BIN)/python manage.py

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: SETTINGS += DEBUG=0
run: prepare ## the demonstration on http://127.0.0.1:8000/ (PORT=…, DEMO_PASSWORD=…)
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@exec $(SETTINGS) $(BIN)/python deploy/serve.py $(PORT)

dev: SETTINGS += DEBUG=1
dev: prepare ## the same with DEBUG and reloading, to work on the code
	@exec $(SETTINGS) $(BIN)/python deploy/serve.py --reload $(PORT)

test: .venv/installed-dev ## all tests (ARGS=… go to pytest; DATABASE_URL, REDIS_URL: on those)
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

tools: tests/tools/node_modules/installed ## what judges pages: Lighthouse, HTML checker (needs npm)

lighthouse: .venv/installed-dev tools ## home on a phone: 95 of 100 or more (ARGS=…)
	@$(BIN)/python -m tests.tools.lighthouse $(ARGS)

screenshots: .venv/installed-dev ## the pictures of the README, from the demonstration
	@$(BIN)/python -m docs.screenshots

lint: export DATABASE_URL = sqlite:///:memory:
lint: .venv/installed-dev var/secret_key ## code, templates, imports between rooms, migrations, words
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet $(ROOMS)
	PYTHONPATH=site $(BIN)/lint-imports --no-cache
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check_words

messages: .venv/installed-dev var/secret_key ## the interface words of the code into locale/
	@$(MANAGE) collect_words
	@$(MANAGE) compile_words

lock: .venv/installed-dev ## newest allowed versions into requirements*.txt
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade requirements.in
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade requirements-dev.in

# The database, the words, the tree of pages and its demonstration; what is there is kept.
prepare: .venv/installed var/secret_key
	@$(MANAGE) compile_words
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) setup_site
	@$(MANAGE) load_demonstration --if-empty

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed. Name one: make PYTHON=python3.11 …")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@echo "Installing requirements.txt into .venv …"
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing requirements-dev.txt into .venv …"
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $@

tests/tools/node_modules/installed: tests/tools/package-lock.json
	@echo "Installing Lighthouse and the HTML checker …"
	@npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund --silent
	@touch $@

var/secret_key:
	@mkdir -p var
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@
