"""The second opinion of a dependency parser: it raises confidence, adds nothing, and nobody needs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.claims import Text, parser, rules

TEXT = Text("a", "Canada imposes sanctions on Belarus. Sailors of North Korea speak of U.N. sanctions.")


def loaded() -> None:
    try:
        parser.load()
    except (ImportError, OSError):
        pytest.skip("the extra `parser` is not installed: spaCy and a model of it")


def test_what_both_read_is_more_certain_and_what_one_reads_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = rules.claims(TEXT)
    monkeypatch.setattr(parser, "claims", lambda text: [second._replace(status_code="unknown")])
    assert parser.seconded(TEXT) == [first, second._replace(confidence_code="medium", extractor_name="rules+parser")]
    assert (first.confidence_code, second.confidence_code) == ("high", "low")


def test_the_parser_reads_who_and_against_whom_from_the_tree() -> None:
    loaded()
    (claim,) = parser.claims(Text("a", "Canada imposes sanctions on Belarus."))
    assert (claim.issuer_codes, claim.territory_codes, claim.extractor_name) == (("CA",), ("BY",), "parser")
    (passive,) = parser.claims(Text("a", "New sanctions were imposed on Belarus by Canada."))
    assert (passive.issuer_codes, passive.territory_codes) == (("CA",), ("BY",))


def test_reading_by_rules_does_not_load_it() -> None:
    told = "import sys; from pipeline import claims; claims.read(claims.Text('a', 'Canada imposes sanctions on Iran.'))"
    run = [sys.executable, "-c", f"{told}; print('spacy' in sys.modules, 'pipeline.claims.parser' in sys.modules)"]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.split() == ["False", "False"]


def test_asking_for_it_without_having_it_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise ImportError("no module named spacy")

    monkeypatch.setattr(parser, "load", missing)
    documents = tmp_path / "documents.jsonl"
    documents.write_text(json.dumps({"id": "a", "text": TEXT.text}), encoding="utf-8")
    assert main(["extract", str(documents), str(tmp_path / "claims.jsonl"), "--parser"]) == 2
    assert "--parser: expected spaCy" in capsys.readouterr().err
