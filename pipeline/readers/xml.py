"""Streaming XML that is safe on hostile input, and strict reading of an element's children.

Entities are never expanded, nothing is loaded from the network, and every element is freed once it has been read, so that
memory does not grow with the file.
"""

from collections.abc import Iterator
from typing import IO, Self

from lxml import etree


class UnknownContent(ValueError):
    """An element or attribute that the parser has never seen: the publisher's format has changed."""


def elements(stream: IO[bytes], *names: str, of_root: bool = False) -> Iterator[etree._Element]:
    """Each element of one of these local names, complete with its children, in the order of the document.

    With `of_root` only the root and its children: an element of the same name deeper inside stays part of its holder.
    An element is emptied when the next one is asked for. Raises lxml.etree.XMLSyntaxError where the document is ill-formed.
    """
    events = etree.iterparse(
        stream, events=("end",), tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, element in events:
        if of_root and len(list(element.iterancestors())) > 1:
            continue
        yield element
        element.clear(keep_tail=True)
        parent = element.getparent()
        while parent is not None and parent[0] is not element:
            del parent[0]


class _LocalNames(dict[str, str]):
    """Tags without their namespace, each cut once."""

    def __missing__(self, tag: str) -> str:
        self[tag] = str(tag)[str(tag).rfind("}") + 1 :]  # the tag of a comment is no text
        return self[tag]


LOCAL_NAMES = _LocalNames()
"""By tag the name without its namespace: for the largest files, where a call for each element counts."""


def local_name(element: etree._Element) -> str:
    """The tag without its namespace."""
    return LOCAL_NAMES[element.tag]


class Fields:
    """The children of one element, taken away one by one, so that what is left over is news."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self._children: dict[str, list[etree._Element]] = {}
        for child in element:
            self._children.setdefault(local_name(child), []).append(child)

    def all(self, name: str) -> list[etree._Element]:
        """Every child of this name; an empty list where there is none."""
        return self._children.pop(name, [])

    def texts(self, name: str) -> list[str]:
        """The trimmed text of every child of this name that has any."""
        return [text for child in self.all(name) if (text := (child.text or "").strip())]

    def text(self, name: str) -> str | None:
        """The trimmed text of the only child of this name; None where it is absent or empty."""
        children = self.all(name)
        if len(children) > 1:
            raise UnknownContent(f"<{local_name(self._element)}> has {len(children)} <{name}>; expected at most one")
        return ((children[0].text or "").strip() or None) if children else None

    def required(self, name: str) -> str:
        """As `text`; raises UnknownContent where there is none."""
        text = self.text(name)
        if text is None:
            raise UnknownContent(f"<{local_name(self._element)}> has no <{name}>: {shown(self._element)}")
        return text

    def ignore(self, *names: str) -> Self:
        """Take these away unread: they are known and say nothing that the dataset holds."""
        for name in names:
            self._children.pop(name, None)
        return self

    def must_be_empty(self) -> None:
        """Raise UnknownContent where a child has not been taken away."""
        if self._children:
            raise UnknownContent(
                f"<{local_name(self._element)}> holds <{'>, <'.join(sorted(self._children))}>, which the parser does not "
                f"know: {shown(self._element)}"
            )


def shown(element: etree._Element, limit: int = 500) -> str:
    """The element as text for an error message or a reject, cut at `limit` characters."""
    return etree.tostring(element, encoding="unicode", with_tail=False)[:limit]
