"""The text of a PDF, page by page, as the lines that a reader of the page sees."""

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2

from pipeline.documents import Document

# pdfium writes U+0002 for a hyphen at the end of a line, and leaves out the end of the line after it: RFNC-⏎VNIIEF. In the
# lists read here each of them stands in the name or number itself: nothing is hyphenated for the line's sake.
_HYPHEN_AT_END_OF_LINE = "\x02"


class UnreadablePdf(ValueError):
    """Bytes that are no PDF, or a PDF without a text layer (a scan)."""


class Line(NamedTuple):
    """One line of a page, without the blanks around it; never empty."""

    page: int
    """From 1."""
    text: str


def lines(document: Document) -> Iterator[Line]:
    """Every line with text, in the order of the pages; raises UnreadablePdf where there is none."""
    try:
        pdf = pypdfium2.PdfDocument(document.read())
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(f"{document.path.name} cannot be read as a PDF: {error}") from error
    is_empty = True
    with pdf:
        for number, page in enumerate(pdf, start=1):
            for text in page_lines(page.get_textpage().get_text_bounded()):
                is_empty = False
                yield Line(number, text)
    if is_empty:
        raise UnreadablePdf(f"{document.path.name} has no text, only pictures of it at best")


def page_lines(text: str) -> list[str]:
    """The lines of a page's text as pdfium gives it."""
    whole = text.replace(_HYPHEN_AT_END_OF_LINE, "-").replace("\r\n", "\n")
    return [line.strip() for line in whole.split("\n") if line.strip()]
