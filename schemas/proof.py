"""The tables of where it is written: documents, places in them, and what was read there."""

import polars as pl

from schemas.model import (
    ISSUER,
    LANGUAGE,
    SHA256,
    URL,
    Instant,
    Table,
    TextList,
    column,
    evidence,
    identifier,
    measure,
    text,
)

DOCUMENT = ("documents", "document_id")


class Evidence(Table):
    """Where a row is written. For lists one row per entry and distinct content: the first edition that showed it."""

    evidence_id: pl.String = identifier("Stable key of the place.", key=True)
    document_id: pl.String = column("Document that holds it.", pattern=SHA256, references=DOCUMENT)
    locator: pl.String = text(
        "Place in the document, by the source's own key where it has one (`//SanctionsEntry[@ID='17013']`); else a "
        "JSON pointer, sheet and cell, page, or `char:start-end`."
    )
    quote_text: pl.String = text(
        "Words that stand there, where they are short and the licence allows; of press and news one sentence at most, and none "
        "that bears marks of HTML.",
        nullable=True,
    )
    extractor_name: pl.String = text("Program that read it.")
    extractor_version: pl.String = text("Version of that program.")


class Documents(Table):
    """The kept bytes that everything else is read from."""

    document_id: pl.String = column(
        "SHA-256 of the uncompressed bytes; of its text for an item of a feed or archive.", key=True, pattern=SHA256
    )
    container_document_id: pl.String = column(
        "Document that this one is an item of.", nullable=True, pattern=SHA256, references=DOCUMENT
    )
    container_locator: pl.String = text("Place of the item in its container.", nullable=True)
    source_id: pl.String = identifier("Source that it came from.", references=("sources", "source_id"))
    publisher_name: pl.String = text(
        "Who published it, where the source carries texts of several; else its own.", nullable=True
    )
    publisher_issuer_code: pl.String = column(
        "Issuer whose own press it is; NULL for news, and for what is no press.", nullable=True, pattern=ISSUER
    )
    title: pl.String = text(
        "Title that the document bears; of press and news that may not be redistributed its first sentence, of 300 characters "
        "at most, where an ellipsis tells that there was more.",
        nullable=True,
    )
    url: pl.String = column("Address of an item that has one of its own; else its container's.", nullable=True, pattern=URL)
    language: pl.String = column("Language by BCP 47.", nullable=True, pattern=LANGUAGE)
    published_date: pl.Date = column("Day of publication; NULL where the document bears none.", nullable=True)
    published_date_source_code: pl.String = column(
        "What the day of publication was read from.", codes="published_date_source_code"
    )
    media_type: pl.String = text("Media type (`application/xml`).")
    byte_count: pl.Int64 = column("Size of the uncompressed bytes.", at_least=0)
    licence: pl.String = text("Terms under which it may be used, as read.")


class Retrievals(Table):
    """Each time that a document was fetched, and from where."""

    document_id: pl.String = column("Document that came.", key=True, pattern=SHA256, references=DOCUMENT)
    url: pl.String = column("Address that was asked.", key=True, pattern=URL)
    retrieved_at: Instant = column("When it came, in UTC; midnight where only the day was recorded.", key=True)
    etag: pl.String = text("ETag that the server sent.", nullable=True)
    last_modified: pl.String = text("Last-Modified that the server sent, verbatim.", nullable=True)


class Claims(Table):
    """What one program read in one document of prose: it may support a measure, found one, or neither."""

    claim_id: pl.String = identifier("Stable key of the claim.", key=True)
    document_id: pl.String = column("Document that makes the claim.", pattern=SHA256, references=DOCUMENT)
    evidence_id: pl.String = evidence()
    other_evidence_ids: TextList = column(
        "Further places in the document that carry the claim.", references=("evidence", "evidence_id")
    )
    issuer_codes: TextList = column(
        "Issuers that it speaks of, by ISO 3166-1, EU or UN, or by the name of a body that has no such code (`ECOWAS`)."
    )
    territory_codes: TextList = column("Territories, or bodies, that it says are hit; coded as the issuers.")
    target_names: TextList = column("Targets that it names, as written.")
    measure_type_code: pl.String = column(
        "What it says is restricted; NULL where it does not say.", nullable=True, codes="measure_type_code"
    )
    goods_text: pl.String = text("Goods that it names, as written; bounded as `documents.title` is.", nullable=True)
    status_code: pl.String = column(
        "Where it says that the measure stands; NULL where it does not say.", nullable=True, codes="status_code"
    )
    action_code: pl.String = column("What it says is done.", codes="claim_action_code")
    instrument_texts: TextList = column("Acts that it cites, as written.")
    confidence_code: pl.String = column("How firmly the words carry the claim.", codes="confidence_code")
    measure_id: pl.String = measure("Measure that it supports or founded; NULL while it founds none.", nullable=True)
    reason_text: pl.String = text("Why it was tied to the measure, or why to none.", nullable=True)
