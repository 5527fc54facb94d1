"""The tables of the question itself: measures, their listings, and every dated step."""

import polars as pl

from schemas.model import (
    Instant,
    Table,
    TextList,
    any_known,
    column,
    dated,
    event_agrees,
    evidence,
    identifier,
    issuer,
    known_from,
    known_until,
    measure,
    ordered,
    row_rule,
    text,
)

TODAYS_BEST = "Today's best value, copied from `dates`; NULL unless known to the day."


class Measures(Table):
    """One restriction by one issuer: one provision of law, or one regime and one sanction in the source's words."""

    measure_id: pl.String = measure(
        "Issuer and 12 hexadecimal digits of the hash of the key that founded it; never reused.",
        key=True,
        references=False,
    )
    measure_slug: pl.String = text("A readable handle, which may change.", nullable=True)
    issuer_code: pl.String = issuer()
    authority_name: pl.String = text("Body that acts for the issuer, as the source names it.", nullable=True)
    programme_id: pl.String = identifier(
        "Regime under which it stands, as the issuer cuts its regimes.",
        nullable=True, references=("programmes", "programme_id"),
    )  # fmt: skip
    measure_type_code: pl.String = column("What is restricted, in one word.", codes="measure_type_code")
    measure_type_text: pl.String = text("What is restricted, in the source's words.", nullable=True)
    scope_code: pl.String = column("Whom or what it hits.", codes="scope_code")
    territory_codes: TextList = column(
        "Countries or regions that it is directed at; empty for thematic regimes such as terrorism.",
        references=("territories", "code"),
    )
    goods_text: pl.String = text("Goods that it covers, in the source's words; item by item in `goods`.", nullable=True)
    sector_text: pl.String = text("Sector that it covers, in the source's words.", nullable=True)
    exceptions_text: pl.String = text("What it leaves out, in the source's words.", nullable=True)
    title: pl.String = text("One line in the project's own words, generated from the fields.", nullable=True)
    summary: pl.String = text("A few sentences in the project's own words, generated from the fields.", nullable=True)
    status_code: pl.String = column("Where it stands on the day of the snapshot, from `dates`.", codes="status_code")
    announced_date: pl.Date = column(f"Day on which the issuer made it known. {TODAYS_BEST}", nullable=True)
    approved_date: pl.Date = column(f"Day on which the competent body decided it. {TODAYS_BEST}", nullable=True)
    published_date: pl.Date = column(f"Day on which it was printed or promulgated. {TODAYS_BEST}", nullable=True)
    effective_date: pl.Date = column(f"First day on which it binds. {TODAYS_BEST}", nullable=True)
    expiry_date: pl.Date = column(f"Last day of its term, if it is not renewed. {TODAYS_BEST}", nullable=True)
    lifted_date: pl.Date = column(f"Day on which a decision ended it. {TODAYS_BEST}", nullable=True)
    evidence_level_code: pl.String = column("Strongest kind of evidence that is held.", codes="evidence_level_code")
    review_code: pl.String = column("Who stands for it: a program, two publishers, a person.", codes="review_code")
    evidence_id: pl.String = evidence()
    known_from_at: Instant = known_from()
    known_until_at: Instant = known_until()

    effective_before_lifted = ordered("effective_date", "lifted_date")
    effective_before_expiry = ordered("effective_date", "expiry_date")
    known_interval = ordered("known_from_at", "known_until_at")


class Listings(Table):
    """A target under a measure, once per spell: who left and came back has two rows."""

    listing_id: pl.String = identifier("Stable key of the listing.", key=True)
    measure_id: pl.String = measure("Measure that hits the target.")
    target_id: pl.String = identifier("Target that the measure hits.", references=("targets", "target_id"))
    spell_number: pl.Int64 = column("1 for the first time under the measure, 2 after a return, and so on.", at_least=1)
    listed_date: pl.Date = column(f"Day on which the target came under the measure. {TODAYS_BEST}", nullable=True)
    delisted_date: pl.Date = column(f"Day on which the target was taken off. {TODAYS_BEST}", nullable=True)
    expiry_date: pl.Date = column(f"Last day of the listing by its own term. {TODAYS_BEST}", nullable=True)
    status_code: pl.String = column("Where it stands on the day of the snapshot, from `dates`.", codes="status_code")
    basis_code: pl.String = column(
        "Whether the source itself ties this target to this measure, or a cited table does.", codes="basis_code"
    )
    origin_code: pl.String = column(
        "Whose decision it is: a state that republishes a United Nations listing is no second opinion.",
        codes="origin_code",
    )
    reason_text: pl.String = text("Why the target is listed, in the source's words.", nullable=True)
    evidence_id: pl.String = evidence()
    known_from_at: Instant = known_from()
    known_until_at: Instant = known_until()

    listed_before_delisted = ordered("listed_date", "delisted_date")
    listed_before_expiry = ordered("listed_date", "expiry_date")
    known_interval = ordered("known_from_at", "known_until_at")


class Dates(Table):
    """Every dated step in the life of a measure, of a listing under it, or of a claim that founded neither."""

    date_id: pl.String = identifier("Stable key of the step.", key=True)
    measure_id: pl.String = measure("Measure that took the step.", nullable=True)
    listing_id: pl.String = identifier(
        "Listing that took the step, where it is one target's.", nullable=True, references=("listings", "listing_id")
    )
    claim_id: pl.String = identifier(
        "Claim that tells the step, where no measure or listing came of it.",
        nullable=True, references=("claims", "claim_id"),
    )  # fmt: skip
    action_code: pl.String = column("What is done to the measure or listing.", codes="action_code")
    step_code: pl.String = column("Which step of that action the day is.", codes="step_code")
    event_code: pl.String = column("Action and step in one word for readers, generated from the two.", codes="event_code")
    date: pl.Date = column("First possible day of the step; NULL for `not_after`.", nullable=True)
    date_latest: pl.Date = column("Last possible day of the step; NULL for `not_before`.", nullable=True)
    date_precision_code: pl.String = column(
        "How closely the day is known; NULL where a claim's words leave it open (`on Tuesday`, without a day of publication).",
        nullable=True, codes="date_precision_code",
    )  # fmt: skip
    is_approximate: pl.Boolean = column("True where the source itself says circa.")
    date_text: pl.String = text("Words that the day was read from.", nullable=True)
    is_derived: pl.Boolean = column("True where the day was computed and does not stand in the words.")
    derivation_text: pl.String = text("How the day was computed; set where `is_derived` is true.", nullable=True)
    instrument_id: pl.String = identifier(
        "Act that this step is, or rests on, where the source states it.",
        nullable=True, references=("instruments", "instrument_id"),
    )  # fmt: skip
    evidence_id: pl.String = evidence()
    known_from_at: Instant = known_from()
    known_until_at: Instant = known_until()

    of_something = any_known("measure_id", "listing_id", "claim_id")
    open_only_in_claims = any_known("claim_id", "date_precision_code")
    precise = dated("date", "date_latest", "date_precision_code")
    event = event_agrees()
    derivation = row_rule(
        "derivation_text is known where is_derived", ~pl.col("is_derived") | pl.col("derivation_text").is_not_null()
    )
    known_interval = ordered("known_from_at", "known_until_at")


class Goods(Table):
    """One item of goods that a measure covers."""

    goods_id: pl.String = identifier("Stable key of the item under its measure.", key=True)
    measure_id: pl.String = measure("Measure that covers the item.")
    nomenclature_code: pl.String = column("Nomenclature that `goods_code` is taken from.", codes="nomenclature_code")
    nomenclature_year: pl.Int64 = column("Edition of the nomenclature, by its year.", nullable=True, at_least=1900)
    goods_code: pl.String = text(
        "Code as the source prints it, without blanks and with the zero at its head where that was lost; NULL for words alone.",
        nullable=True,
    )
    item_text: pl.String = text("Place in the annex (別表第二の三 三 ワ).", nullable=True)
    goods_text: pl.String = text("Goods in the source's words.", nullable=True)
    exclusion_text: pl.String = text("What the item leaves out, in the source's words.", nullable=True)
    threshold_amount: pl.Float64 = column("Price or quantity from which the item is covered.", nullable=True, at_least=0)
    threshold_unit: pl.String = text("Currency by ISO 4217, or unit of the amount, per piece.", nullable=True)
    match_code: pl.String = column("How goods are matched with the code.", codes="match_code")
    is_in_nomenclature: pl.Boolean = column(
        "Whether the code, or its first six digits, stands in the edition of the Harmonized System that `nomenclature` "
        "holds; NULL where the code is of none of its kind, or its chapter is not held.",
        nullable=True,
    )
    heading_codes: TextList = column(
        "Headings of the Harmonized System (four digits; two for a whole chapter) that the code, or else the words, mean."
    )
    heading_basis_code: pl.String = column(
        "What `heading_codes` were read from; NULL where there are none.", nullable=True, codes="heading_basis_code"
    )
    is_derived: pl.Boolean = column("True where the code was mended and does not stand so in the source.")
    derivation_text: pl.String = text("How the code was mended; set where `is_derived` is true.", nullable=True)
    start_date: pl.Date = column("First day on which the item is covered, where it differs from its measure.", nullable=True)
    end_date: pl.Date = column("Last day on which the item is covered, where it is known.", nullable=True)
    evidence_id: pl.String = evidence()
    known_from_at: Instant = known_from()
    known_until_at: Instant = known_until()

    something = any_known("goods_code", "goods_text")
    derivation = row_rule(
        "derivation_text is known where is_derived", ~pl.col("is_derived") | pl.col("derivation_text").is_not_null()
    )
    covered_interval = ordered("start_date", "end_date")
    known_interval = ordered("known_from_at", "known_until_at")


class Nomenclature(Table):
    """The codes of the Harmonized System, which codes of goods are checked against."""

    nomenclature_code: pl.String = column("Nomenclature that the code is of.", key=True, codes="nomenclature_code")
    nomenclature_year: pl.Int64 = column("Edition of the nomenclature, by its year.", key=True, at_least=1900)
    code: pl.String = text("Chapter (two digits), heading (four) or subheading (six).", key=True)
    parent_code: pl.String = text("Code that it is a part of; NULL for a chapter.", nullable=True)
    section_text: pl.String = text(
        "Section of the nomenclature, by its Roman number; NULL for a code that its publisher has added.", nullable=True
    )
    description: pl.String = text("Goods that the code stands for, as the publisher words them.")
    evidence_id: pl.String = evidence()


class MeasureKeys(Table):
    """Every source key that means a measure: how two sources' words came to be one measure."""

    measure_id: pl.String = measure("Measure that the key means.", key=True)
    source_id: pl.String = identifier("Source that uses the key.", references=("sources", "source_id"), key=True)
    source_key: pl.String = text("Key that the source's facts make, verbatim.", key=True)
    evidence_id: pl.String = evidence(nullable=True)
    why_text: pl.String = text("Why the key means this measure: it founded it, or what the two have in common.")


class MeasureLinks(Table):
    """One measure that replaces, implements or exempts from another."""

    measure_id: pl.String = measure("Measure that does it.", key=True)
    other_measure_id: pl.String = measure("Measure that it is done to.", key=True)
    link_type_code: pl.String = column("What the first does to the other.", codes="measure_link_type_code", key=True)
