# Everything a newcomer needs: `make demo` and `make test` install what is missing by themselves.
.DEFAULT_GOAL := help
.PHONY: help setup demo test soak fast lint docs migration catalogue lock bench wheel clean packages

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
APT_PACKAGES := python3-venv libreoffice-writer-nogui python3-uno unoconv fonts-liberation \
	fonts-crosextra-carlito fonts-paratype poppler-utils

# Compiled tests are kept, wherever the environment says otherwise: `make fast` has a minute.
export PYTHONDONTWRITEBYTECODE :=

TEST_PACKAGES := postgresql redis-server chromium curl

help:  ## Show these lines
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'

packages:
	@.ci/packages $(APT_PACKAGES)

$(STAMP): requirements.lock setup.cfg | packages
	@test -x "$(BIN)/python" || python3 -m venv "$(VENV)"
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@"$(BIN)/python" -m compileall -q docgen plugins  # else each start would, where none may write
	@touch "$(STAMP)"

setup: packages $(STAMP)  ## Install what is missing; leaves .venv/bin/docgen

demo: setup  ## Make the five published orders into out/, DOCX and PDF
	"$(BIN)/docgen" demo -o out

lint: $(STAMP)  ## Format, rules, types, import contracts
	"$(BIN)/ruff" format --check .
	"$(BIN)/ruff" check .
	"$(BIN)/mypy"
	"$(BIN)/lint-imports"

fast: $(STAMP)  ## The tests that need no foreign program and no patience
	"$(BIN)/python" -m pytest -q -n auto --maxprocesses 4 -m "not integration and not slow" \
		--hypothesis-profile=fast -p no:schemathesis \
		--ignore=tests/browser --ignore=tests/web/test_contract.py

soak: setup  ## The trials of many minutes: thousands of registrations, workers killed in mid-work
	@.ci/packages $(TEST_PACKAGES)
	"$(BIN)/python" -m pytest -q --soak -m soak

test: setup lint  ## Everything: lint, unit, integration, docs
	@.ci/packages $(TEST_PACKAGES)
	"$(BIN)/python" -m pytest -q -n auto --maxprocesses 4 --dist loadfile

migration: $(STAMP)  ## The next step of the tables: make migration NAME="Say what it does"
	"$(BIN)/python" -m tests.store.migration "$(NAME)"

catalogue: $(STAMP)  ## Collect msgids and compile the Russian catalogue
	"$(BIN)/pybabel" -q extract -F pyproject.toml -k _ -k noop -k ngettext:1,2 --no-location --sort-output --omit-header \
		-o build-docgen.pot docgen
	"$(BIN)/pybabel" -q update -D docgen -i build-docgen.pot -d docgen/locale -l ru \
		--no-fuzzy-matching --ignore-obsolete --omit-header
	@rm -f build-docgen.pot
	"$(BIN)/pybabel" -q compile -D docgen -d docgen/locale -l ru

lock: $(STAMP)  ## Renew requirements.lock from setup.cfg
	"$(BIN)/uv" pip compile --quiet --extra dev --generate-hashes --python-version 3.11 --universal \
		--custom-compile-command "make lock" setup.cfg -o requirements.lock

wheel: $(STAMP)  ## Build a wheel into dist/
	"$(BIN)/python" -m pip wheel --quiet --no-deps --no-build-isolation -w dist .

bench: setup  ## Measure against other tools, side by side
	"$(BIN)/python" -m benchmarks

clean:  ## Delete what was made
	rm -rf out dist build
