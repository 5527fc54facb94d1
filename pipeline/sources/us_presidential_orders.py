"""The texts of executive orders among the press releases of the White House: one release a line, as JSON.

The releases give no numbers: `[[order]]` of the .toml names that of each order, by its title and the day of its release.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.documents import Document
from pipeline.readers.collection import releases
from pipeline.readers.order_text import Text, plain, records
from pipeline.records import Record, Reject
from pipeline.sources import Source

_ORDERS = re.compile(r"hereby\s+(?:order|expand|terminate|revoke|find|determine)|it\s+is\s+hereby\s+ordered")
_SANCTIONS = re.compile(r"International\s+Emergency\s+Economic\s+Powers\s+Act")
_PREAMBLE = 2_000
"""In its first characters an order names the acts that it rests on."""


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the orders that rest on the act on emergency powers, with what they restrict; raises UnknownFields."""
    for release in releases(document):
        if release["publisher_name"] == source.facts["publisher"] and _is_order(plain(release["text"])):
            yield from _order(release, source)


def _is_order(words: str) -> bool:
    preamble = words[:_PREAMBLE].lstrip()
    opens = preamble.startswith("By the authority vested in me as President")
    return opens and bool(_SANCTIONS.search(preamble)) and bool(_ORDERS.search(words))


def _order(release: Mapping[str, str], source: Source) -> Iterator[Record]:
    place = f"/documents[url='{release['url']}']"
    known = next((each for each in source.facts["order_text"] if _is_same(each, release)), None)
    if known is None:
        expected = "expected title and day of the release in [[order_text]] of us_presidential_orders.toml"
        yield Reject(place, "instruments", "dangling_reference", expected, f"{release['title']} {release['published_date']}")
        return
    if known.get("none"):
        return
    text = Text(
        known["number"], known["title"], release["url"], release["text"], place, release["published_date"],
        f"{place}/published_date", known.get("signed"), known.get("signed_in", ""),
    )  # fmt: skip
    yield from records(text, source)


def _is_same(known: Mapping[str, Any], release: Mapping[str, str]) -> bool:
    """Whether a release bears the title of an order, on its day."""
    return release["published_date"] == str(known["released"]) and _letters(release["title"]).endswith(_letters(known["title"]))


def _letters(title: str) -> str:
    return "".join(each for each in title.casefold() if each.isalnum())
