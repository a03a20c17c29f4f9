# Two commands for a new machine: `make demo` and `make test`. Both make .venv when there is none.
# Another environment:  make VENV=<folder> test

VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTHON_CANDIDATES := python3.11 python3 python3.12 python3.13 python

.PHONY: demo test slow tests lint types floors check bench clean help

help:
	@echo "make demo | test | slow | tests (both) | lint | types | floors"
	@echo "make check (all but demo) | bench | clean"

demo: $(STAMP)
	$(BIN)/decarb demo

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -q

# pytest ends with 5 when no test is marked slow
slow: $(STAMP)
	$(BIN)/python -m pytest -m slow -n 2 --dist worksteal -q || test $$? -eq 5

# In one go, slow ones first: modules are read once, and no worker waits at the end of the quick ones.
tests: $(STAMP)
	$(BIN)/python -m pytest -m "slow or not slow" -n 2 --dist worksteal -q

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

floors: $(STAMP)
	$(BIN)/lint-imports

check: tests lint types floors

# Ours against numpy by hand, HiGHS alone and three peers, a quarter of an hour; writes
# docs/benchmarks.md. ARGS="--quick" tries it on tiny cases, ARGS="--only one_year" runs one race,
# ARGS="--only methods growth" the searches, which take up to ten minutes each.
bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks $(ARGS)

# The first Python that is 3.11 or newer builds the environment; a broken one is built again.
$(STAMP): pyproject.toml constraints.txt
	@if ! "$(BIN)/python" -m pip --version >/dev/null 2>&1; then \
	  for python in $(PYTHON_CANDIDATES); do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      found=$$python; break; \
	    fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "Python 3.11 or newer is needed; none of these is: $(PYTHON_CANDIDATES)" >&2; exit 1; \
	  fi; \
	  echo "Making $(VENV) with $$found ..."; \
	  $$found -m venv --clear "$(VENV)"; \
	fi
	@echo "Installing decarb and its libraries into $(VENV) (about a minute) ..."
	@"$(BIN)/python" -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find optimizer tests -name __pycache__ -type d -prune -exec rm -rf {} +
