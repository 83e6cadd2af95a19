# jixiao: county budget performance documents to one DuckDB file.
PYTHON ?= python3

# The variables that each target takes; the command line reads them from the environment.
TAKES_build = DOCUMENTS WAREHOUSE ENGINE MASTER STRICT FORCE ACCEPT FULL MEMORY CACHE WAIT KEEP QUIET ON_FAILURE ON_CHANGE
TAKES_test = STRICT
TAKES_test-slow = STRICT
TAKES_test-spark = STRICT
TAKES_status = FORMAT WAREHOUSE
TAKES_ask = Q COUNTY YEAR LIMIT FORMAT WAREHOUSE
TAKES_metric = M BY WHERE FORMAT WAREHOUSE
TAKES_search = TEXT LIMIT FORMAT ALL WAREHOUSE
TAKES_export = OUT WAREHOUSE
TAKES_report = COUNTY OUT WAREHOUSE
TAKES_releases = FORMAT WAREHOUSE
TAKES_rollback = TO WAIT WAREHOUSE
TAKES_docs = OUT WAREHOUSE
TAKES_explore = PORT WAREHOUSE
TAKES_bench = PART DOCUMENTS ROUNDS OUT

# A variable that no target takes is a slip: to ignore it would answer another question than the one asked.
GOALS := $(or $(MAKECMDGOALS),help)
TAKEN := $(strip $(foreach goal,$(GOALS),$(TAKES_$(goal))) PYTHON)
GIVEN := $(foreach name,$(.VARIABLES),$(if $(findstring command,$(origin $(name))),$(name)))
NEAR = import difflib, sys; print(*difflib.get_close_matches(sys.argv[1].upper(), sys.argv[2:], 1))
nearest = $(shell $(PYTHON) -c '$(NEAR)' '$(subst ','\'',$(1))' $(TAKEN))
hint = $(addprefix ; did you mean ,$(addsuffix ?,$(nearest)))
refuse = $(error $(1) is no variable of make $(GOALS), which takes $(TAKEN)$(hint))
$(foreach name,$(filter-out $(TAKEN),$(GIVEN)),$(call refuse,$(name)))

# Values are passed on as they are typed: make would expand what looks like one of its own functions.
verbatim = $(if $(filter undefined,$(origin $(1))),,$(eval override export $(1) := $$(value $(1))))
$(foreach name,$(filter-out PYTHON,$(TAKEN)),$(call verbatim,$(name)))
MAKEOVERRIDES = # a make inside the tests has its own variables

# The environment that .venv means when a target starts: it keeps its packages while another run makes a new one.
ENVIRONMENT = $(realpath .venv)
RUN = "$(ENVIRONMENT)/bin/python"

.DEFAULT_GOAL := help
.PHONY: help environment environment-test environment-lint environment-docs environment-explore environment-spark setup-spark build test test-slow test-spark test-superset lint format status ask metric search export report releases rollback docs explore bench clean

help: ## Print the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

environment:
	@$(PYTHON) environment.py

environment-test:
	@$(PYTHON) environment.py test

environment-lint:
	@$(PYTHON) environment.py lint

environment-docs:
	@$(PYTHON) environment.py docs

environment-explore:
	@$(PYTHON) environment.py explore

environment-spark:
	@$(PYTHON) environment.py spark

setup-spark: environment-spark ## Install what ENGINE=spark needs beside Java
	@command -v java >/dev/null || echo "Java is missing, and Spark runs on it: apt install default-jre-headless" >&2

build: environment ## Documents to a published warehouse: [DOCUMENTS=documents] [WAREHOUSE=build/warehouse.duckdb] [ENGINE=duckdb|spark] [MASTER=local[*]] [STRICT=1] [FORCE=1] [ACCEPT=county:130324] [FULL=1] [MEMORY=4GB] [CACHE=folder] [WAIT=600] [KEEP=5] [QUIET=1] [ON_FAILURE=…] [ON_CHANGE=…]
	@$(RUN) -m serve build

test: environment-test ## Run the tests (about 15 minutes); STRICT=1 makes a skip a failure
	@$(RUN) -m pytest -m "not slow and not spark" -n auto --dist loadfile --durations=15

test-slow: environment-test ## Run the long tests
	@$(RUN) -m pytest -m "slow and not spark"

test-spark: environment-test environment-spark ## Build the same documents with DuckDB and with Spark, and compare every table; stop builds (15 to 30 minutes)
	@$(RUN) -m pytest -m spark

test-superset: environment-test ## Try the file in Apache Superset, which is installed into build/superset
	@$(RUN) -m pytest tests/superset

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

status: environment ## Say what is published, what was rejected and why, and how the last builds ended: [FORMAT=table|csv|json|md] [WAREHOUSE=…]
	@$(RUN) -m serve status

ask: environment ## List the questions of analyses/, or answer one: [Q=county_budget|all] [COUNTY=乐亭县] [YEAR=2023] [LIMIT=10] [FORMAT=table|csv|json|md] [WAREHOUSE=…]
	@$(RUN) -m serve ask

search: environment ## Find a text in counties, units, names, purposes, goals, indicators and part one: TEXT=污水 [LIMIT=20] [FORMAT=table|csv|json|md] [ALL=1] [WAREHOUSE=…]
	@$(RUN) -m serve search

export: environment ## Write marts, quality and reports as Parquet, CSV, XLSX and a data package: [OUT=build/export] [WAREHOUSE=…]
	@$(RUN) -m serve export

report: environment ## Write pages for a browser: what is loaded, each county, lists of findings, each project: [COUNTY=乐亭县] [OUT=build/report] [WAREHOUSE=…]
	@$(RUN) -m serve report

metric: environment ## List the metrics, or compute some: [M=budget_cny] [BY=division__division_name] [WHERE=…] [FORMAT=table|csv|json|md] [WAREHOUSE=…]
	@$(RUN) -m serve metric

releases: environment ## List the published files that are kept, with what changed in each: [FORMAT=table|csv|json|md] [WAREHOUSE=…]
	@$(RUN) -m serve releases

rollback: environment ## Put the release before in the place of the published file, or another one: [TO=build_id] [WAIT=600] [WAREHOUSE=…]
	@$(RUN) -m serve rollback

docs: environment-docs ## Write the documentation with models, columns and lineage as an offline site, and the pages of docs/ that are made: [OUT=build/docs] [WAREHOUSE=…]
	@$(RUN) -m serve docs

explore: environment-explore ## Show the file in a browser: charts across counties, a field for SQL: [PORT=2718] [WAREHOUSE=…]
	@$(RUN) -m serve explore

bench: environment-test ## Measure what each part costs beside its yardstick, as a table and JSON: [PART=parse|load|models|start|build|query|growth] [DOCUMENTS=100,1000] [ROUNDS=3] [OUT=build/bench.json]
	@$(RUN) -m benchmarks.bench

clean: ## Remove what builds leave, the published warehouse included; .venv stays
	@rm -rf build target logs .pytest_cache .ruff_cache .hypothesis
