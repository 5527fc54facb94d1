"""The command line: `sanctions build`, `record`, `sources`, `extract`, `explain` and `run`."""

import argparse
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 where all went well, 1 where a source or document failed or nothing was published, 2 for wrong input."""
    options = _parser().parse_args(arguments)
    from pipeline import commands, reading, terminal  # noqa: PLC0415 — asking for help must not cost loading Dagster

    place = reading if hasattr(reading, options.command) else commands
    try:
        return int(getattr(place, options.command)(options))
    except commands.USER_ERRORS as error:
        print(f"sanctions {options.command}: {terminal.plain(str(error))}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sanctions", description="An open dataset of sanctions with evidence.")
    verbs = parser.add_subparsers(dest="command", required=True)
    build = _verb(verbs, "build", "build, validate and publish a snapshot from recorded documents")
    _build_options(build)
    record = _verb(verbs, "record", "fetch what the sources publish now, judge it and keep it")
    _option(record, "sources", "SOURCES", "names of sources, separated by commas; all where left out")
    _option(record, "output", "OUTPUT", "output folder, for the place of the recordings where --into is left out")
    record.add_argument("--into", default="", help="folder of recordings; default: documents in the output folder")
    sources = _verb(verbs, "sources", "print the sources, and what the last snapshot has of them")
    _option(sources, "output", "OUTPUT", "output folder; default: output of the repository")
    extract = verbs.add_parser("extract", help=_EXTRACT, description=f"{_EXTRACT[0].upper()}{_EXTRACT[1:]}.")
    extract.add_argument(
        "documents", help="one JSON object a line: id, text, and where known title, published_date, publisher_issuer_code"
    )
    extract.add_argument(
        "claims", help="file to write: one JSON object a line with id and claims; what is refused is told on the standard error"
    )
    extract.add_argument("--parser", action="store_true", help="ask a dependency parser for a second opinion (extra: parser)")
    extract.add_argument(
        "--model-url", default="", help="address of a language model's endpoint, to ask it instead of the rules"
    )
    extract.add_argument("--model", default="", help="name of the model there")
    extract.add_argument("--kept", default="", help="folder to keep its questions and answers in; default: beside CLAIMS")
    explain = verbs.add_parser("explain", help=_EXPLAIN, description=f"{_EXPLAIN[0].upper()}{_EXPLAIN[1:]}.")
    explain.add_argument("place", help="an https address or a file: a page, a plain text, or one JSON object a line")
    explain.add_argument("--published", default="", help="day of publication of a text, such as 2022-03-29")
    explain.add_argument("--issuer", default="", help="code of the issuer whose own press it is, such as US")
    run = _verb(verbs, "run", "start the Dagster user interface on this machine")
    _build_options(run)
    run.add_argument("--port", type=int, default=3000, help="port on 127.0.0.1; default: 3000")
    return parser


_EXTRACT = "read claims of sanctions from texts"
_EXPLAIN = "show a text with its claims marked, for a person to judge"


def _verb(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str) -> argparse.ArgumentParser:
    ends = "Each option can be given as the environment variable named with it."
    return verbs.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}. {ends}")


def _build_options(parser: argparse.ArgumentParser) -> None:
    _option(parser, "from", "FROM", "a folder of recordings, or 'web'; default: the samples of the repository")
    _option(parser, "as-of", "AS_OF", "a day such as 2026-02-28: build from what had been recorded by then")
    _option(parser, "sources", "SOURCES", "names of sources, separated by commas; all where left out")
    _option(parser, "output", "OUTPUT", "folder to write to; default: output of the repository")
    parser.add_argument(
        "--public",
        action="store_const",
        const="1",
        default=os.environ.get("PUBLIC", ""),
        help="leave out the sources that may not be redistributed (PUBLIC=1)",
    )


def _option(parser: argparse.ArgumentParser, name: str, variable: str, what: str) -> None:
    default = os.environ.get(variable, "")
    parser.add_argument(f"--{name}", dest=variable.lower(), metavar=variable, default=default, help=f"{what} ({variable})")


if __name__ == "__main__":
    sys.exit(main())
