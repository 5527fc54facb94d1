"""The publishers that are read: `<source_id>.toml` (facts), and `<source_id>.py` (its parser) where no shared one serves.

Nothing lists the sources: every `.toml` beside this file is one. `load()` finds them. `reader = "press_rooms"` in a `.toml`
names the module of `pipeline.readers` whose `parse` reads the source, so that it needs no module of its own.
"""

import functools
import importlib.util
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pipeline.documents import Document
from pipeline.records import Record

FOLDER = Path(__file__).parent
SHARED = FOLDER.parent / "readers"
"""Where the tables lie that several sources share: `shared = "ofac"` in a `.toml` names `ofac.toml` there."""
SourceKind = Literal["list", "law", "press", "news", "reference"]
States = Literal["latest_of_one_address", "latest_of_each_address", "all"]


class UnknownWord(LookupError):
    """A word of a source that its closed list does not hold."""


@dataclass(frozen=True)
class Format:
    """What a good document of the source looks like, to judge what arrives."""

    media_type: str
    root: str | None = None
    """Local name of the root element of an XML document."""
    entries: tuple[str, ...] = ()
    """Local names of the XML elements that are its entries; for JSON the names that lead from the root to the list of them;
    for other formats every line or row is one."""
    may_be_a_list: bool = False
    """Whether a JSON document may also be the list of its entries alone, as a copy of an answer can be."""
    published: re.Pattern[str] | None = None
    """Finds the date inside the document: groups `year`, `month`, `day`, in its first 200,000 characters."""
    encoding: str = "utf-8"
    max_bytes: int = 500_000_000
    fewest_share: float = 0.5
    """A state with less than this share of the entries of the last good one is refused."""
    columns: int | None = None
    """Number of columns of a delimited file."""
    delimiter: str = ","
    skip: int = 0
    """Lines of a delimited file before its header, which need not have its width."""
    beside: str | None = None
    """The media type of documents that are recorded under the same source_id and that another source reads."""


@dataclass(frozen=True)
class Pages:
    """The pages that the documents of a source lead to: articles behind the teasers of a feed, or behind a list of links."""

    links: re.Pattern[str]
    """What the whole address of such a page looks like; no other link is followed."""
    document: Format
    most: int = 20
    """So many new ones are fetched at a time; the rest waits for the next."""


@dataclass(frozen=True)
class Addresses:
    """Addresses made of the numbers of documents: `pattern` with `{number}` in it."""

    pattern: str
    numbers: tuple[str, ...] = ()
    """Those that are always asked for; they stand among the source's `urls`."""
    acts_of: tuple[str, ...] = ()
    """Sources whose newest recorded documents name further acts to ask for."""
    number: re.Pattern[str] | None = None
    """What the numbers of those acts look like; others are left alone."""

    def of(self, number: str) -> str:
        """The address of one document."""
        return self.pattern.format(number=number)


@dataclass(frozen=True, eq=False)
class Source:
    """The facts of one source, as its `.toml` states them."""

    source_id: str
    register_code: str | None
    title: str
    publisher_name: str
    issuer_code: str
    kind: SourceKind
    urls: tuple[str, ...]
    format_name: str
    licence: str
    licence_url: str | None
    is_redistributable: bool | None
    """None: the terms have not been seen; treated as no."""
    cadence: Literal["daily", "weekly", "monthly", "irregular"]
    language: str
    states: States
    time_zone: str
    document: Format
    expected_entries: tuple[int, int]
    """Bounds of the number of entries of a real document; samples are not held to them."""
    words: Mapping[str, Mapping[str, str]]
    """For each closed list (`target_type`, `name_type`, …): the source's word and our code."""
    facts: Mapping[str, Any]
    """Every other table of the `.toml`, for the source's own parser."""
    parse: Callable[[Document, "Source"], Iterator[Record]]
    is_complete: bool = True
    """Whether a document is the whole list, so that what it does not show has left; False where it holds only additions."""
    tells_types: bool = True
    """False where the format names programmes but not the kind of sanction: it attests the kinds that are known of them."""
    precedence: int = 0
    """Among the formats of a series the richer has the higher number: its account of an entry is kept."""
    addresses: Addresses | None = None
    """How addresses are made of numbers, where the source asks for documents by number."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What a request says of the form that is wanted, where an address has several (Accept, Accept-Language)."""
    shared_series: str | None = None
    """The name of the series, where several sources carry the same list."""
    shared_recordings: str | None = None
    """The source_id under which the documents are recorded, where several sources read the same ones."""
    programmes_of: str | None = None
    """The register or source whose programmes its measures stand under, so that both give a programme one identifier."""
    pages: Pages | None = None
    """Set where its documents lead to further ones."""
    pause_seconds: float = 1
    """To leave between two requests to its host."""

    @property
    def series(self) -> str:
        """Sources of one series carry the same list, in several formats or at several addresses, and tell one history."""
        return self.shared_series or self.source_id

    @property
    def recorded_as(self) -> str:
        """The source_id under which its documents are recorded."""
        return self.shared_recordings or self.source_id

    def format_of(self, url: str) -> Format:
        """What a good document at an address looks like: one of the source's own, or one that those lead to."""
        is_page = self.pages is not None and url not in self.urls and self.pages.links.fullmatch(url)
        return self.pages.document if self.pages and is_page else self.document

    def code(self, list_name: str, word: str) -> str:
        """The code for a word of the source; raises UnknownWord for a word not seen before."""
        try:
            return self.words[list_name][word]
        except KeyError:
            raise UnknownWord(
                f"{self.source_id}: {word!r} is not in [words.{list_name}] of {self.source_id}.toml. "
                "If the publisher has a new label, look up what it means and add it there."
            ) from None


def load(names: tuple[str, ...] = ()) -> dict[str, Source]:
    """All sources by id, or the named ones; raises KeyError for a name that is none."""
    found = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
    unknown = sorted(set(names) - set(found))
    if unknown:
        raise KeyError(f"no source is called {', '.join(unknown)}; there are: {', '.join(found)}")
    return {name: _load(path) for name, path in found.items() if not names or name in names}


@functools.cache
def _load(path: Path) -> Source:
    facts = _with_shared(tomllib.loads(path.read_text(encoding="utf-8")))
    if facts.pop("source_id") != path.stem:
        raise ValueError(f"{path.name}: source_id must be {path.stem}")
    parse = _parser(path, facts.pop("reader", None))
    pages = facts.pop("pages", None)
    addresses = _addresses(facts.pop("addresses", None))
    numbered = tuple(addresses.of(number) for number in addresses.numbers) if addresses else ()
    return Source(
        source_id=path.stem,
        register_code=facts.pop("register_code", None),
        title=facts.pop("title"),
        publisher_name=facts.pop("publisher_name"),
        issuer_code=facts.pop("issuer_code"),
        kind=facts.pop("kind"),
        urls=(*facts.pop("urls", ()), *numbered),
        format_name=facts.pop("format"),
        licence=facts.pop("licence"),
        licence_url=facts.pop("licence_url", None),
        is_redistributable=facts.pop("is_redistributable", None),
        cadence=facts.pop("cadence"),
        language=facts.pop("language"),
        states=facts.pop("states"),
        time_zone=facts.pop("time_zone"),
        expected_entries=tuple(facts.pop("expected_entries")),
        is_complete=facts.pop("is_complete", True),
        tells_types=facts.pop("tells_types", True),
        precedence=facts.pop("precedence", 0),
        addresses=addresses,
        headers=MappingProxyType(facts.pop("headers", {})),
        shared_series=facts.pop("series", None),
        shared_recordings=facts.pop("recorded_as", None),
        programmes_of=facts.pop("programmes_of", None),
        words=MappingProxyType(facts.pop("words", {})),
        pages=_pages(pages) if pages else None,
        pause_seconds=facts.pop("pause_seconds", 1),
        document=_format(facts.pop("document")),
        facts=MappingProxyType(facts),
        parse=parse,
    )


def _parser(path: Path, reader: str | None) -> Callable[[Document, Source], Iterator[Record]]:
    """What reads the documents of a source: the shared reader that its `.toml` names, else the module beside it."""
    name = f"pipeline.readers.{reader}" if reader else f"{__name__}.{path.stem}"
    if bool(reader) == path.with_suffix(".py").exists():
        raise ValueError(f'{path.name}: expected either a reader, such as reader = "press_rooms", or {path.stem}.py beside it')
    if importlib.util.find_spec(name) is None or not hasattr(module := importlib.import_module(name), "parse"):
        raise ValueError(f"{path.name}: expected the name of a module of pipeline/readers with parse; came reader = {reader!r}")
    parse: Callable[[Document, Source], Iterator[Record]] = module.parse
    return parse


def _format(facts: dict[str, Any]) -> Format:
    published = facts.pop("published", None)
    entries = tuple(facts.pop("entries", ()))
    return Format(entries=entries, published=re.compile(published, re.DOTALL) if published else None, **facts)


def _pages(facts: dict[str, Any]) -> Pages:
    # Whether a page has become shorter says nothing of the next one.
    form = {"media_type": "text/html", "fewest_share": 0.0, "max_bytes": 10_000_000} | facts.pop("document", {})
    return Pages(links=re.compile(facts.pop("links")), document=_format(form), **facts)


def _addresses(facts: dict[str, Any] | None) -> Addresses | None:
    if facts is None:
        return None
    number = facts.get("number")
    return Addresses(
        facts["pattern"],
        tuple(facts.get("numbers", ())),
        tuple(facts.get("acts_of", ())),
        re.compile(number) if number else None,
    )


def _with_shared(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of a source over the tables that it shares with others: its own words come on top, list by list."""
    name = facts.pop("shared", None)
    if name is None:
        return facts
    shared = tomllib.loads((SHARED / f"{name}.toml").read_text(encoding="utf-8"))
    own_words = facts.get("words", {})
    words = shared.get("words", {})
    merged = {list_name: words.get(list_name, {}) | own_words.get(list_name, {}) for list_name in [*words, *own_words]}
    return shared | facts | {"words": merged}
