# newsgraph: `make demo` shows it, `make test` checks it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test check bench lock clean

$(VENV)/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -r requirements.lock
	$(PIP) install --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PIP) install -r requirements-dev.lock
	touch $@

demo: $(VENV)/.run  ## builds the graph of the five articles in seeds/ and checks every statement
	$(BIN)/kg build seeds --out out
	$(BIN)/kg validate out

check: $(VENV)/.dev  ## style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check  ## everything
	$(BIN)/python -m pytest

bench: $(VENV)/.dev  ## speed, side by side with peers; writes benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

lock: $(VENV)/.dev  ## the pinned versions anew, from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url \
	    --no-annotate pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url \
	    --no-annotate --extra dev pyproject.toml --output-file requirements-dev.lock

clean:
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache
