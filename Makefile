# Every command a person needs. `make help` lists them.

PYTHON ?= python3
BIN = .venv/bin
FLASK = $(BIN)/flask --app app
CATALOGUES = $(patsubst %.po,%.mo,$(wildcard wellbeing/translations/*/LC_MESSAGES/messages.po))
PIP = $(BIN)/pip --disable-pip-version-check install --quiet --quiet --require-hashes

.DEFAULT_GOAL := help
.PHONY: run demo test soak bench lint sbom audit lock help

run: .venv/for-running $(CATALOGUES) ## Start Le fil; the first time, make all it needs. Prints its address. Ctrl-C stops it
	@exec $(BIN)/python serve.py

# Its own folder, so that nothing made up ever mixes with what people wrote.
demo: export WELLBEING_INSTANCE = $(CURDIR)/instance/demo
demo: export DATABASE_URL =
demo: export WELLBEING_SECRETS =
demo: .venv/for-running $(CATALOGUES) ## The same on a separate database, filled with a believable association
	@$(FLASK) demo
	@exec $(BIN)/python serve.py

test: lint ## Check everything: style, types, floors, catalogues, and every test, in a real browser and on both databases
	@sh .ci/browser
	@sh .ci/postgresql
	@sh .ci/strace
	@sh .ci/deploy
	@echo "── Tests"
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: .venv/for-testing $(CATALOGUES) ## The quick half of `make test`: style, types, floors, templates, catalogues
	@echo "── Style"
	@$(BIN)/ruff format --check --quiet || { echo 'Some files are not formatted: .venv/bin/ruff format'; exit 1; }
	@$(BIN)/ruff check --quiet
	@echo "── Types"
	@$(BIN)/mypy --no-error-summary
	@echo "── Floors"
	@$(BIN)/lint-imports --no-logo --no-cache > .venv/floors.txt || { cat .venv/floors.txt; exit 1; }
	@echo "── Templates"
	@$(BIN)/djlint templates --lint --quiet

soak: .venv/for-testing $(CATALOGUES) ## Every fault at full size, then two scanners and LibreOffice: hours; SIZE=0.05 is a twentieth. Prints what was lost or found
	@sh .ci/postgresql
	@sh .ci/strace
	@sh .ci/browser
	@$(BIN)/python -m tests.parts.audit
	@$(BIN)/python -m tests.faults.soak
	@GUESSES=400 $(BIN)/python -m pytest -q tests/privacy/test_guessing.py tests/privacy/test_oracles.py
	@sh .ci/scanners calc || true
	@$(BIN)/python -m pytest -q -rs tests/scans/opened.py
	@$(BIN)/python -m tests.scans.observatory
	@$(BIN)/python -m tests.scans.wapiti

sbom: .venv/for-testing ## Write build/sbom.json: every part that Le fil runs on, with its version, hashes and licence (CycloneDX)
	@$(BIN)/python -m tests.parts.list

audit: .venv/for-testing ## Ask the package registry for known weaknesses of those parts; says so when it could not be looked up
	@$(BIN)/python -m tests.parts.audit

bench: .venv/for-testing $(CATALOGUES) ## Measure speed and weight against a bare floor, in one run; asserts nothing
	@sh .ci/browser
	@$(BIN)/python -m bench

lock: .venv/for-testing ## Rewrite the locks from requirements*.in and .ci/audit.in, with today's versions (needs uv)
	@for name in requirements requirements-dev .ci/audit; do \
	  uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header \
	    --no-emit-index-url --no-emit-find-links $$name.in --output-file $$name.txt || exit 1; done

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The words of each language, as the application reads them; a catalogue that cannot be read stops here.
%.mo: %.po | .venv/for-running
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# What is installed, and when it has to be again: after a change of the lock, and only then.
.venv/for-testing: requirements-dev.txt requirements.txt | .venv
	@echo "Installing what checking needs (about a minute)…"
	@$(PIP) -r requirements-dev.txt
	@touch .venv/for-running $@

.venv/for-running: requirements.txt | .venv
	@echo "Installing what running needs (half a minute)…"
	@$(PIP) -r requirements.txt
	@touch $@

.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Le fil needs Python 3.11 or newer; name one with: make run PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv $@ || { rm -rf $@; exit 1; }
