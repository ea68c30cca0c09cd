# `make demo` and `make test` need Python 3.11 or later, pip, make and git; nothing else, and nothing installed before.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test docs bench clean

demo: $(VENV)/.installed
	rm -rf build/demo
	$(BIN)/ikmctl demo build/demo
	$(BIN)/ikmctl --db build/demo/ikmctl-demo.db list-businesses
	$(BIN)/ikmctl --db build/demo/ikmctl-demo.db summary 2021-10

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/docs.py --check
	$(BIN)/pytest

docs: $(VENV)/.installed-dev
	$(BIN)/python tools/docs.py

bench: $(VENV)/.installed-dev
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/.installed
