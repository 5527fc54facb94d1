"""The World Bank's listing of ineligible firms and individuals: who may not be awarded its contracts, as one JSON document.

A row is a firm or person with one debarment. `2999-12-31` stands where there is no end day: INELIGIBLY_STATUS says whether
the debarment is permanent, or ongoing until conditions are met.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.dates import UnreadableDate, english
from pipeline.documents import Document
from pipeline.records import (
    Address,
    DatedStep,
    Fact,
    Identifier,
    Instrument,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Period,
    Programme,
    Record,
    Reject,
    Target,
)
from pipeline.sources import Source


class UnknownShape(ValueError):
    """A document, or a row of it, with other fields than those known: the publisher's format has changed."""


# 2999-12-31, and in five rows 2999-01-31, 2999-07-31 or 2999-12-15.
_NO_END = "2999-"
_ADDRESS = ("SUPP_ADDR", "SUPP_CITY", "SUPP_PROV_NAME", "SUPP_STATE_CODE", "SUPP_ZIP_CODE", "SUPP_POST_CODE", "COUNTRY_NAME")
# Each a fact in the source's own words; PARENT, REGISTER and AML_ENTR_IND are flags that the publisher does not explain.
_FACTS = (
    "SUPP_PRE_ACRN", "SUPP_POST_ACRN", "INELIGIBLY_STATUS", "DEBAR_TYPE", "ADD_SUPP_INFO", "AML_ENTR_IND", "REGISTER", "PARENT",
)  # fmt: skip
_READ = {
    "SUPP_ID", "SUPP_NAME", "SUPP_TYPE_CODE", "SUPP_ELIG_STAT", "DEBAR_FROM_DATE", "DEBAR_TO_DATE", "DEBAR_REASON",
    "REGISTER_ID", "CREATE_DATE", *_ADDRESS, *_FACTS,
}  # fmt: skip
# The publisher's own housekeeping: client and refresh (LAST_REFRESH_DATE and UPD_* change every day and say nothing), its
# staff, copies of other fields (LAND1, ELIG_STAT, INELIG_FLG), and fields that are the same in all rows of eight states.
_SAYING_NOTHING = {
    "MANDT", "LAND1", "LEGACY_FLG", "UN_SUPP_FLG", "INELIG_FLG", "DNB_ID", "DNB_PAR_ID", "DNB_ULTM_ID", "CRIS_SUPP_ID",
    "CRPD_MATCH", "CRPD_STAT", "ELIG_STAT", "CREATE_USER", "CREATE_TIME", "UPD_USER", "UPD_DATE", "UPD_TIME",
    "CREATE_USER_NAME", "UPD_USER_NAME", "RECHK_IND", "LAST_REFRESH_DATE",
}  # fmt: skip
_BRACKETED = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_FOOTNOTES = re.compile(r"\*\s?(\d{1,3})(?!\d)")
_OTHER_NAME = re.compile(
    r"(?P<label>(?:also|formerly|previously|now) known as|[af][./]?k[./]?a[./]?|(?:also )?(?:d/b/a|doing business as))"
    r":? (?P<name>[^;/*()\[\]]+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<label>Reg(?:istration)?\.? ?(?:No|Number)\.?|TIN(?: No\.?)?|Tax ID No\.?):? ?"
    r"(?P<value>(?=.*\d)[0-9A-Z][0-9A-Z/-]{3,})",
    re.IGNORECASE,
)
_CROSS = re.compile(r"cross[ -]deb", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff（）()]{2,}")

Row = dict[str, Any]


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the programme and its measures, then each firm or person, in the order of the document.

    Raises UnknownShape for a field never seen before, or one that is gone.
    """
    content = json.loads(document.read())
    if list(content) != ["response"] or list(content["response"]) != ["ZPROCSUPP"]:
        raise UnknownShape(f"expected the rows at /response/ZPROCSUPP alone; came {str(content)[:200]}")
    yield from _measures(source)
    for row in content["response"]["ZPROCSUPP"]:
        if row.keys() != _READ | _SAYING_NOTHING:
            raise UnknownShape(f"SUPP_ID {row.get('SUPP_ID')}: other fields, {sorted(row.keys() ^ (_READ | _SAYING_NOTHING))}")
        yield from _entry(_trimmed(row), source)


def _trimmed(row: Row) -> dict[str, str]:
    """The fields that say something, on one line each; an absent one is an empty string."""
    return {name: " ".join(str(value).split()) for name, value in row.items() if name in _READ and value is not None}


def _measures(source: Source) -> Iterator[Record]:
    programme = source.facts["programme"]
    yield Programme(programme["key"], programme["name"], programme["url"])
    for measure in source.facts["measure"]:
        locator = f"/response/ZPROCSUPP[SUPP_ELIG_STAT='{measure['status']}']"
        yield Measure(
            measure["key"], measure["type_text"], locator, "listed_targets",
            programme_key=programme["key"], authority_name=source.publisher_name, title=measure["title"],
        )  # fmt: skip
        for act in measure["acts"]:
            yield Instrument(act["number"], act["type_text"], url=act["read_at"])
            yield MeasureInstrument(measure["key"], act["number"], "authority", act.get("provision"))


def _entry(row: dict[str, str], source: Source) -> Iterator[Record]:
    key = row["SUPP_ID"]
    yield Target(key, row["SUPP_TYPE_CODE"], row["SUPP_NAME"], f"/response/ZPROCSUPP[SUPP_ID='{key}']")
    yield from _names(key, row)
    yield from _address(key, row)
    yield from _facts(key, row)
    yield from _debarment(key, row, source)


def _names(key: str, row: dict[str, str]) -> Iterator[Record]:
    """The name, and those in the remark where one stands alone, under a label or in Chinese characters."""
    yield Name(key, row["SUPP_NAME"], "SUPP_NAME")
    for part in _parts(row):
        if (found := _OTHER_NAME.fullmatch(part)) and " and " not in part and part.count(", ") < 2:  # else several names
            yield Name(key, found["name"].strip(), re.sub(r"[./]|^also (?=d)", "", found["label"].lower()))
        elif all(_CHINESE.fullmatch(name) for name in part.split(", ")):
            yield from (Name(key, name, "in Chinese characters", script="Hani") for name in part.split(", "))


def _parts(row: dict[str, str]) -> list[str]:
    """What the remark says in brackets, and what it says outside of them where that is in one piece; footnotes left out."""
    remark = _FOOTNOTES.sub("", row.get("ADD_SUPP_INFO", ""))
    outside = [piece.strip() for piece in _BRACKETED.sub("\n", remark).split("\n") if piece.strip()]
    inside = [piece.strip() for piece in _BRACKETED.findall(remark)]
    if _CHINESE.fullmatch(remark.strip()) and not remark.startswith("("):  # brackets within a Chinese name are part of it
        return [remark.strip()]
    return [piece for piece in (*inside, *(outside if len(outside) == 1 else ())) if piece]


def _address(key: str, row: dict[str, str]) -> Iterator[Record]:
    said = [row[part] for part in _ADDRESS if row.get(part)]
    region = row.get("SUPP_PROV_NAME") or row.get("SUPP_STATE_CODE")
    postal_code = row.get("SUPP_ZIP_CODE") or row.get("SUPP_POST_CODE")
    if said:
        yield Address(key, ", ".join(said), row.get("SUPP_CITY"), region, postal_code, row.get("COUNTRY_NAME"))


def _facts(key: str, row: dict[str, str]) -> Iterator[Record]:
    remark = row.get("ADD_SUPP_INFO", "")
    yield from (Fact(key, label, row[label]) for label in _FACTS if row.get(label))
    yield from (Fact(key, "footnote", number) for number in dict.fromkeys(_FOOTNOTES.findall(remark)))
    if row.get("REGISTER_ID"):
        yield Identifier(key, "REGISTER_ID", row["REGISTER_ID"])
    for found in filter(None, map(_NUMBER.fullmatch, _parts(row))):
        yield Identifier(key, "TIN" if found["label"].upper().startswith("T") else "Reg. No.", found["value"])
    if row.get("CREATE_DATE"):
        day = row["CREATE_DATE"].removesuffix("T00:00:00.000Z")
        yield Fact(key, "CREATE_DATE", day, _day(day))


def _debarment(key: str, row: dict[str, str], source: Source) -> Iterator[Record]:
    """The listing, from when and until when; a day that is none is a reject, and the entry stays."""
    status = row["SUPP_ELIG_STAT"]
    measures = [measure for measure in source.facts["measure"] if measure["status"] == status]
    if not measures:
        raise UnknownShape(f"SUPP_ID {key}: SUPP_ELIG_STAT {status!r} is not among the [[measure]] of wb_debarred.toml")
    measure, reason = measures[0], row.get("DEBAR_REASON", "")
    is_cross = measure["is_cross"] or _CROSS.match(reason)  # 14 rows say DEBARRED and "Cross Debarment: ADB"
    yield Listing(key, measure["key"], origin="other" if is_cross else "own", reason_text=reason or None)
    for label, action in (("DEBAR_FROM_DATE", "list"), ("DEBAR_TO_DATE", "expire")):
        text = row.get(label, "")
        if label == "DEBAR_TO_DATE" and text.startswith(_NO_END):
            if not row.get("INELIGIBLY_STATUS"):  # the only word for it, then
                yield Fact(key, label, text)
            continue
        day = _day(text)
        if day is None:
            yield Reject(
                f"/response/ZPROCSUPP[SUPP_ID='{key}']", "dates", "malformed_date",
                f"{label}: expected a day as in 2017-01-24", text, key,
            )  # fmt: skip
        elif action == "list":
            yield DatedStep(measure["key"], "list", "effective", day, key, source_step_key=label)
        else:
            yield DatedStep(measure["key"], "expire", "unspecified", day, key, source_step_key=label)


def _day(text: str) -> Period | None:
    try:
        period = english(text)
    except UnreadableDate:
        return None
    return period if period.precision == "day" else None
