"""The tables of whom it hits: the entries of the registers and what they say of each target."""

from typing import Any

import polars as pl

from schemas.model import (
    LANGUAGE,
    REGISTER,
    SCRIPT,
    URL,
    Instant,
    Table,
    TextList,
    any_known,
    column,
    dated,
    evidence,
    identifier,
    issuer,
    known_from,
    known_until,
    ordered,
    territory,
    text,
)


def target() -> Any:
    """The target that a detail belongs to."""
    return identifier("Target that this is said of.", references=("targets", "target_id"), key=True)


def place() -> Any:
    """Where a detail stands among its like."""
    return column(
        "Place among the details of this kind in the entry, from 1, in the order of the source.", key=True, at_least=1
    )


def first_day(what: str) -> Any:
    """The first possible day of something."""
    return column(f"First possible day of {what}; NULL for `not_after`, and where no day is given.", nullable=True)


def last_day(what: str) -> Any:
    """The last possible day of something."""
    return column(f"Last possible day of {what}; NULL for `not_before`, and where no day is given.", nullable=True)


def day_precision() -> Any:
    """How closely an optional day is known."""
    return column("How closely the day is known; NULL where none is given.", nullable=True, codes="date_precision_code")


class Targets(Table):
    """One version of an entry in a register, in whatever file or format it reached us; the newest has `known_until_at` NULL."""

    target_id: pl.String = identifier("Stable key: the register and the register's own key.", key=True)
    register_code: pl.String = column("Register that holds the entry.", pattern=REGISTER)
    issuer_code: pl.String = issuer()
    source_key: pl.String = text("Key that the register itself gives the entry, trimmed; composed where it gives none.")
    key_kind_code: pl.String = column("Whether the key is the register's own.", codes="key_kind_code")
    target_type_code: pl.String = column("What kind of thing the target is.", codes="target_type_code")
    name: pl.String = text("Primary name as the source writes it; NULL where the entry bears none.", nullable=True)
    name_latin: pl.String = text(
        "Name in Latin script: as the source gives it, else by transliteration (`target_names` marks it `is_derived`).",
        nullable=True,
    )
    country_codes: TextList = column(
        "Countries that the entry ties the target to: nationality, registration, flag, address.",
        references=("territories", "code"),
    )
    birth_date: pl.Date = first_day("birth, where the entry gives one birth date and no other")
    birth_date_latest: pl.Date = last_day("birth, where the entry gives one birth date and no other")
    birth_date_precision_code: pl.String = day_precision()
    source_url: pl.String = column("Address of the entry, where it has one of its own.", nullable=True, pattern=URL)
    entity_id: pl.String = identifier(
        "Shared by the entries of different registers that are the same person or thing; NULL until resolved.",
        nullable=True,
    )
    is_current: pl.Boolean = column("True where the newest edition held of the register has the entry, in this version.")
    evidence_id: pl.String = evidence()
    known_from_at: Instant = known_from(key=True)
    known_until_at: Instant = known_until()

    birth_precise = dated("birth_date", "birth_date_latest", "birth_date_precision_code")
    known_interval = ordered("known_from_at", "known_until_at")


class TargetNames(Table):
    """Every name of a target, the primary one included."""

    target_id: pl.String = target()
    evidence_id: pl.String = evidence(key=True)
    ordinal: pl.Int64 = place()
    name: pl.String = text("Name as the source writes it, its parts joined in the source's order.")
    name_type_code: pl.String = column("What kind of name the register says it is.", codes="name_type_code")
    language: pl.String = column("Language by BCP 47, where the source says it.", nullable=True, pattern=LANGUAGE)
    script: pl.String = column("Script by ISO 15924, where the source says it.", nullable=True, pattern=SCRIPT)
    is_derived: pl.Boolean = column("True where the project made the name (a transliteration) and the source does not hold it.")


class TargetIdentifiers(Table):
    """Passports, registration numbers, IMO numbers, wallet addresses and the like."""

    target_id: pl.String = target()
    evidence_id: pl.String = evidence(key=True)
    ordinal: pl.Int64 = place()
    identifier_type_code: pl.String = column("What kind of identifier it is.", codes="identifier_type_code")
    identifier_type_text: pl.String = text("What kind it is, in the source's words.", nullable=True)
    value: pl.String = text("Identifier as the source writes it, trimmed.")
    country_code: pl.String = territory("Country that issued it.")
    country_text: pl.String = text("Country that issued it, in the source's words.", nullable=True)
    issue_date: pl.Date = column("Day of issue; NULL unless known to the day.", nullable=True)
    expiry_date: pl.Date = column("Last day on which it is valid; NULL unless known to the day.", nullable=True)
    issue_text: pl.String = text("Day of issue in the source's words.", nullable=True)
    expiry_text: pl.String = text("Last day on which it is valid in the source's words.", nullable=True)
    is_valid: pl.Boolean = column(
        "False where the source calls it false or its check digit fails; true where the check digit holds; NULL where "
        "neither is known.",
        nullable=True,
    )
    note: pl.String = text("What the source adds.", nullable=True)

    validity_interval = ordered("issue_date", "expiry_date")


class TargetAddresses(Table):
    """Places where a target is found."""

    target_id: pl.String = target()
    evidence_id: pl.String = evidence(key=True)
    ordinal: pl.Int64 = place()
    address_text: pl.String = text("Whole address in one line, in the order of the source.", nullable=True)
    city: pl.String = text("City or town, where the source keeps it apart.", nullable=True)
    region: pl.String = text("State, province or region, where the source keeps it apart.", nullable=True)
    postal_code: pl.String = text("Postal code, where the source keeps it apart.", nullable=True)
    country_code: pl.String = territory("Country of the address.")
    country_text: pl.String = text("Country of the address, in the source's words.", nullable=True)
    note: pl.String = text("What the source adds.", nullable=True)

    something = any_known("address_text", "city", "region", "postal_code", "country_text", "note")


class TargetFacts(Table):
    """Everything else that an entry says of a target: one row per fact, none dropped."""

    target_id: pl.String = target()
    evidence_id: pl.String = evidence(key=True)
    ordinal: pl.Int64 = place()
    fact_code: pl.String = column("What the fact is about.", codes="fact_code")
    fact_text: pl.String = text("Label of the source for it.")
    value_text: pl.String = text("What the source says, in its words.", nullable=True)
    date: pl.Date = first_day("the fact")
    date_latest: pl.Date = last_day("the fact")
    date_precision_code: pl.String = day_precision()
    is_approximate: pl.Boolean = column("True where the source says circa; NULL where no day is given.", nullable=True)
    country_code: pl.String = territory("Country that the fact names.")
    country_text: pl.String = text("Country that the fact names, in the source's words.", nullable=True)
    is_valid: pl.Boolean = column(
        "False where the source itself calls the fact false (a birth date in a forged passport); NULL where it does not say.",
        nullable=True,
    )
    note: pl.String = text("What the source adds.", nullable=True)

    something = any_known("value_text", "date", "date_latest", "country_text", "note")
    precise = dated("date", "date_latest", "date_precision_code")


class TargetLinks(Table):
    """A relation that a target has to another entry of the same register."""

    target_id: pl.String = target()
    evidence_id: pl.String = evidence(key=True)
    ordinal: pl.Int64 = place()
    other_target_id: pl.String = identifier("Target at the other end.", references=("targets", "target_id"))
    link_type_code: pl.String = column("What the first is to the other.", codes="target_link_type_code")
    link_type_text: pl.String = text("What the first is to the other, in the source's words.", nullable=True)
    note: pl.String = text("What the source adds.", nullable=True)
    date: pl.Date = first_day("the relation")
    date_latest: pl.Date = last_day("the relation")
    date_precision_code: pl.String = day_precision()

    precise = dated("date", "date_latest", "date_precision_code")
