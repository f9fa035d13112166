# Waymark's commands; `make help` lists them. `make run` needs Python 3.11 or newer, make and nothing else.

PYTHON ?= python3
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres

VENV := .venv
RUN := $(VENV)/bin/python
APPS := search courses guides facts accounts gap hiring inbox interviews jobs quiz portal
STATIC_CHECKS := lint types layers migrations templates openapi-check
MODERN := import sys; sys.exit(sys.version_info < (3, 11))
TEMPLATES = $$(find templates $(APPS) -name '*.html')
PYTEST := $(RUN) -m pytest
# They use a database and say nothing of it: starts of servers, limits in the cache, a walk through the content.
SAME_ON_EACH := $(addprefix --ignore tests/,portal/test_start.py portal/test_throttling.py portal/test_sourced_figures.py \
	guides/test_bundled_guide.py guides/test_shared_steps.py courses/test_bundled_catalog.py)
# What neither reads nor writes anything of the developer's own.
MANAGE := DJANGO_SETTINGS_MODULE=tests.settings $(RUN) manage.py

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run interpreter installed dev test test-postgres browser bench check $(STATIC_CHECKS) openapi format lock clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1@\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS=@ read -r name what; do \
		printf '  make %-14s %s\n' "$$name" "$$what"; done

# --- Running ----------------------------------------------------------------------------------

run: installed ## start the site at http://127.0.0.1:8000; PORT=, HOST= and PYTHON= choose others
	@$(RUN) -m portal.start

# An interpreter that is asked for by name is looked at even where the environment is already there.
interpreter:
	@if [ '$(origin PYTHON)' != file ] || ! $(RUN) -c 'import pip; $(MODERN)' 2>/dev/null; then \
		fail() { echo "Waymark cannot start: $$1" >&2; exit 1; }; \
		command -v '$(PYTHON)' >/dev/null || \
			fail "$(PYTHON) was not found. Install Python 3.11 or newer, or name it: make run PYTHON=python3.12"; \
		'$(PYTHON)' -c '$(MODERN)' 2>/dev/null || \
			fail "it needs Python 3.11 or newer, and $(PYTHON) is $$('$(PYTHON)' -V 2>&1). Name another: make run PYTHON=python3.12"; \
	fi
	@if ! $(RUN) -c 'import pip; $(MODERN)' 2>/dev/null; then \
		fail() { echo "Waymark cannot start: $$1" >&2; exit 1; }; \
		'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || \
			fail "$(PYTHON) lacks its modules venv and ensurepip. On Debian and Ubuntu: apt install python3-venv"; \
		{ mkdir -p $(VENV) && touch $(VENV)/written && rm $(VENV)/written; } 2>/dev/null || \
			fail "the folder $(CURDIR)/$(VENV) cannot be written to."; \
		'$(PYTHON)' -m venv --clear $(VENV); \
	fi

# A copy of the list that was installed lies in the environment: times of files say little after an unpacking.
define install
@cmp -s $(1) $(VENV)/$(1) || { echo 'Installing the packages of $(1).' && \
	$(RUN) -m pip install --quiet --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes -r $(1) && \
	cp $(1) $(VENV)/$(1); }
endef

installed: interpreter
	$(call install,requirements.txt)

dev: interpreter ## install what development needs
	$(call install,requirements-dev.txt)

# --- Checking, in the order of CI -------------------------------------------------------------

check: $(STATIC_CHECKS) test test-postgres browser ## everything that CI checks, in its order

lint: dev ## style, likely mistakes and unsafe calls
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(VENV)/bin/djade --target-version 5.2 --check $(TEMPLATES)
	@$(RUN) -m bandit --quiet --configfile pyproject.toml --recursive $(APPS)

types: dev ## type hints
	@$(RUN) -m mypy --no-fast-exit $(APPS) tests

layers: dev ## which app may import which
	@$(VENV)/bin/lint-imports --no-logo

migrations: dev ## whether the models have a change that no migration makes
	@$(MANAGE) makemigrations --check --dry-run

templates: dev ## whether every template compiles, and Django's own checks
	@$(MANAGE) check
	@$(PYTEST) --quiet tests/portal/test_templates.py

openapi: dev ## write docs/openapi.yaml
	@$(MANAGE) spectacular --validate --fail-on-warn --file docs/openapi.yaml

openapi-check: dev ## whether docs/openapi.yaml is what the code says
	@made=$$(mktemp) && trap 'rm -f "$$made"' EXIT && \
	$(MANAGE) spectacular --validate --fail-on-warn --file "$$made" && \
	{ diff -u docs/openapi.yaml "$$made" || { echo 'docs/openapi.yaml is not up to date: make openapi' >&2; exit 1; }; }

test: dev ## the tests, on SQLite or on what DATABASE_URL says
	@$(PYTEST) --numprocesses auto --ignore tests/browser

test-postgres: dev ## those of the tests that use a database on PostgreSQL, at POSTGRES_URL
	@DATABASE_URL='$(POSTGRES_URL)' $(PYTEST) --numprocesses auto --hypothesis-profile=brief --with-database $(SAME_ON_EACH) --ignore tests/browser

browser: dev ## the tests that need Chromium
	@DJANGO_ALLOW_ASYNC_UNSAFE=true $(PYTEST) --numprocesses 2 tests/browser

bench: dev ## what pages cost, as ratios to a bare Django page; on Linux
	@$(RUN) -m bench

# --- Keeping ----------------------------------------------------------------------------------

format: dev ## put code and templates into the one form
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .
	@$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES)

lock: dev ## write requirements*.txt from pyproject.toml; UPGRADE=1 takes the newest versions
	@set -- $(if $(UPGRADE),--upgrade) --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url && \
	$(RUN) -m uv pip compile "$$@" pyproject.toml --output-file requirements.txt && \
	$(RUN) -m uv pip compile "$$@" pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove what can be made again; var/ and .env stay
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
