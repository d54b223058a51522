# `make run` and `make test` set up all that they need in .venv, once.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt
PATHS := bot index corpus tests

.PHONY: run test eval bench reader format clean preview

run: .venv/ready-to-run
	@$(BIN)/purgebot run

test: .venv/ready-to-test
	@$(BIN)/ruff check $(PATHS)
	@$(BIN)/ruff format --check $(PATHS)
	@$(BIN)/mypy
	@$(BIN)/pytest

# Figures of the development halves and of others' questions: who says what, events proposed, answers and refusals;
# fails where one falls below its floor (tests/gate/floors.json). What is embedded and drawn is kept in build/gate.
eval: .venv/ready-to-test
	@rm -rf build/gate/figures
	@$(BIN)/python tests/gate/statements.py --half dev
	@$(BIN)/python tests/gate/proposals.py dev
	@$(BIN)/python tests/gate/evaluate.py dev
	@$(BIN)/python tests/gate/evaluate.py others
	@$(BIN)/python tests/gate/sample.py
	@$(BIN)/python tests/gate/floors.py --check

# Times, memory and ratios at every size, into build/bench; SIZES="5 70" takes those alone. The first run makes up the
# libraries, which takes long at a million passages; run it while nothing else runs.
bench: .venv/ready-to-test
	@$(BIN)/python tests/bench/bench.py $(SIZES)

# Teaches the packaged model to read from tests/gate/lessons, into index/reading.safetensors; some three hours.
reader: .venv/ready-to-test
	@$(BIN)/python tests/gate/teaching.py

format: .venv/ready-to-test
	@$(BIN)/ruff check --fix $(PATHS)
	@$(BIN)/ruff format $(PATHS)

# Pictures of every kind of reply, in build/preview/pictures; CHROMIUM=... names another browser.
preview: .venv/ready-to-test
	@command -v npm >/dev/null || { echo "npm is missing: apt-get install npm" >&2; exit 1; }
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || { echo "chromium is missing: apt-get install chromium" >&2; exit 1; }
	@$(MAKE) --no-print-directory tests/preview/node_modules/.package-lock.json
	@mkdir -p build/preview
	@$(BIN)/pytest --quiet tests/bot/test_preview.py
	@$(BIN)/python tests/preview/scenes.py build/preview/data build/preview/scenes.json
	@node tests/preview/shoot.mjs build/preview/scenes.json build/preview/pictures
	@echo "build/preview/pictures holds the pictures" >&2

tests/preview/node_modules/.package-lock.json: tests/preview/package-lock.json
	@cd tests/preview && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
	@touch $@

clean:
	rm -rf .venv build tests/preview/node_modules *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/ready-to-run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.11 ..." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv; this takes some minutes, once." >&2
	@$(PIP) --editable . >&2
	@touch $@

.venv/ready-to-test: .venv/ready-to-run
	@$(PIP) --editable '.[test]' >&2
	@touch $@
