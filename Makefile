PYTHON ?= python3
DATA := ./data
ARGS :=

BIN := .venv/bin
UV := $(BIN)/uv --quiet
NPM_QUIETLY := npm --no-audit --no-fund --no-update-notifier
NPM := $(NPM_QUIETLY) --prefix frontend
LOCKS := requirements/runtime.txt requirements/dev.txt requirements/build.txt requirements/uv.txt
COMPILE := $(UV) pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.SILENT:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.PHONY: help install run test format bench soak lock frontend force api-types cli-docs
.PHONY: check check-format check-lint check-types check-imports

help:
	echo "make run      install what is missing and start Lacewing on $(DATA)"
	echo "make test     run every test; ARGS='-k name' for some of them"
	echo "make check    formatting, lint, types, import contracts"
	echo "make format   put the code into its one form"
	echo "make bench    measure speed and memory beside a bare server and a bare database"
	echo "make soak     crash and fuzz for a long time"
	echo "make install  only install"
	echo "make lock     pin the dependencies in pyproject.toml again; UPGRADE=1 for newer ones"

install: .venv/.package frontend

run: install
	exec $(BIN)/lacewing serve --data $(DATA) $(ARGS)

test: install tests/oidc/node_modules/.installed
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: check-format check-lint check-types check-imports

check-format: .venv/.package
	$(BIN)/ruff format --check --quiet . || { echo "Run make format to put these files right."; exit 1; }

check-lint: .venv/.package
	$(BIN)/ruff check --quiet .

check-types: .venv/.package
	$(BIN)/mypy --strict --no-error-summary src/lacewing

check-imports: .venv/.package
	$(BIN)/lint-imports --no-logo > .venv/imports.log || { cat .venv/imports.log; exit 1; }

format: .venv/.locked
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

bench: install
	$(BIN)/python -m bench $(ARGS)

soak: install
	$(BIN)/python -m bench.soak $(ARGS)

api-types: .venv/.package
	$(BIN)/python -m tests.http.typescript

cli-docs: .venv/.package
	$(BIN)/python -m tests.cli.written

lock: .venv/.uv
	echo "Pinning the dependencies."
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) --group dev -c requirements/runtime.txt -o requirements/dev.txt
	$(COMPILE) --group build -c requirements/dev.txt -o requirements/build.txt
	$(COMPILE) --group uv -o requirements/uv.txt

# A stamp is newer than what it was made from, so that a second run has nothing to do.
.venv/.uv: requirements/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Lacewing needs Python 3.11 or newer; name one with make PYTHON=..."; exit 1; }
	echo "Installing uv into .venv."
	$(PYTHON) -m venv .venv || { echo "On Debian, install python3-venv first."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	touch $@

.venv/.locked: .venv/.uv $(LOCKS)
	echo "Installing the Python dependencies."
	$(UV) pip sync --python $(BIN)/python --require-hashes $(LOCKS)
	touch $@

.venv/.package: .venv/.locked pyproject.toml
	$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

tests/oidc/node_modules/.installed: tests/oidc/package.json tests/oidc/package-lock.json
	command -v npm > /dev/null || { echo "The tests need Node and npm for their OpenID provider."; exit 1; }
	echo "Installing the OpenID provider for the tests."
	$(NPM_QUIETLY) --prefix tests/oidc --loglevel=error ci > /dev/null
	touch $@

ifneq ($(and $(wildcard frontend/package.json),$(wildcard frontend/package-lock.json)),)

# Folders are listed too: theirs is the time that changes when a file is deleted.
FRONTEND_SOURCES := $(shell find frontend -mindepth 1 \( -name node_modules -o -name dist -o -name coverage \
	-o -name '*.tsbuildinfo' \) -prune -o -print)

frontend: frontend/node_modules/.built

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json
	command -v npm > /dev/null || { echo "Lacewing needs Node and npm to build its front end."; exit 1; }
	echo "Installing the front end's dependencies."
	$(NPM) --loglevel=error ci > /dev/null
	touch $@

frontend/node_modules/.built: frontend/node_modules/.installed $(FRONTEND_SOURCES) $(if $(wildcard src/lacewing/static),,force)
	echo "Building the front end."
	$(NPM) --silent run build --if-present
	touch $@

check: check-frontend
test: test-frontend

.PHONY: check-frontend test-frontend
check-frontend: install api-types
	$(NPM) --silent run check --if-present
test-frontend: install
	$(NPM) --silent run test --if-present

endif
