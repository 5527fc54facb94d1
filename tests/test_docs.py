"""What the pages say can be done: their commands exist, their queries run, their lists are current."""

import json
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
from pipeline.published import HOW_TO_READ

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
    commands = set(re.findall(r"(?:`|\.venv/bin/)sanctions ([a-z]+)", README))
    assert commands == {"build", "sources", "explain", "extract"}
    for command in (["build"], ["sources"], ["explain", "a"], ["extract", "a", "b"]):
        assert _parser().parse_args(command).command == command[0]


def test_every_shell_line_of_the_readme_is_tried_by_a_test() -> None:
    tried = ("make ", ".venv/bin/python -c ", ".venv/bin/sanctions ")
    assert [line for line in SHELL_LINES if not line.startswith(tried)] == []


def test_every_query_of_the_readme_finds_something_in_the_samples(snapshot: Path) -> None:
    assert len(QUERIES) >= 8
    with duckdb.connect(str(snapshot / "sanctions.duckdb"), read_only=True) as database:
        empty = [query for query in QUERIES if not database.sql(query).fetchall()]
    assert ["changes_between" in query for query in empty] == [True]  # a first snapshot has nothing to be compared with


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


def test_sanctions_lines_of_the_readme_run_and_read_the_sample_of_the_ban(tmp_path: Path) -> None:
    lines = [line for line in SHELL_LINES if line.startswith(".venv/bin/sanctions ")]
    printed = ""
    for line in lines:
        words = shlex.split(line.replace("output/", f"{tmp_path}/"))[1:]
        command = [sys.executable, "-m", "pipeline", *words]
        printed += subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "bans exports of luxury goods to Russia from April 5. [1]" in printed
    first = json.loads((tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])["claims"][0]
    assert (first["issuer_codes"], first["territory_codes"], first["goods_text"]) == (["JP"], ["RU"], "luxury goods")


def test_readme_shows_what_the_snapshot_tells_of_the_ban_from_news_to_law(snapshot: Path) -> None:
    section = README.partition("### From news to law")[2].partition("\n### ")[0]
    shown = [tuple(line.strip("| ").split(" | ")) for line in section.splitlines() if line.startswith("| 2022-")]
    (query,) = [query for query in QUERIES if "FROM dates AS told" in query]
    with duckdb.connect(str(snapshot / "sanctions.duckdb"), read_only=True) as database:
        told = database.sql(f"SELECT CAST(date AS VARCHAR), event_code, date_text, source_id FROM ({query})").fetchall()
    assert {row[3] for row in shown} == {"jp_egov_law", "jp_meti_russia", "news_documents"}
    assert set(shown) <= set(told)


def test_readme_says_how_to_read_an_answer_as_every_snapshot_does(snapshot: Path) -> None:
    assert HOW_TO_READ in README
    assert HOW_TO_READ in (snapshot / "latest" / "README.md").read_text(encoding="utf-8")
    assert "no data" in (snapshot / "latest" / "README.md").read_text(encoding="utf-8").partition("##")[0]


def test_what_the_readme_says_is_not_there_is_not_there(snapshot: Path) -> None:
    with duckdb.connect(str(snapshot / "sanctions.duckdb"), read_only=True) as database:
        assert database.sql("SELECT count(entity_id) FROM targets").fetchall() == [(0,)]
        assert database.sql("SELECT count(*) FROM measure_links").fetchall() == [(0,)]


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
    made = README.partition("\n## How it is made\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (.+)$", made, re.MULTILINE) == [
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
