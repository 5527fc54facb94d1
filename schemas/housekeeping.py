"""The tables about the dataset itself: sources, closed lists, territories, rejects, redirects, changes, snapshots."""

import polars as pl

from schemas.model import (
    REGISTER,
    SHA256,
    TERRITORY,
    URL,
    Instant,
    Table,
    TextList,
    column,
    identifier,
    issuer,
    row_rule,
    text,
)

CROSSWALK = "Nearest code in {}; NULL where none is known."


class Sources(Table):
    """The publishers that are read, their terms, and how the last run went."""

    source_id: pl.String = identifier("Name of the source in this dataset.", key=True)
    register_code: pl.String = column("Register that it carries; NULL unless it is a list.", nullable=True, pattern=REGISTER)
    title: pl.String = text("Title of the publication.")
    publisher_name: pl.String = text("Who publishes it.")
    issuer_code: pl.String = issuer()
    kind_code: pl.String = column("What kind of evidence it is.", codes="kind_code")
    language: pl.String = text("Main language by BCP 47.")
    url: pl.String = column("Address that is asked first.", pattern=URL)
    format: pl.String = text("Format of its documents.")
    licence: pl.String = text("Terms of use, as read; where they were not seen, it says so.")
    licence_url: pl.String = column("Address of the terms.", nullable=True, pattern=URL)
    is_redistributable: pl.Boolean = column(
        "True where the terms were read and allow it; NULL where they have not been seen, which counts as no.",
        nullable=True,
    )
    cadence: pl.String = column("How often it is looked at.", codes="cadence_code")
    status: pl.String = column("How the last run went.", codes="source_status_code")
    retrieved_at: Instant = column("When its newest document came, in UTC.", nullable=True)
    newest_published_date: pl.Date = column("Day of publication of its newest document.", nullable=True)
    document_count: pl.Int64 = column("Documents of it that this snapshot was built from.", at_least=0)
    row_count: pl.Int64 = column("Rows of all tables that were read from it.", at_least=0)
    reject_count: pl.Int64 = column("Rows of `rejects` that were read from it.", at_least=0)


class Codes(Table):
    """Every code of every closed list, with its definition."""

    list: pl.String = text("Name of the closed list.", key=True)
    code: pl.String = column("Code as it stands in the tables.", key=True, pattern=r"^[a-z][a-z0-9_]*$")
    family_code: pl.String = column("Family of a measure type; NULL elsewhere.", nullable=True, codes="family_code")
    definition: pl.String = text("What the code means.")
    gsdb_code: pl.String = text(CROSSWALK.format("the Global Sanctions Data Base"), nullable=True)
    eu_sanctions_map_code: pl.String = text(CROSSWALK.format("the EU Sanctions Map"), nullable=True)
    opensanctions_code: pl.String = text(CROSSWALK.format("OpenSanctions"), nullable=True)
    global_trade_alert_code: pl.String = text(CROSSWALK.format("Global Trade Alert"), nullable=True)
    cameo_code: pl.String = text(CROSSWALK.format("CAMEO"), nullable=True)


class Territories(Table):
    """Countries, former states, the few regions that measures single out, and EU, UN and XK."""

    code: pl.String = column("ISO 3166-1 alpha-2, ISO 3166-2, ISO 3166-3, or EU, UN, XK.", key=True, pattern=TERRITORY)
    name: pl.String = text("Name in English: the common one where ISO 3166 gives one.")
    parent_code: pl.String = column(
        "Country that a region belongs to.", nullable=True, pattern=TERRITORY, references=("territories", "code")
    )


class Rejects(Table):
    """What a source says and no row can hold, with the reason and the raw content."""

    source_id: pl.String = identifier("Source that says it.", references=("sources", "source_id"))
    document_id: pl.String = column(
        "Document that says it.", nullable=True, pattern=SHA256, references=("documents", "document_id")
    )
    locator: pl.String = text("Place in the document.", nullable=True)
    table: pl.String = text("Table that the row was meant for.")
    reason_code: pl.String = column("Why it could not stand there.", codes="reject_reason_code")
    reason_text: pl.String = text("What was expected, and what came.")
    raw_json: pl.String = text(
        "Raw content, as JSON; of press and news that may not be redistributed, more than a sentence stands as its length "
        "(`character_count`) and its hash (`sha256`)."
    )


class Redirects(Table):
    """An identifier that had to change, and the one that stands for it now."""

    old_id: pl.String = identifier("Identifier that earlier snapshots used.", key=True)
    new_id: pl.String = identifier("Identifier that stands for it now.")
    snapshot_date: pl.Date = column("Snapshot in which it changed.")
    reason_code: pl.String = column("Why it changed.", codes="redirect_reason_code")

    another = row_rule("old_id is not new_id", pl.col("old_id") != pl.col("new_id"))


class Changes(Table):
    """What one snapshot says otherwise than the one before it."""

    snapshot_date: pl.Date = column("Snapshot that says otherwise.", key=True)
    table: pl.String = text("Table that the row stands in.", key=True)
    key: pl.String = text("Key of the row; a key of several columns as a JSON array.", key=True)
    change_code: pl.String = column("What happened to the row.", codes="change_code")
    columns: TextList = column("Columns with another value; empty for rows added or removed.")
    before_json: pl.String = text("Row as the snapshot before had it, as JSON; NULL for a row added.", nullable=True)
    after_json: pl.String = text("Row as this snapshot has it, as JSON; NULL for a row removed.", nullable=True)
    reason_code: pl.String = column("Why it says otherwise.", codes="change_reason_code")

    both_sides = row_rule(
        "before_json and after_json agree with change_code",
        pl.col("before_json").is_null().eq(pl.col("change_code") == "added")
        & pl.col("after_json").is_null().eq(pl.col("change_code") == "removed"),
    )


class Snapshots(Table):
    """The editions of this dataset."""

    snapshot_date: pl.Date = column("Newest recorded day among the inputs.", key=True)
    version: pl.String = text("Version of the dataset.", key=True)
    pipeline_version: pl.String = text("Version of the program that built it.")
    input_sha256: pl.String = column("SHA-256 over the identifiers of all documents that went in.", pattern=SHA256)
    code_sha256: pl.String = column(
        "SHA-256 over the code, the libraries and the tables of words that made it of them.", nullable=True, pattern=SHA256
    )
    row_counts_json: pl.String = text("Rows of each table, as a JSON object.")
    previous_snapshot_date: pl.Date = column("Snapshot that `changes` compares it with.", nullable=True)

    forward = row_rule(
        "previous_snapshot_date is not after snapshot_date", pl.col("previous_snapshot_date") <= pl.col("snapshot_date")
    )
