"""The extractor by a language model: asked at loopback, quotes looked up, days read by ourselves, nothing taken on trust."""

import datetime as dt
import http.server
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import loopback
import pytest

from pipeline import claims
from pipeline.__main__ import main
from pipeline.claims import Span, Text, language_model, lines
from pipeline.documents import endpoint as endpoint_module
from pipeline.documents.endpoint import KEY_VARIABLE, Endpoint, EndpointError

TEXT = Text("a", "Rain falls. Canada imposed sanctions on Belarus on Monday.", published=dt.date(2022, 3, 29))
ROW: dict[str, Any] = {
    "issuer_codes": ["CA"], "territory_codes": ["BY"], "measure_type_code": "sanctions_unspecified", "status_code": "in_force",
    "action_code": "impose", "goods_text": None, "instrument_texts": [], "target_names": [],
    "evidence": ["Canada imposed sanctions on Belarus on Monday."],
    "dates": [{"action_code": "impose", "step_code": "unspecified", "words": "on Monday"}],
}  # fmt: skip


def answer(*rows: dict[str, Any]) -> str:
    return json.dumps({"claims": list(rows)})


def extracted(said: str) -> tuple[list[claims.Claim], list[claims.Fault]]:
    return claims.examined(TEXT, language_model.extractor(lambda messages, schema: said))


class Server(http.server.ThreadingHTTPServer):
    """An endpoint on loopback that says what the test has put into it."""

    said: str = ""
    status: int = 200
    asked: list[tuple[dict[str, str], dict[str, Any]]]


class Handler(loopback.Answering):
    server: Server

    def respond(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((dict(self.headers), {"path": self.path, **body}))
        told = json.dumps({"choices": [{"message": {"content": self.server.said}}]}) if self.server.said else "{}"
        self.answer(told.encode(), "application/json", self.server.status)


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback.served(Server(("127.0.0.1", 0), Handler)) as found:
        found.asked = []
        yield found


def url(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}/v1"


def test_quotes_are_looked_up_and_days_are_read_by_ourselves() -> None:
    (claim,), faults = extracted(answer(ROW))
    assert claim.evidence == (Span(12, 58),)
    assert (claim.dates[0].earliest, claim.dates[0].span) == (dt.date(2022, 3, 28), Span(48, 57))
    assert (claim.extractor_name, claim.confidence_code, faults) == ("language_model", "low", [])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"evidence": ["Canada has sanctioned Belarus."]}, "malformed_value"),
        ({"evidence": []}, "missing_value"),
        ({"issuer_codes": ["JP"]}, "failed_rule"),
        ({"territory_codes": ["Belarus"]}, "unknown_territory"),
        ({"measure_type_code": "ban"}, "unknown_label"),
        ({"evidence": ["Canada"]}, "malformed_value"),
        ({"evidence": ["Rain falls. Canada imposed sanctions on Belarus on Monday."]}, "malformed_value"),
        ({"goods_text": "gold"}, "failed_rule"),
        ({"target_names": ["Ivan Ivanov"]}, "failed_rule"),
        ({"instrument_texts": ["Order 5"]}, "failed_rule"),
        ({"target_names": [""]}, "malformed_value"),
        ({"dates": [{"action_code": "impose", "step_code": "thought", "words": "on Monday"}]}, "unknown_label"),
        ({"dates": [{"action_code": "impose", "step_code": "unspecified", "words": "on Friday"}]}, "malformed_date"),
    ],
)
def test_what_the_text_does_not_hold_is_refused(change: dict[str, Any], reason: str) -> None:
    passed, (fault,) = extracted(answer(ROW | change))
    assert (passed, fault.reason) == ([], reason)


@pytest.mark.parametrize(
    "said",
    [
        "no", "[]", '{"claims": [{}]}', '{"claims": 1}', "[" * 100_000, answer(ROW).replace("in_force", "\\ud800"),
        *(
            answer(ROW | change)
            for change in (
                {"goods_text": 5}, {"goods_text": ["gold"]}, {"goods_text": float("nan")}, {"target_names": "abc"},
                {"measure_type_code": None}, {"measure_type_code": {}}, {"issuer_codes": [["CA"]]}, {"dates": [{}]},
            )
        ),
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_is_an_error(said: str) -> None:
    with pytest.raises(language_model.AnswerError):
        extracted(said)


def test_the_endpoint_is_asked_once_at_temperature_zero_with_a_schema(server: Server, tmp_path: Path) -> None:
    server.said = answer(ROW)
    endpoint = Endpoint(url(server), "small", tmp_path / "kept")
    read = language_model.extractor(endpoint.answer)
    assert read(TEXT) == read(TEXT)
    ((_, asked),) = server.asked
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "small", 0)
    assert asked["response_format"]["json_schema"]["schema"] == language_model.SCHEMA
    (kept,) = (tmp_path / "kept").iterdir()
    told = json.loads(kept.read_text(encoding="utf-8"))
    assert (told["answer"], told["question"]["messages"][1]["role"]) == (server.said, "user")


def test_the_key_is_sent_and_never_kept(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "secret-of-the-user")
    server.said = answer()
    Endpoint(url(server), "small", tmp_path).answer([], {})
    ((headers, _),) = server.asked
    assert headers["Authorization"] == "Bearer secret-of-the-user"
    assert all("secret-of-the-user" not in path.read_text(encoding="utf-8") for path in tmp_path.iterdir())


def test_an_answer_that_is_not_what_was_asked_for_is_not_kept_and_a_mended_model_is_asked_again(
    server: Server, tmp_path: Path
) -> None:
    endpoint = Endpoint(url(server), "small", tmp_path / "kept", language_model.rows)
    server.said = "Gladly!"
    with pytest.raises(language_model.AnswerError, match="Gladly"):
        language_model.extractor(endpoint.answer)(TEXT)
    assert not (tmp_path / "kept").exists()
    server.said = answer(ROW)
    assert len(list(language_model.extractor(endpoint.answer)(TEXT))) == 1


def test_a_kept_answer_that_is_broken_is_named(tmp_path: Path) -> None:
    endpoint = Endpoint("http://127.0.0.1:9/v1", "small", tmp_path)
    with pytest.raises(EndpointError, match="start it"):
        endpoint.answer([], {})
    asked = json.dumps({"url": endpoint.url, "question": {}})
    path = tmp_path / "kept.json"
    path.write_text(asked, encoding="utf-8")
    with pytest.raises(EndpointError, match=r"kept\.json: expected an answer that was kept; delete"):
        endpoint_module._kept(path)


def test_one_bad_answer_is_the_failure_of_its_document_and_the_others_go_on(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["Gladly!", answer(ROW | {"goods_text": "gold"}), answer(ROW)])
    monkeypatch.setattr(Endpoint, "_asked", lambda *_: next(answers))
    documents, written = tmp_path / "documents.jsonl", tmp_path / "claims.jsonl"
    rows = [{"id": key, "title": key, "text": TEXT.text, "published_date": "2022-03-29"} for key in "abc"]
    documents.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    asked = ["extract", str(documents), str(written), "--model-url", url(server), "--kept", str(tmp_path / "kept")]
    assert main(asked) == 1
    told = capsys.readouterr()
    assert "1 claims written" in told.out
    assert "1 refused by the validator; 1 documents stay unread" in told.out
    assert "a: unread: expected an answer as JSON; came 'Gladly!'" in told.err
    assert "b: refused: sanctions_unspecified: failed_rule: 'gold' does not stand in the text" in told.err
    assert [json.loads(line)["id"] for line in written.read_text(encoding="utf-8").splitlines()] == ["b", "c"]
    assert len(list((tmp_path / "kept").iterdir())) == 2


@pytest.mark.parametrize(("said", "status"), [("", 200), ("fine", 500), ("fine", 302)])
def test_an_endpoint_without_an_answer_is_told(server: Server, tmp_path: Path, said: str, status: int) -> None:
    server.said, server.status = said, status
    with pytest.raises(EndpointError, match=r"/v1/chat/completions"):
        Endpoint(url(server), "small", tmp_path).answer([], {})
    assert list(tmp_path.iterdir()) == []


def test_extract_asks_the_model_only_where_the_user_names_one(server: Server, tmp_path: Path) -> None:
    documents, written = tmp_path / "documents.jsonl", tmp_path / "claims.jsonl"
    documents.write_text(json.dumps({"id": "a", "text": TEXT.text, "published_date": "2022-03-29"}), encoding="utf-8")
    assert main(["extract", str(documents), str(written)]) == 0
    assert server.asked == []
    server.said = answer(ROW)
    assert main(["extract", str(documents), str(written), "--model-url", url(server), "--model", "small"]) == 0
    (claim,) = json.loads(written.read_text(encoding="utf-8"))["claims"]
    assert (claim["extractor_name"], len(list((tmp_path / "claims.answers").iterdir()))) == ("language_model", 1)
    assert next(lines.texts(documents)).key == "a"
