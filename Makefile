# Everything a fresh machine needs is Python >= 3.11 and make; `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= 演示

.DEFAULT_GOAL := help
.PHONY: help demo test soak fault docs lint types bench validate clean workbook-page workbooks

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

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
	QINGDAN_SOAK=1 $(BIN)/python -m pytest -n auto tests/test_issuing_counts.py tests/test_honest_edits.py

fault: $(VENV)/.installed-dev ## kill a collect, or fail its writes, at hundreds of system calls (Linux, strace)
	@command -v strace >/dev/null || apt-get install --yes strace || sudo apt-get install --yes strace
	PYTHONPATH=tests $(BIN)/python tests/fault_sweep.py

lint: $(VENV)/.installed-dev ## ruff: style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev ## mypy, strict
	$(BIN)/mypy

docs: $(VENV)/.installed ## write docs/problems.md, docs/parsing.md and docs/reports.md anew from what they describe
	$(BIN)/python -m qingdan_xl.manual docs/problems.md
	$(BIN)/python -m qingdan_xl.documents.guide docs/parsing.md
	$(BIN)/python -m qingdan_xl.reports.guide docs/reports.md

bench: $(VENV)/.installed-dev ## measure speed and memory beside what a user would pick instead
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/issuing.py
	$(BIN)/python benchmarks/collecting.py
	$(BIN)/python benchmarks/summary.py
	$(BIN)/python benchmarks/scoring.py
	$(BIN)/python benchmarks/reports.py

workbook-page: $(VENV)/.installed ## write docs/workbook.md from the declarations
	$(BIN)/python -m qingdan_xl.sheets.description > docs/workbook.md

workbooks: $(VENV)/.installed-dev ## write the sample workbooks and the console 工作台.xlsm anew into workbooks/
	$(BIN)/python -m qingdan_xl.demo.workbooks workbooks
	$(BIN)/python -m macros.build workbooks

validate: $(VENV)/.installed-dev ## a workbook of every kind and two hundred issued ones, by two validators and three readers
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "没有找到 Node.js：make validate 要用它运行第二个校验程序。请先安装 Node.js 20 或更新的版本（含 npm）。" >&2; exit 1; }
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || { echo "Node.js 的版本太旧（$$(node --version)）：make validate 需要 20 或更新的版本。" >&2; exit 1; }
	rm -rf build/validate
	npm install --prefix build/validate --no-audit --no-fund --silent @ooxml-tools/validate@0.4.6
	$(BIN)/python tests/every_workbook.py build/validate/kinds
	QINGDAN_SAMPLE=200 QINGDAN_KEEP=$(CURDIR)/build/validate/stamped $(BIN)/python -m pytest tests/test_stamping.py
	node tests/validate.mjs build/validate build/validate/kinds 1 build/validate/stamped 20 workbooks 1

clean: ## remove what the other targets made
	rm -rf $(VENV) "$(DEMO)" build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -o -name '*.egg-info' | xargs rm -rf
