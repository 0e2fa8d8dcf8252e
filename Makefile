# Everything a fresh machine needs is Python >= 3.11 and make; `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= 演示

.DEFAULT_GOAL := help
.PHONY: help demo test soak lint types bench clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

demo: $(VENV)/.installed ## run the whole loop on the bundled samples and say where the results lie
	$(BIN)/qingdan demo "$(DEMO)" --again

test: lint types ## lint, types and all tests
	$(BIN)/python -m pytest -n auto

soak: $(VENV)/.installed-dev ## the same tests by chance with many more cases
	QINGDAN_SOAK=1 $(BIN)/python -m pytest -n auto tests/test_issuing_counts.py

lint: $(VENV)/.installed-dev ## ruff: style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev ## mypy, strict
	$(BIN)/mypy

bench: $(VENV)/.installed-dev ## measure speed and memory beside what a user would pick instead
	$(BIN)/python benchmarks/run.py

clean: ## remove what the other targets made
	rm -rf $(VENV) "$(DEMO)" build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -o -name '*.egg-info' | xargs rm -rf
