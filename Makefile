# `make demo` and `make test` need Python 3.11 or later, pip, make and git; nothing else, and nothing installed before.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make upgrade"

.DEFAULT_GOAL := help
.PHONY: help demo test test-all test-newest test-oldest lint format docs bench torture lock upgrade clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s  %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.installed ## build the demo registry in build/demo, list its businesses, print its report
	rm -rf build/demo
	$(BIN)/ikmctl demo build/demo
	$(BIN)/ikmctl --db build/demo/ikmctl-demo.db list-businesses
	$(BIN)/ikmctl --db build/demo/ikmctl-demo.db summary 2021-10

test: lint ## lint, and every test with few examples of each property: before each commit
	$(BIN)/pytest --numprocesses auto

test-all: lint ## lint, and every test with all examples: what CI runs
	$(BIN)/pytest --numprocesses auto --hypothesis-profile all

test-newest: $(VENV)/.installed-dev ## every test with the newest versions pyproject.toml allows, on each Python here
	$(BIN)/python tools/try_versions.py newest

test-oldest: $(VENV)/.installed-dev ## every test with the oldest versions pyproject.toml allows, on each Python here
	$(BIN)/python tools/try_versions.py oldest

lint: $(VENV)/.installed-dev ## ruff, mypy, and whether the generated files are current
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/docs.py --check

format: $(VENV)/.installed-dev ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.installed-dev ## write the generated pages, pictures and translations
	$(BIN)/python tools/docs.py

bench: $(VENV)/.installed-dev ## measure times and memory, and write docs/benchmarks.md
	$(BIN)/python bench/run.py

torture: $(VENV)/.installed-dev ## kill, tear and fail what commands write, in full, on Linux with gcc; writes docs/reliability.md
	$(BIN)/python -m tests.torture

lock: $(VENV)/.installed-dev ## write requirements/ after a change of pyproject.toml; other versions stay
	$(LOCK) pyproject.toml --extra dev --group build --output-file requirements/dev.txt $(UPGRADE)
	$(LOCK) pyproject.toml --constraint requirements/dev.txt --output-file requirements/users.txt $(UPGRADE)
	$(LOCK) --group build --python-version 3.11 --constraint requirements/dev.txt --output-file requirements/build.txt $(UPGRADE)

upgrade: ## write requirements/ with the newest versions, install them, run test-all
	$(MAKE) lock UPGRADE=--upgrade
	$(MAKE) test-all

clean: ## remove the environment and everything built
	rm -rf $(VENV) build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ikmctl needs Python 3.11 or later. Name one: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

# The locked versions, and then ikmctl itself, built by the locked hatchling and without looking for anything more.
$(VENV)/.installed: $(VENV)/bin/python pyproject.toml requirements/users.txt requirements/build.txt
	$(PIP) install --require-hashes --requirement requirements/users.txt --requirement requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml requirements/dev.txt
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.installed
