# `make` alone prints the targets. Each is also a command: `.venv/bin/serai …` or the line that it runs.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
WORKERS ?= 2
T ?= tests
C ?= --help
export UV_LINK_MODE := copy
# Networks with a certificate of their own have put it into the system, not into uv.
export UV_SYSTEM_CERTS := true
export PIP_DISABLE_PIP_VERSION_CHECK := 1

##@ Start
setup: $(READY) ## make .venv with all that is needed (again where requirements changed)
	@:
demo: setup ## a demo hotel on http://localhost:8007, nothing else needed
	@$(BIN)/python web/build.py || echo "  the demo starts without it"
	@$(BIN)/serai demo
run: setup ## API and background work in one process
	@$(BIN)/serai run
web-process: setup ## the web process alone
	@$(BIN)/serai web
worker: setup ## the background process alone
	@$(BIN)/serai worker
ui: setup ## the web app, built where its sources changed
	@$(BIN)/python web/build.py
web: setup ## the web app while you change it, on http://localhost:5173 (make run beside it)
	@$(BIN)/python web/build.py --dev

##@ Test
test: lint types arch gen-check ui-check tests external ## everything: lint, types, architecture, generated files, tests
test-full: ## make test, every page in all languages and themes, all tests on an external PostgreSQL too
	@SERAI_FULL=1 $(MAKE) test
test-fast: setup ## tests without a database, in seconds
	@$(BIN)/pytest -q -m "not integration and not slow"
test-one: setup ## one file or test: make test-one T=tests/kernel/test_ids.py
	@$(BIN)/pytest -q $(T)
bench-web: setup ## how fast the web app is, in a real Chromium
	@$(BIN)/python -m bench.web
bench: setup ## the benchmark table (leave the machine alone meanwhile)
	@$(BIN)/python -m bench
campaign: setup ## faults at random for as long as you like: make campaign C="m3 --requests 1000000"
	@$(BIN)/python -m campaigns $(C)

##@ Gates
check: lint types arch gen-check ## all gates without the tests
lint: setup ## ruff: rules and format
	@echo "· ruff" && $(BIN)/ruff check --quiet && $(BIN)/ruff format --quiet --check --diff
types: setup ## pyright, strict on src
	@echo "· pyright" && PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright
arch: setup ## who may import whom, and the rules of the house
	@echo "· import-linter" && $(BIN)/lint-imports --no-logo
	@echo "· house rules" && $(BIN)/pytest -q --no-header tests/architecture
gen: setup ## write contracts/ and docs/reference/ anew
	@$(BIN)/serai gen

##@ Keep
migrate: setup ## bring the database's schema up to date
	@$(BIN)/serai db migrate
doctor: setup ## what is missing, and how to mend it
	@$(BIN)/serai doctor
lock: setup ## requirements/ from pyproject.toml
	@$(LOCK) pyproject.toml --output-file requirements/base.txt
	@$(LOCK) pyproject.toml --group dev --constraints requirements/base.txt --output-file requirements/dev.txt
	@echo uv | $(LOCK) - --output-file requirements/uv.txt
	@echo "hatchling>=1.27,<2" | $(LOCK) - --output-file requirements/build.txt
audit: setup ## known holes in what we depend on
	@$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements/base.txt
docs: setup ## the documentation as a site, in site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
clean: ## take away what was made
	rm -rf .venv site dist web/dist web/node_modules web/codegen/node_modules src/serai/ui .pytest_cache .ruff_cache .hypothesis .coverage .import_linter_cache

LOCK = $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --no-annotate --no-header --python-version 3.11

gen-check: setup
	@echo "· generated files" && $(BIN)/serai gen --check
ui-check: setup
	@echo "· web app" && $(BIN)/python web/build.py --check || \
		{ [ $$? -eq 3 ] && [ -z "$$SERAI_REQUIRE_WEB" ] && echo "  skipped: nothing of the web app was checked"; }
ui-types: setup
	@$(BIN)/python web/build.py --types
browser:
	@[ -n "$$CHROMIUM_PATH" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "· Chromium, from the system's packages" && \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null; } || \
		echo "  no Chromium: pages are not tested (apt install chromium, or set CHROMIUM_PATH)"
tests: setup browser
	@echo "· tests" && $(BIN)/pytest -q -n $(WORKERS) --dist worksteal --cov --cov-report=
	@echo "· branches of kernel and models" && $(BIN)/coverage report --skip-covered --show-missing --fail-under=100
external: setup
	@echo "· tests on an external PostgreSQL" && $(BIN)/python -m tests.external -n $(WORKERS)

$(READY): requirements/dev.txt requirements/uv.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Serai needs Python 3.11 or newer; say which with: make setup PYTHON=python3.12")'
	@echo "setup 1/4  an environment in .venv"
	@$(PYTHON) -m venv .venv || { echo "python3 lacks venv; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "setup 2/4  uv"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/uv.txt
	@echo "setup 3/4  what Serai and its tests stand on"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/dev.txt
	@echo "setup 4/4  Serai itself"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "setup      done"

help:
	@awk 'BEGIN {FS = ":.*## "; print "Serai. make <target>:"} \
		/^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup demo run web web-process worker ui ui-check ui-types test test-full test-fast test-one bench bench-web campaign check lint types arch gen migrate doctor lock audit docs clean gen-check browser tests external help
