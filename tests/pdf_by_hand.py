"""PDF files written by hand: pages of lines, in one font that every reader knows and that is not embedded.

The samples of lists that are published as PDF were written with it, so that what they say can be read in the tests:
`python tests/pdf_by_hand.py tests/samples/<source>/<day>/<name>.pdf < lines.txt`, a form feed between the pages.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

# The characters of a line are its UTF-16 code units, by the standard character map UniJIS-UTF16-H.
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /KozMinPr6N-Regular /Encoding /UniJIS-UTF16-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /KozMinPr6N-Regular /DW 1000 /FontDescriptor 5 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >> >>",
    b"<< /Type /FontDescriptor /FontName /KozMinPr6N-Regular /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 740 /StemV 80 >>",
)


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these lines on these pages."""
    numbers = [6 + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *_FONT,
    ]
    for number, lines in zip(numbers, pages, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 842] /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        shown = "\n".join(f"<{line.encode('utf-16-be').hex().upper()}> Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 800 Td\n{shown}\nET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(body))
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(pdf([page.splitlines() for page in sys.stdin.read().split("\f")]))
