"""The tables of the law behind the measures: instruments, the provisions that measures rest on, and programmes."""

import polars as pl

from schemas.model import URL, Table, TextList, column, evidence, identifier, issuer, measure, row_rule, text

INSTRUMENT = ("instruments", "instrument_id")


class Instruments(Table):
    """An act, order, regulation, resolution or notice."""

    instrument_id: pl.String = identifier("Stable key of the instrument.", key=True)
    issuer_code: pl.String = issuer()
    instrument_type_code: pl.String = column("What kind of act it is.", codes="instrument_type_code")
    title: pl.String = text("Title as the source writes it.", nullable=True)
    number: pl.String = text("Native number: CELEX, Federal Register document, executive order, SI, SOR, law id.")
    url: pl.String = column("Address of the text.", nullable=True, pattern=URL)
    signed_date: pl.Date = column(
        "Day on which it was signed or adopted, where its text or its register states one.", nullable=True
    )
    published_date: pl.Date = column("Day on which it was promulgated, or printed in the official gazette.", nullable=True)
    effective_date: pl.Date = column(
        "First day on which it binds, but for parts to which `effective_text` gives another day; NULL where its words "
        "name no day that can be worked out.",
        nullable=True,
    )
    effective_text: pl.String = text("Words of the rule that says when it binds, with what they except.", nullable=True)
    effective_derivation_text: pl.String = text(
        "How `effective_date` was worked out, where the day does not stand in the words.", nullable=True
    )
    end_date: pl.Date = column("Last day of its force.", nullable=True)
    evidence_id: pl.String = evidence(nullable=True)

    derived_from_a_day = row_rule(
        "effective_derivation_text explains an effective_date",
        pl.col("effective_derivation_text").is_null() | pl.col("effective_date").is_not_null(),
    )
    proven = row_rule(
        "it stands in a kept document or has an address",
        pl.col("evidence_id").is_not_null() | pl.col("url").is_not_null(),
    )


class MeasureInstruments(Table):
    """The instrument, and the provision in it, that a measure rests on."""

    measure_id: pl.String = measure("Measure that rests on it.", key=True)
    instrument_id: pl.String = identifier("Instrument that it rests on.", references=INSTRUMENT, key=True)
    role_code: pl.String = column("What the instrument does to the measure.", codes="role_code", key=True)
    provision_text: pl.String = text("Article, section or item, in the source's words.", nullable=True, key=True)


class InstrumentLinks(Table):
    """One instrument that amends, revokes, renews, implements or cites another."""

    instrument_id: pl.String = identifier("Instrument that does it.", references=INSTRUMENT, key=True)
    other_instrument_id: pl.String = identifier("Instrument that it is done to.", references=INSTRUMENT, key=True)
    link_type_code: pl.String = column("What the first does to the other.", codes="instrument_link_type_code", key=True)


class Programmes(Table):
    """A regime or programme, as its issuer cuts and names it."""

    programme_id: pl.String = identifier("Stable key: the issuer and the issuer's own key of the regime.", key=True)
    issuer_code: pl.String = issuer()
    name: pl.String = text("Name that the issuer gives it.")
    source_key: pl.String = text("Key or short name that the issuer gives it (`RUSSIA-EO14024`, `Al-Qaida`).", nullable=True)
    url: pl.String = column("Address of the issuer's page on it.", nullable=True, pattern=URL)
    territory_codes: TextList = column(
        "Countries or regions that the regime is about; empty for thematic regimes.", references=("territories", "code")
    )
    amended_date: pl.Date = column("Day on which the issuer last changed the regime; no date of its measures.", nullable=True)
    expiry_date: pl.Date = column(
        "Day until which the regime runs, if it is not renewed; no date of its measures.", nullable=True
    )
    note_text: pl.String = text("What the issuer says of the regime, in its own words.", nullable=True)
