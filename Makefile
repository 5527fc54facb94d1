# One line a verb; the README tells what each leaves behind. The variables reach the program through the environment.
PYTHON ?= python3
export FROM AS_OF SOURCES OUTPUT PUBLIC
.PHONY: install snapshot test check bench record run docs compat

install: .venv/installed
snapshot: install ; .venv/bin/sanctions build
record: install ; .venv/bin/sanctions record
run: install ; .venv/bin/sanctions run
test: install ; .venv/bin/python -m pytest -q
check: install ; .venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports && .venv/bin/python -m pipeline.docs --check && .venv/bin/python tests/benchmarks/claims.py --check
docs: install ; .venv/bin/python -m pipeline.docs
bench: install ; .venv/bin/python tests/benchmarks/run.py
compat: install ; .venv/bin/python tests/compat/run.py
.venv/installed: pyproject.toml constraints.txt ; $(PYTHON) -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: -c constraints.txt -e '.[dev]' && touch .venv/installed
