# make demo      install, ingest the five documents, answer the first question
# make explore   open the explorer on what was ingested
# make test      install what the tests need and run all of them, on all cores
# make check     lint, types, import direction and tests
# make pages    run the commands that README.md and docs/ show, and put their real output there
# make clean     remove the environment and the demo store
PYTHON ?= python3
VENV   ?= .venv
STORE  ?= gcmkg-store
BIN    := $(VENV)/bin

.PHONY: demo explore test lint check clean pages
.DEFAULT_GOAL := demo

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gcmkg needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned dependencies into $(VENV) (a few minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(VENV)/.installed
	$(BIN)/gcmkg --store $(STORE) ingest corpus
	$(BIN)/gcmkg --store $(STORE) bodies --objective 10
	@echo
	@echo "Open the explorer with: make explore"

explore: $(VENV)/.installed
	$(BIN)/gcmkg --store $(STORE) explore

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

check: lint test

pages: $(VENV)/.installed-dev
	$(BIN)/python docs/render_pages.py

clean:
	rm -rf $(VENV) $(STORE)
