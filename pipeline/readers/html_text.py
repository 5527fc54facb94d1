"""HTML becomes plain text: a line for each block, a blank line between paragraphs, and nothing that a reader does not see.

Safe on hostile input: no entities are expanded, nothing is loaded, and depth is held by the parser's own bounds.
"""

import re

from lxml import etree

_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "iframe", "object", "svg", "select", "button"})
_PARAGRAPHS = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "section", "article", "blockquote", "pre",
        "figure", "hr", "header", "footer", "main", "aside", "nav", "address", "details", "summary", "figcaption",
    }
)  # fmt: skip
_LINES = frozenset({"br", "li", "tr", "dt", "dd", "caption"})
_CELLS = frozenset({"td", "th"})
_MARKUP = re.compile(r"<[A-Za-z/!]|&(?:#\d+|#x[0-9A-Fa-f]+|\w+);")
_LINE, _PARAGRAPH = "\n", "\n\n"


def text_of_html(markup: str) -> str:
    """The text that a reader of a fragment or page sees."""
    if not _MARKUP.search(markup):
        return tidied(markup)
    # A NUL or another control character would end the parsing in silence.
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", markup)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    tree = etree.fromstring(f"<div>{clean}</div>".encode("utf-8", "replace"), parser)
    return text_of_element(tree) if tree is not None else ""


def text_of_element(tree: etree._Element) -> str:
    """The text of an element of HTML or XHTML and of everything in it."""
    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = _name(element)
        if event == "start":
            unseen += name in _UNSEEN
            parts += [_space_before(name), _folded(element.text)] if not unseen else []
        else:
            is_seen = not unseen
            unseen -= event == "end" and name in _UNSEEN
            parts.append(_space_after(name) if is_seen and event == "end" else "")
            if not unseen and element is not tree:
                parts.append(_folded(element.tail))
    return tidied("".join(parts))


def tidied(text: str) -> str:
    """Text with single blanks in its lines, no blanks at their ends, and at most one blank line between paragraphs."""
    lines = [" ".join(line.split()) for line in re.split(r"\r\n|\r|\n", text)]
    return re.sub(r"\n{3,}", _PARAGRAPH, _LINE.join(lines)).strip()


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag[tag.rfind("}") + 1 :].lower() if isinstance(tag, str) else ""


def _space_before(name: str) -> str:
    return _PARAGRAPH if name in _PARAGRAPHS else _LINE if name in _LINES else ""


def _space_after(name: str) -> str:
    if name in _CELLS:
        return " "
    return _PARAGRAPH if name in _PARAGRAPHS else _LINE if name in _LINES - {"br"} else ""


def _folded(text: str | None) -> str:
    """Line breaks of the source are blanks to a reader."""
    return re.sub(r"\s+", " ", text or "")


def bcp47(words: str | None) -> str | None:
    """`en-us` as BCP 47 writes it; None for what is no language."""
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?", (words or "").strip())
    return f"{found[1].lower()}{'-' + found[2].upper() if found[2] else ''}" if found else None
