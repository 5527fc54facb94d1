"""What the pages say can be done: their commands exist, their queries run, their lists are current."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

import schemas
from pipeline import docs, sources
from pipeline.__main__ import _parser

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
VERBS = ("install", "snapshot", "test", "check", "bench", "record", "run", "docs", "compat")


def blocks(language: str) -> list[str]:
    """The fenced blocks of the README in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


SHELL_LINES = [line for block in blocks("sh") for line in block.splitlines()]
QUERIES = [statement.strip() for block in blocks("sql") for statement in block.split(";") if statement.strip()]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder built from the samples, by the command of `make snapshot`."""
    output = tmp_path_factory.mktemp("from_samples") / "output"
    settings = {name: value for name, value in os.environ.items() if name not in {"FROM", "AS_OF", "SOURCES", "PUBLIC"}}
    command = [sys.executable, "-m", "pipeline", "build"]
    done = subprocess.run(
        command, cwd=ROOT, env=settings | {"OUTPUT": str(output)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return output


def test_makefile_has_one_line_a_verb() -> None:
    lines = [line for line in MAKEFILE.splitlines() if line and not line.startswith(("#", ".", "export", "PYTHON"))]
    assert sorted(line.partition(":")[0] for line in lines) == sorted(VERBS)


def test_makefile_hands_the_settings_to_the_program() -> None:
    assert "\nexport FROM AS_OF SOURCES OUTPUT PUBLIC\n" in MAKEFILE


def test_every_make_command_of_the_readme_names_verbs_and_settings_that_exist() -> None:
    named = [line for line in SHELL_LINES if line.startswith("make ")] + re.findall(r"`(make [^`]+)`", README)
    assert len(named) > 5
    for line in named:
        verbs = [word for word in shlex.split(line)[1:] if "=" not in word]
        settings = {word.partition("=")[0] for word in shlex.split(line)[1:] if "=" in word}
        assert set(verbs) <= set(VERBS), line
        assert settings <= {"FROM", "AS_OF", "SOURCES", "OUTPUT", "PUBLIC"}, line


def test_every_sanctions_command_of_the_readme_is_one() -> None:
    commands = {line.split("sanctions ", 1)[1].split()[0] for line in re.findall(r"`[^`]*\bsanctions [a-z][^`]*`", README)}
    assert commands == {"build`", "build", "sources`"}
    for command in ("build", "sources"):
        assert _parser().parse_args([command]).command == command


def test_every_shell_line_of_the_readme_is_tried_by_a_test() -> None:
    assert [line for line in SHELL_LINES if not line.startswith(("make ", ".venv/bin/python -c "))] == []


def test_every_query_of_the_readme_runs(snapshot: Path) -> None:
    assert len(QUERIES) >= 8
    with duckdb.connect(str(snapshot / "sanctions.duckdb"), read_only=True) as database:
        for query in QUERIES:
            database.sql(query).fetchall()


def test_first_query_of_the_readme_finds_the_luxury_goods_ban_and_where_it_is_written(snapshot: Path) -> None:
    with duckdb.connect(str(snapshot / "sanctions.duckdb"), read_only=True) as database:
        rows = database.sql(f"SELECT written_at, quote_text FROM ({QUERIES[0]})").fetchall()
        day_before = database.sql(f"SELECT written_at FROM ({QUERIES[0].replace('04-05', '04-04')})").fetchall()
    assert any("laws.e-gov.go.jp" in address and "四月五日" in quote for address, quote in rows if address and quote)
    assert len(day_before) < len(rows)


def test_python_lines_of_the_readme_run(snapshot: Path) -> None:
    lines = [line for line in SHELL_LINES if line.startswith(".venv/bin/python -c ")]
    assert lines
    for line in lines:
        command = [sys.executable, *shlex.split(line)[1:]]
        done = subprocess.run(command, cwd=snapshot.parent, capture_output=True, text=True, check=True)
        assert "e-gov.go.jp" in done.stdout or "JP" in done.stdout


def test_generated_pages_are_current() -> None:
    assert docs.main(["--check"]) == 0


def test_generated_pages_tell_every_table_list_and_source() -> None:
    dictionary, catalogue = docs.pages().values()
    assert all(f"### {name}\n" in dictionary for name in (*schemas.TABLES, *schemas.list_names()))
    assert all(f"## {name}\n" in catalogue for name in sources.load())


def test_check_tells_a_page_that_is_not_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    monkeypatch.setattr(docs, "_ROOT", tmp_path)
    monkeypatch.setattr(docs, "pages", lambda: {page: "what is so\n"})
    assert docs.main(["--check"]) == 1
    assert capsys.readouterr().err == "page.md is not current: run `make docs`\n"
    assert docs.main([]) == 0
    assert page.read_text() == "what is so\n"
    assert docs.main(["--check"]) == 0


def test_readme_names_every_source_that_is_there_and_no_other() -> None:
    table = README.partition("## What is there")[2].partition("\n## ")[0]
    named = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)))
    assert len(named) == len(set(named))
    assert set(sources.load()) == set(named)


def test_readme_has_a_heading_for_each_stage_in_their_order() -> None:
    assert re.findall(r"^### (.+)$", README, re.MULTILINE) == [
        "Sources",
        "Documents",
        "Normalized",
        "Tables",
        "Published",
    ]


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "DECISIONS.md", "output/README.md"])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_constraints_pin_exact_versions_and_hold_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[a-z0-9.-]+==[0-9][0-9a-z.]*", line) for line in lines)
    pinned = {line.partition("==")[0] for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {re.split(r"[^a-z0-9-]", requirement)[0] for requirement in wanted} <= pinned
