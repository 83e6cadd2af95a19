# jixiao: county budget performance documents to one DuckDB file.
PYTHON ?= python3
DOCUMENTS ?= documents
WAREHOUSE ?= build/warehouse.duckdb
export DOCUMENTS WAREHOUSE STRICT FORCE

# The environment that .venv means when a target starts: it keeps its packages while another run makes a new one.
ENVIRONMENT = $(realpath .venv)
RUN = "$(ENVIRONMENT)/bin/python"

.DEFAULT_GOAL := help
.PHONY: help environment environment-test environment-lint build test test-slow lint format ask docs clean

help: ## Print the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

environment:
	@$(PYTHON) environment.py

environment-test:
	@$(PYTHON) environment.py test

environment-lint:
	@$(PYTHON) environment.py lint

build: environment ## Documents to a published warehouse: [DOCUMENTS=documents] [WAREHOUSE=build/warehouse.duckdb] [STRICT=1] [FORCE=1]
	@$(RUN) -m warehouse.build

test: environment-test ## Run the tests (under 10 minutes); STRICT=1 makes a skip a failure
	@$(RUN) -m pytest -m "not slow" --durations=15

test-slow: environment-test ## Run the long tests
	@$(RUN) -m pytest -m slow

lint: environment-lint ## Check style, layers and types: ruff, import-linter, mypy, sqlfluff
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) "$(ENVIRONMENT)/bin/lint-imports" --no-logo
	@$(RUN) -m mypy
	@$(RUN) -m sqlfluff lint --processes 0 models tests/dbt analyses

format: environment-lint ## Correct style: ruff and sqlfluff
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .
	@$(RUN) -m sqlfluff fix --processes 0 --quiet models tests/dbt analyses

ask: environment ## List the questions of analyses/, or answer one: [Q=county_budget|all] [FORMAT=table|csv|json|md] [WAREHOUSE=…]
	@$(RUN) -m serve.ask

.PHONY: search export
search: override export TEXT := $(value TEXT)
search: environment ## Find a text in names, purposes, goals and indicators: TEXT=污水 [LIMIT=20] [FORMAT=table|csv|json] [ALL=1] [WAREHOUSE=…]
	@$(RUN) -m serve.search.search

export: environment ## Write marts, quality and reports as Parquet, CSV, XLSX and a data package: [OUT=build/export] [WAREHOUSE=…]
	@$(RUN) -m serve.export.export

.PHONY: metric
metric: override export WHERE := $(value WHERE)
metric: environment ## List the metrics, or compute some: [M=budget_cny] [BY=division__division_name] [WHERE=…] [FORMAT=table|csv|json|md] [WAREHOUSE=…]
	@$(RUN) -m serve.metric.metric

docs: environment ## Write the models and columns to build/docs/index.html, the dictionary of WAREHOUSE to docs/dictionary.md
	@$(RUN) -m serve.docs.docs
	@$(RUN) -m serve.docs.checks

clean: ## Remove what builds leave, the published warehouse included; .venv stays
	@rm -rf build target logs .pytest_cache .ruff_cache .hypothesis
