"""The items of Canadian schedules become goods: codes of the Harmonized System, of the Customs Tariff, and CAS numbers.

Only a column that says so holds codes: a schedule of ships has years of build, which look like headings.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pipeline.readers.justice_laws import Item
from pipeline.records import Goods, Reject

_HEADINGS = re.compile(
    r"HS codes? (?P<first>\d+)(?:(?P<to> to )(?P<last>\d+)|(?:,| and) (?:HS code )?(?P<second>\d+))?"
    r"(?: and HS code (?P<third>\d+))?"
    r"|Chapter (?P<chapter>\d\d) of the Harmonized"
)
_CAS_IN_WORDS = re.compile(r"Chemical Abstracts Service (?:registry )?number (?P<number>\d+-\d\d-\d)", re.IGNORECASE)
_CAS = re.compile(r"\d{2,7}-\d\d-\d")
_HS_PART = re.compile(r"(?P<subset>Subset of )?(?P<code>\d{2,4}|\d{6}|\d{4}(?:[. ]\d\d){1,3})(?P<rest>, except for .+)?")
_PRICE = re.compile(r"\$(?P<amount>[\d,.]*\d)")
QUOTE_LENGTH = 200
_CPC_YEAR = 1991
"""CPC category means the category of the Provisional Central Product Classification of 1991 (note to Schedule 8)."""


class _Code(NamedTuple):
    nomenclature: Literal["hs", "ca_tariff", "cas", "cpc"]
    text: str
    left_out: str | None = None
    """The words by which only a part of the code is meant."""


def goods_of(item: Item, key: str) -> Iterator[Goods | Reject]:
    """The goods of one item under a measure: one for each of its codes, or one of words alone."""
    told = item.cells.get("goods") or item.cells.get("service") or ""
    described = " — ".join(filter(None, (told, item.cells.get("description"))))
    base = Goods(
        key, item.place, described, "text", item.locator, start=item.in_force, quote=described[:QUOTE_LENGTH],
        exclusion_text=None, **_threshold(item),
    )  # fmt: skip
    try:
        codes = list(_codes(item))
    except ValueError as error:
        yield Reject(item.locator, "goods", "malformed_value", str(error), repr(dict(item.cells)))
        codes = []
    for code in codes:
        yield base._replace(
            nomenclature=code.nomenclature, code=code.text, is_part_of_code=code.left_out is not None,
            exclusion_text=code.left_out, year=_CPC_YEAR if code.nomenclature == "cpc" else None,
        )  # fmt: skip
    if not codes:
        yield base


def _threshold(item: Item) -> dict[str, Any]:
    found = _PRICE.search(item.cells.get("price", ""))
    return {"threshold_amount": float(found["amount"].replace(",", "")), "threshold_unit": "USD"} if found else {}


def _codes(item: Item) -> Iterator[_Code]:
    """The codes as they are printed, and what the printed words leave out.

    Only a column that says so holds codes: a schedule of ships has years of build, which look like headings.
    Raises ValueError for what is no code.
    """
    if cell := item.cells.get("hs"):
        for part in item.lists.get("hs") or _parts(cell):
            yield _heading_code(part)
    elif cell := item.cells.get("cas"):
        if cell != "N/A" and not _CAS.search(cell):
            raise ValueError(f"expected CAS registry numbers, found {cell!r}")
        for number in _CAS.findall(cell):
            yield _Code("cas", number)
    elif cell := item.cells.get("cpc"):
        if not cell.isdecimal():
            raise ValueError(f"expected a category of the Central Product Classification, found {cell!r}")
        yield _Code("cpc", cell)
    elif found := _CAS_IN_WORDS.search(item.cells.get("description", "")):
        yield _Code("cas", found["number"])


def _parts(cell: str) -> list[str]:
    """`730422 and 730423`, `840290 840490` and `841350, 841360 and 841370` are several codes, `2710, except for …` is one."""
    if "except for" in cell:
        return [cell]
    return [
        part for piece in re.split(r", | and ", cell) for part in ([piece] if piece.startswith("Subset") else piece.split())
    ]


def _heading_code(part: str) -> _Code:
    found = _HS_PART.fullmatch(part)
    if found is None:
        raise ValueError(f"expected a code of the Harmonized System, found {part!r}")
    code = "".join(found["code"].split())
    left_out = f"Subset of {code}" if found["subset"] else (found["rest"] or "").removeprefix(", ") or None
    return _Code("hs" if len(_digits(code)) <= 6 else "ca_tariff", code, left_out)


def key_of(goods: Goods, holder: str) -> str:
    """What names an item, since items are renumbered: its code and its words, however they are dotted.

    Live fish is 301 for 0301; chapter 72 was printed as 7200 from 2025-08-12 to 2026-06-12.
    """
    digits = _digits(goods.code or "") if goods.nomenclature in ("hs", "ca_tariff") else goods.code or ""
    digits = digits[:2] if len(digits) == 4 and digits.endswith("00") else digits.zfill(len(digits) + len(digits) % 2)
    return "|".join((holder, digits, " ".join(re.findall(r"\w+", (goods.goods_text or "").casefold()))))


def _digits(code: str) -> str:
    return re.sub(r"\D", "", code)


def chapters(said: str) -> Iterator[str]:
    """The chapters of the Harmonized System that words name as such: `HS codes 86 to 89`, `HS code 7, HS code 8`."""
    for found in _HEADINGS.finditer(said):
        if found["chapter"]:
            yield found["chapter"]
        elif found["to"]:
            yield from (f"{number:02}" for number in range(int(found["first"]), int(found["last"]) + 1))
        else:
            yield from (f"{int(found[name]):02}" for name in ("first", "second", "third") if found[name])
