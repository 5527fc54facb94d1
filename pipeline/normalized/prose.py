"""The texts that a document carries become documents of their own, and what they say becomes claims with their dates.

The texts themselves stay behind: what is kept of them is their hash and, where the terms of the source allow passing it on,
the one sentence that carries a claim.
"""

import hashlib
import json
import re
from typing import Any

import polars as pl

import schemas
from pipeline import VERSION, claims
from pipeline.claims import Claim, ClaimDate, Span, Text
from pipeline.documents import Document
from pipeline.identifiers import digest
from pipeline.normalized import excerpts
from pipeline.sources import Source

Row = dict[str, Any]

_URL = re.compile(r"https?://\S+")

_OF_CLAIMS = {"sentence_digest": pl.String(), "is_performed": pl.Boolean(), "is_of_terrorism": pl.Boolean()}
"""What corroboration asks of claims, and no table publishes."""


class Prose:
    """The rows of the texts of one document: `documents`, `claims`, their `dates` and `evidence`."""

    def __init__(self, items: pl.DataFrame, document: Document, source: Source) -> None:
        self._document = document
        self._source = source
        self._may_be_passed_on = source.is_redistributable is True
        self._rows: dict[str, list[Row]] = {"documents": [], "claims": [], "dates": [], "evidence": []}
        self._rejects: list[Row] = []
        with_id = items.with_columns(
            document_id=pl.col("text").map_elements(_sha256, return_dtype=pl.String),
        )
        for row in with_id.unique("document_id", keep="first", maintain_order=True).iter_rows(named=True):
            self._add(row.pop("document_id"), row)

    def frame(self, table: str, *columns: str) -> pl.DataFrame:
        """The rows of a table, with all of its columns or with the named ones."""
        schema = schemas.polars_schema(table) | (_OF_CLAIMS if table == "claims" else {})
        kept = {name: schema[name] for name in columns} if columns else schema
        return pl.DataFrame(self._rows[table], schema=kept, orient="row")

    def rejects(self) -> pl.DataFrame:
        """What readers of prose said that no row can hold."""
        names = ("locator", "table", "reason_code", "reason_text", "raw_json")
        return pl.DataFrame(self._rejects, schema=dict.fromkeys(names, pl.String), orient="row")

    def _add(self, document_id: str, item: Row) -> None:
        self._rows["documents"].append(self._document_row(document_id, item))
        text = Text(
            key=item["key"], text=item["text"], title=item["title"] or "", published=item["published"],
            publisher_issuer_code=item["publisher_issuer_code"], language=item["language"] or self._source.language,
        )  # fmt: skip
        equals: dict[tuple[str | None, ...], int] = {}
        held, faults = claims.examined(text)
        for fault in faults:
            self._reject(item["locator"], fault.claim, fault.reason, fault.reason_text)
        for claim in held:
            facts = _facts(claim)
            equals[facts] = equals.get(facts, 0) + 1
            self._add_claim(document_id, text, claim, digest([document_id, *facts, str(equals[facts])], 16))

    def _document_row(self, document_id: str, item: Row) -> Row:
        of_itself = document_id == self._document.document_id  # a plain text is its own item
        return {
            "document_id": document_id,
            "container_document_id": None if of_itself else self._document.document_id,
            "container_locator": None if of_itself else item["locator"],
            "source_id": self._source.source_id,
            "publisher_name": item["publisher_name"],
            "publisher_issuer_code": item["publisher_issuer_code"],
            "title": self._shown((item["title"] or "").strip() or None),
            "url": item["url"] if _URL.fullmatch(item["url"] or "") else None,
            "language": item["language"] or self._source.language,
            "published_date": item["published"],
            "published_date_source_code": item["published_source"] if item["published"] else "unknown",
            "media_type": "text/plain",
            "byte_count": len(item["text"].encode()),
            "licence": item["licence"] or self._document.licence or self._source.licence,
        }

    def _add_claim(self, document_id: str, text: Text, claim: Claim, claim_id: str) -> None:
        first, *others = [self._place(document_id, text, span, claim.extractor_name) for span in claim.evidence]
        self._rows["claims"].append(
            {
                "claim_id": claim_id,
                "document_id": document_id,
                "evidence_id": first,
                "other_evidence_ids": others,
                "issuer_codes": list(claim.issuer_codes),
                "territory_codes": list(claim.territory_codes),
                "target_names": list(claim.target_names),
                "measure_type_code": claim.measure_type_code,
                "goods_text": self._shown(claim.goods_text),
                "status_code": claim.status_code,
                "action_code": claim.action_code,
                "instrument_texts": list(claim.instrument_texts),
                "confidence_code": claim.confidence_code,
                "sentence_digest": _sentence_digest(text, claim.evidence[0]),
                "is_performed": claim.is_performed,
                "is_of_terrorism": claim.is_of_terrorism,
            }
        )
        steps = (self._step(document_id, text, claim, claim_id, day) for day in claim.dates)
        self._rows["dates"].extend({step["date_id"]: step for step in steps}.values())

    def _reject(self, locator: str, claim: Claim, reason: str, told: str) -> None:
        places = "".join(f"/char:{span.start}-{span.end}" for span in claim.evidence[:1])
        raw = json.dumps({name: value for name, value in claim._asdict().items() if name != "dates"}, ensure_ascii=False)
        self._rejects.append(
            {"locator": locator + places, "table": "claims", "reason_code": reason, "reason_text": told, "raw_json": raw}
        )

    def _step(self, document_id: str, text: Text, claim: Claim, claim_id: str, day: ClaimDate) -> Row:
        is_resolved = bool(day.earliest or day.latest)
        return {
            "date_id": digest([claim_id, day.action, day.step, day.text, str(day.earliest), str(day.latest)], 16),
            "claim_id": claim_id,
            "action_code": day.action,
            "step_code": day.step,
            "date": day.earliest,
            "date_latest": day.latest,
            "date_precision_code": day.precision if is_resolved else None,
            "is_approximate": False,
            "date_text": day.text,
            "is_derived": day.derivation is not None,
            "derivation_text": day.derivation,
            "evidence_id": self._place(document_id, text, day.span, claim.extractor_name),
        }

    def _place(self, document_id: str, text: Text, span: Span, extractor: str) -> str:
        """The identifier of a place in a text, which stands among the evidence from now on."""
        locator = f"char:{span.start}-{span.end}"
        evidence_id = digest([document_id, locator, extractor], 16)
        self._rows["evidence"].append(
            {
                "evidence_id": evidence_id,
                "document_id": document_id,
                "locator": locator,
                "quote_text": self._quote(text.text[span.start : span.end]),
                "extractor_name": extractor,
                "extractor_version": VERSION,
            }
        )
        return evidence_id

    def _quote(self, words: str) -> str | None:
        """The words where they are one sentence at most and the terms of the source allow passing them on."""
        return words if self._may_be_passed_on and excerpts.is_one_sentence(words) else None

    def _shown(self, words: str | None) -> str | None:
        """A title, or the name of goods, of which no more than a sentence stands where the terms forbid passing on more."""
        return words if words is None or self._may_be_passed_on else excerpts.headline(words)


def _sentence_digest(text: Text, span: Span) -> str:
    """The same for a sentence that another text repeats, whatever its punctuation and letter case."""
    return digest(re.findall(r"\w+", text.text[span.start : span.end].casefold()), 16)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(claim: Claim) -> tuple[str | None, ...]:
    """What makes a claim another one than its neighbours in the same document."""
    spans = " ".join(f"{span.start}-{span.end}" for span in claim.evidence)
    codes = (" ".join(claim.issuer_codes), " ".join(claim.territory_codes), " ".join(claim.target_names))
    return (claim.extractor_name, spans, *codes, claim.measure_type_code, claim.action_code)
