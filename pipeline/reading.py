"""What a user's own texts say: `sanctions extract` writes their claims, `sanctions explain` shows them in the text."""

import datetime as dt
import os
import re
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rich.table import Table
from rich.text import Text as Marked

from pipeline import terminal
from pipeline.claims import Claim, Extractor, Fault, Text, UnreadText, examined, lines
from pipeline.readers.readable import UnreadableText, texts_of
from pipeline.resources import SettingError


def extract(options: Namespace) -> int:
    """Read the claims of documents, one JSON object a line, and write them line by line.

    Why a claim is refused, or a document stays unread, is told on the standard error; 1 where a document stays unread.
    """
    told, refused, unread = 0, 0, 0
    documents, extractor = Path(options.documents), _extractor(options)
    try:
        with _written_whole(Path(options.claims), documents) as stream:
            for text in lines.texts(documents):
                try:
                    claims, faults = examined(text, extractor)
                except UnreadText as error:
                    unread += 1
                    _note(f"{text.key}: unread: {error}")
                    continue
                stream.write(lines.line(text, claims) + "\n")
                told, refused = told + len(claims), refused + len(faults)
                for fault in faults:
                    _note(f"{text.key}: {_refusal(fault)}")
    except OSError as error:
        raise SettingError(f"expected a file to read and one to write; {error}") from error
    ends = f"; {unread:,} documents stay unread" if unread else ""
    summary = f"{told:,} claims written to {options.claims}; {refused:,} refused by the validator{ends}"
    terminal.line(terminal.console(), summary)
    return 1 if unread else 0


@contextmanager
def _written_whole(path: Path, source: Path) -> Iterator[IO[str]]:
    """A file to write beside a path, which takes its place when all is written; until then what was there stays.

    Raises SettingError where it would take the place of what it is made from.
    """
    if path.exists() and source.exists() and path.samefile(source):
        raise SettingError(f"expected another file to write the claims to; came {path}, which holds the documents")
    if path.exists() and not path.is_file():  # a terminal or a pipe has no beside
        with path.open("w", encoding="utf-8") as stream:
            yield stream
        return
    part = path.resolve().with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            yield stream
        part.replace(path.resolve())
    finally:
        part.unlink(missing_ok=True)


def _note(words: str) -> None:
    print(terminal.plain(words), file=sys.stderr)


def _refusal(fault: Fault) -> str:
    return f"refused: {fault.claim.measure_type_code}: {fault.reason}: {fault.reason_text}"


def _extractor(options: Namespace) -> Extractor | None:
    """A language model where the user names one, the rules with a second opinion where asked for; None for the rules alone."""
    if options.parser:
        return _seconded()
    if not options.model_url:
        return None
    from pipeline.claims import language_model  # noqa: PLC0415 — only this option needs them
    from pipeline.documents.endpoint import Endpoint, EndpointError, UnreachableError  # noqa: PLC0415

    kept = Path(options.kept) if options.kept else Path(options.claims).with_suffix(".answers")
    endpoint = Endpoint(options.model_url, options.model, kept, language_model.rows)
    by_model = language_model.extractor(endpoint.answer)

    def claims(text: Text) -> Iterable[Claim]:
        try:
            return by_model(text)
        except UnreachableError as error:
            raise SettingError(f"--model-url: {error}") from error
        except EndpointError as error:
            raise UnreadText(str(error)) from error

    return claims


def _seconded() -> Extractor:
    from pipeline.claims import parser  # noqa: PLC0415 — only this option needs it

    try:
        parser.load()
    except (ImportError, OSError) as error:
        told = (
            "expected spaCy and a model of it: pip install 'sanctions-ledger[parser]'; python -m spacy download en_core_web_sm"
        )
        raise SettingError(f"--parser: {told} ({error})") from error
    return parser.seconded


def explain(options: Namespace) -> int:
    """Show a document with its claims marked, for a person to judge."""
    console = terminal.console()
    for text, told_by in _texts_at(options):
        claims, faults = examined(text)
        terminal.line(console, text.title or "(without a title)")
        terminal.line(console, _publication(text, told_by))
        console.print(_marked(text, claims), soft_wrap=True)
        console.print(_claim_table(text, claims), markup=False)
        for fault in faults:
            terminal.line(console, _refusal(fault))
    return 0


def _publication(text: Text, told_by: str) -> str:
    if text.published is None:
        return "Published: nothing says when, so that days such as “on Tuesday” stay open; --published says it."
    return f"Published: {text.published} ({told_by})"


def _texts_at(options: Namespace) -> Iterator[tuple[Text, str]]:
    """The texts of a file or at an address (a page, a plain text, or a document as JSON a line), and what told their days."""
    place = options.place
    is_address = bool(_ADDRESS.match(place))
    content, media_type = _fetched(place) if is_address else (_read(Path(place)), "")
    asked, today = _day(options.published), dt.datetime.now(dt.UTC).date()
    try:
        found = texts_of(content, url=place if is_address else None, media_type=media_type, read_on=today)
    except UnreadableText as error:
        raise SettingError(f"{place}: {error}") from error
    for item in found:
        key = place if item.key == "/" else item.key
        text = Text(
            key, item.text, item.title or "", asked or item.published, options.issuer or item.publisher_issuer_code,
            item.language or "en",
        )  # fmt: skip
        yield text, "--published" if asked else item.published_source


_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingError(f"expected an address, or a file with a page, a text or JSON; {error}") from error


def _fetched(url: str) -> tuple[bytes, str]:
    """The body at an address, and its media type."""
    from pipeline.documents import web  # noqa: PLC0415 — only an address needs HTTP

    with tempfile.TemporaryDirectory() as folder, web.Client() as client:
        try:
            fetched = client.fetch(url, Path(folder), limits=web.Limits())
        except web.FetchError as error:
            raise SettingError(str(error)) from error
        if not isinstance(fetched, web.Fetched):
            raise SettingError(f"expected a page or a text at {url}; nothing new came")
        return fetched.path.read_bytes(), fetched.media_type


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise SettingError(f"--published: expected a day such as 2022-03-29; {error}") from error


def _marked(text: Text, claims: list[Claim]) -> Marked:
    """The text with the sentences of its claims in colour, each with the numbers of its claims, and its dates underlined."""
    marked, ends = Marked(terminal.plain_lines(text.text)), dict[int, list[int]]()
    for number, claim in enumerate(claims, start=1):
        for span in claim.evidence:
            marked.stylize("black on yellow", span.start, span.end)
            ends.setdefault(span.end, []).append(number)
        for date in claim.dates:
            marked.stylize("underline bold", date.span.start, date.span.end)
    for end in sorted(ends, reverse=True):
        before, after = marked.divide([end])
        marked = before + Marked(" " + "".join(f"[{number}]" for number in ends[end]), style="bold red") + after
    return marked


def _claim_table(text: Text, claims: list[Claim]) -> Table:
    table = Table("", "who", "against", "what", "action", "status", "goods", "dates", "targets", "acts", "confidence")
    for number, claim in enumerate(claims, start=1):
        dates = [(lines.row(text, claim)["dates"][index], date) for index, date in enumerate(claim.dates)]
        table.add_row(
            f"[{number}]", ", ".join(claim.issuer_codes) or "?", ", ".join(claim.territory_codes) or "?",
            claim.measure_type_code, claim.action_code, claim.status_code, claim.goods_text,
            "\n".join(f"{told['event_code']} {told['date'] or '?'} ({terminal.plain(date.text)})" for told, date in dates),
            terminal.plain(
                "; "
            .join(claim.target_names)), terminal.plain("; ".join(claim.instrument_texts)), claim.confidence_code,
        )  # fmt: skip
    return table
