# `make serve` and `make test` need python3 (3.11 or later, with venv) and nothing else: what they use is pinned in
# requirements.txt and constraints.txt and goes into .venv.

PYTHON ?= python3
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet
PYTHONS ?= python3.11 python3.12 python3.13
SERVE ?=
REALITY ?=
SPOILINGS ?= --write
CLIENTS ?=
MUTATION ?= --sample 60 --seed 1 --write

# Fast together: measured, and no server, PostgreSQL or contract run among them.
UNIT := tests/actors tests/edge/provider tests/editions/tiny tests/openapi tests/seeding tests/store tests/test_*.py
SLOW := postgresql or kills or test_documents

# Bytecode is kept whatever is set around: without it, each start of a server compiles four hundred modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve reset fix check unit test test-all mutants detection spoilings mutation alarms reality lint docs clients try-it-out examples requirements distributions image-rehearsal clean
.DEFAULT_GOAL := serve

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(VENV)/served  ## serve http://127.0.0.1:8080 until interrupted; SERVE="--port 9000" passes options on
	@$(VENV)/bin/ecf-sandbox serve $(SERVE)

reset: $(VENV)/served  ## bring the seed data back
	@$(VENV)/bin/ecf-sandbox reset

fix: $(VENV)/tested  ## mend what the linters can mend by themselves, and the layout
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

check: lint  ## linters and types, as before a commit: ruff, mypy, yamllint

unit: $(VENV)/tested  ## the fast tests, in half a minute
	@$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile -k 'not ($(SLOW))' $(UNIT)

test: lint  ## everything: linters, types, tests, and whether the contract tests bite
	@$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
	@$(VENV)/bin/python -W ignore -m contract_tests.mutants

test-all:  ## `make test` with every Python of PYTHONS that is here, each in a virtual environment of its own
	@tested=; for python in $(PYTHONS); do \
		if $$python -c '' 2>/dev/null; then \
			$(MAKE) --no-print-directory PYTHON=$$python VENV=.venv-$${python##*python} test || exit 1; \
			tested="$$tested $$python"; \
		else \
			echo "!!! NOT TESTED with $$python, which is not here" >&2; \
		fi; \
	done; echo "Tested with:$${tested:- no Python at all}"; test -n "$$tested"

mutants: $(VENV)/tested  ## see that the contract tests find every defect of the sandbox, in either edition, and nothing without one
	@$(VENV)/bin/python -W ignore -m contract_tests.mutants
	@$(VENV)/bin/python -W ignore -m contract_tests.mutants --edition register

detection: $(VENV)/tested  ## write docs/detection.md anew: what finds which defect, with ten seeds; a quarter of an hour, and what schemathesis does alone (slow)
	@$(VENV)/bin/python -W ignore -m contract_tests.mutants --seeds 10 --stock 12 --write docs/detection.md

spoilings: $(VENV)/tested  ## how many ways to spoil answers the contract tests find; SPOILINGS="--only CSV" tries some (slow)
	@$(VENV)/bin/python -W ignore -m tests.detection.spoilt $(SPOILINGS)

mutation: $(VENV)/mutated  ## how many mutations of the code they find: MUTATION="--sample 60 --seed 1 --write" (slow)
	@$(VENV)/bin/python -W ignore -m tests.detection.mutation $(MUTATION)

alarms: $(VENV)/tested  ## see that odd targets that are right raise no alarm; ALARMS="--only year" tries some (slow)
	@$(VENV)/bin/python -W ignore -m tests.detection.alarms $(ALARMS)

reality: $(VENV)/tested  ## how many recorded sessions of the real service are answered alike; REALITY="ID-PREFIX …" shows differences
	@$(VENV)/bin/python -W ignore -m tests.reality $(REALITY)

lint: $(VENV)/tested  ## the same as check
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/yamllint --strict openapi seeds

docs: $(VENV)/tested  ## write docs/rules.md anew from the catalogue, and build the guide that is served at /docs/guide/
	@$(VENV)/bin/python docs/rules_page.py
	@$(VENV)/bin/python docs/build_site.py --strict

clients: $(VENV)/tested  ## generate clients in four languages, compile and try them; CLIENTS="nswag newman" tries some (slow)
	@$(VENV)/bin/python -W ignore -m tests.clients $(CLIENTS)

try-it-out: $(VENV)/tested  ## press “Try it out” and “Execute” for every example at /docs, in Chromium (slow)
	@$(VENV)/bin/python -W ignore -m tests.clients.try_it_out

examples: $(VENV)/tested  ## write openapi/**/*.answers.json anew: what the examples of the documents are answered with
	@$(VENV)/bin/python -W ignore -m tests.openapi.answers

requirements: $(VENV)/released  ## pin anew in requirements.txt, with hashes, what serving needs, as constraints.txt says
	@$(VENV)/bin/python -m piptools compile --quiet --upgrade --generate-hashes --allow-unsafe --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --strip-extras --extra postgresql --build-deps-for editable \
		--constraint constraints.txt --output-file $(VENV)/requirements.txt pyproject.toml
	@{ sed -n '1{/^#/p}' requirements.txt; cat $(VENV)/requirements.txt; } > $(VENV)/requirements.new
	@mv $(VENV)/requirements.new requirements.txt

distributions: $(VENV)/released  ## build the wheel and the sdist into dist/, and have twine look at them
	@rm -rf dist
	@$(VENV)/bin/python -m hatchling build -t sdist -t wheel
	@$(VENV)/bin/python -m twine check --strict dist/*

image-rehearsal:  ## run the steps of the Dockerfile in a bare Debian that debootstrap makes, and serve from it; as root (slow)
	@$(PYTHON) tests/shipping/rehearsal.py

clean:  ## remove the virtual environment
	rm -rf $(VENV)

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/served: $(VENV)/created pyproject.toml requirements.txt
	@echo "Installing what is pinned in requirements.txt into $(VENV) …"
	@$(PIP) install --require-hashes --no-deps --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/tested: $(VENV)/created pyproject.toml constraints.txt
	@echo "Installing what is pinned in constraints.txt into $(VENV), with what the tests need …"
	@$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/served

$(VENV)/released: $(VENV)/tested
	@echo "Installing into $(VENV) what makes releases …"
	@$(PIP) install --constraint constraints.txt --editable '.[release]'
	@touch $@

$(VENV)/mutated: $(VENV)/tested
	@echo "Installing into $(VENV) what mutates code …"
	@$(PIP) install --constraint constraints.txt --editable '.[mutation]'
	@touch $@
