# `make serve` and `make test` need python3 (3.11 or later, with venv) and nothing else: what they use is pinned in
# constraints.txt and goes into .venv.

PYTHON ?= python3
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet
SERVE ?=
REALITY ?=

.PHONY: serve reset test mutants detection reality lint docs clean
.DEFAULT_GOAL := serve

serve: $(VENV)/served  ## serve http://127.0.0.1:8080 until interrupted; SERVE="--port 9000" passes options on
	@$(VENV)/bin/ecf-sandbox serve $(SERVE)

reset: $(VENV)/served  ## bring the seed data back
	@$(VENV)/bin/ecf-sandbox reset

test: lint  ## everything: linters, types, tests, and whether the contract tests bite
	@$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
	@$(VENV)/bin/python -W ignore -m contract_tests.mutants

mutants: $(VENV)/tested  ## see that the contract tests find every defect of the sandbox, and nothing without one
	@$(VENV)/bin/python -W ignore -m contract_tests.mutants

detection: $(VENV)/tested  ## write docs/detection.md anew: what finds which defect, with ten seeds; a quarter of an hour, and what schemathesis does alone (slow)
	@$(VENV)/bin/python -W ignore -m contract_tests.mutants --seeds 10 --stock 12 --write docs/detection.md

reality: $(VENV)/tested  ## how many recorded sessions of the real service are answered alike; REALITY="ID-PREFIX …" shows differences
	@$(VENV)/bin/python -W ignore -m tests.reality $(REALITY)

lint: $(VENV)/tested
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/yamllint --strict openapi seeds

docs: $(VENV)/tested  ## write docs/rules.md anew from the catalogue
	@$(VENV)/bin/python docs/rules_page.py

clean:
	rm -rf $(VENV)

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/served: $(VENV)/created pyproject.toml constraints.txt
	@echo "Installing what is pinned in constraints.txt into $(VENV) …"
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/tested: $(VENV)/created pyproject.toml constraints.txt
	@echo "Installing what is pinned in constraints.txt into $(VENV), with what the tests need …"
	@$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/served
