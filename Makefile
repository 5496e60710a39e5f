# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check check-long benchmarks documents clean

demo: .venv/run  ## the main job in a throw-away home
	@home=$$(mktemp -d) && SIPCTL_HOME="$$home" $(BIN)/sipctl demo "$$home/demo"

test: .venv/dev  ## every test; what needs more than Python says what it skipped and why
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

check: .venv/dev  ## style, types, and that generated files are up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python scripts/build_templates.py --check
	$(BIN)/python scripts/texts.py --check
	$(BIN)/python scripts/command_reference.py --check

check-long: .venv/dev  ## kills and fuzzing, long
	SIPCTL_LONG=1 $(BIN)/pytest tests/journeys tests/documents tests/ui

benchmarks: .venv/dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/documents.py

documents: .venv/dev  ## make generated files anew: templates, catalogue, command reference
	$(BIN)/python scripts/build_templates.py
	$(BIN)/python scripts/texts.py update
	$(BIN)/python scripts/command_reference.py

.venv/run: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv build dist *.egg-info
