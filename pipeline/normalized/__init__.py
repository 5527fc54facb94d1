"""Words become codes: what a parser said of one document becomes rows of the contract's tables, without their history.

`normalize` gives one frame a table. Every word goes through a closed list of the source, every name of a territory through
`territories`, every key through `pipeline.identifiers`; what cannot be represented becomes a row of `rejects`.
"""

from collections.abc import Callable

import polars as pl

import schemas
from pipeline import VERSION
from pipeline.documents import Document
from pipeline.identifiers import digest, digests
from pipeline.normalized import goods, territories
from pipeline.normalized.collected import Collected, collect
from pipeline.normalized.excerpts import abridged
from pipeline.normalized.latin import latin_form
from pipeline.normalized.numbers import is_well_formed
from pipeline.normalized.prose import Prose
from pipeline.records import (
    Address,
    DatedStep,
    Fact,
    Goods,
    Identifier,
    Instrument,
    InstrumentLink,
    Item,
    Link,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    NomenclatureItem,
    Programme,
    Record,
    Reject,
    Target,
)
from pipeline.sources import Source

_LATIN = r"^[\p{Latin}\p{Common}\p{Inherited}]*$"
_COUNTRY_FACTS = ("nationality", "citizenship", "registration_country", "vessel_flag")
_FIRST_SPELL = 1
_AFTER_ALL_OTHERS = 100_000
"""Ordinals of derived names, so that they stand behind what the source says."""

_CLAIM_STEP = (
    "date_id", "claim_id", "action_code", "step_code", "date", "date_latest", "date_precision_code", "is_approximate",
    "date_text", "is_derived", "derivation_text", "evidence_id",
)  # fmt: skip

Frames = dict[str, pl.DataFrame]
_EMPTY: Frames = {}
"""The tables that no record makes, each made once."""


def normalize(document: Document, source: Source) -> Frames:
    """The rows that a document gives, by table; every table that a document can fill is there, if only empty."""
    return _Normalizer(document, source, collect(source.parse(document, source))).frames()


def target_id(register_code: str, source_key: str) -> str:
    """The identifier of an entry: the same in every file and format of its register."""
    return f"{register_code}-{digest((register_code, source_key), 12)}"


class _Normalizer:
    """One document on its way to rows: its frames, and what was refused on the way."""

    def __init__(self, document: Document, source: Source, said: Collected) -> None:
        self._document = document
        self._source = source
        self._said = said
        self._family = source.register_code or source.series
        self._prose = Prose(said.of(Item), document, source)
        self._rejects: list[pl.DataFrame] = []
        self._evidence: list[pl.DataFrame] = []
        self._lost_acts = self._acts_of_unknown_kind()
        self._targets = self._entries()
        self._measures = self._founded()

    def frames(self) -> Frames:
        made = self._made
        facts = made("target_facts", Fact, self._target_facts)
        addresses = made("target_addresses", Address, self._target_addresses)
        dates = made("dates", DatedStep, self._dates)
        frames = {
            "programmes": made("programmes", Programme, self._programmes),
            "instruments": made("instruments", Instrument, self._instruments),
            "instrument_links": made("instrument_links", InstrumentLink, self._instrument_links),
            "measures": self._measures.drop("measure_key"),
            "measure_keys": self._measures.select(
                "measure_id", "evidence_id", source_id=pl.lit(self._source.source_id), source_key="measure_key"
            ),
            "measure_instruments": made("measure_instruments", MeasureInstrument, self._measure_instruments),
            "targets": made("targets", Target, lambda: self._targets_with(facts, addresses)),
            "target_names": made("target_names", Name, self._target_names),
            "target_identifiers": made("target_identifiers", Identifier, self._target_identifiers),
            "target_addresses": addresses,
            "target_facts": facts,
            "target_links": made("target_links", Link, self._target_links),
            "listings": made("listings", Listing, self._listings),
            "dates": pl.concat([dates, self._prose.frame("dates", *_CLAIM_STEP)], how="diagonal"),
            "goods": made("goods", Goods, self._goods),
            "nomenclature": made("nomenclature", NomenclatureItem, self._nomenclature),
            "documents": self._prose.frame("documents"),
            "claims": self._prose.frame("claims"),
        }
        evidence = pl.concat([*self._evidence, self._prose.frame("evidence")], how="diagonal")
        evidence = evidence.select(list(schemas.polars_schema("evidence")))  # the same order whatever was noted first
        frames["evidence"] = evidence.unique("evidence_id", keep="first", maintain_order=True)
        frames["rejects"] = self._rejected()
        return frames

    def _made(self, table: str, kind: type[Record], make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """The rows that the records of a type make; of no records, as in most documents, they are made but once."""
        if not self._said.of(kind).is_empty():
            return make()
        if table not in _EMPTY:
            _EMPTY[table] = make()
        return _EMPTY[table]

    # Targets and their details

    def _entries(self) -> pl.DataFrame:
        """The targets with their identifiers and evidence; `target_key` is the key that details refer to."""
        content = pl.DataFrame(
            {"key": self._said.content.keys(), "content": self._said.content.values()},
            schema={"key": pl.String, "content": pl.String},
        )
        entries = self._coded(self._said.of(Target), "target_type", table="targets").join(content, on="key", how="left")
        twice = entries.filter(pl.col("key").is_duplicated() & ~pl.col("key").is_first_distinct())
        self._reject(twice, "targets", "duplicate_key", "expected one entry for a key; this is a further one")
        return (
            entries.filter(pl.col("key").is_first_distinct())
            .rename({"key": "target_key"})
            .with_columns(
                target_id=pl.lit(f"{self._family}-") + digests(pl.lit(self._family), pl.col("target_key"), length=12),
                evidence_id=digests(pl.lit(self._source.source_id), pl.col("locator"), pl.col("content"), length=16),
            )
            .pipe(self._note_evidence)
        )

    def _targets_with(self, facts: pl.DataFrame, addresses: pl.DataFrame) -> pl.DataFrame:
        facts = facts.filter(pl.col("is_valid").fill_null(value=True))
        told = [facts.filter(pl.col("fact_code").is_in(_COUNTRY_FACTS)), addresses]
        countries = (
            pl.concat([rows.select("target_id", "country_code") for rows in told])
            .drop_nulls("country_code")
            .group_by("target_id")
            .agg(country_codes=pl.col("country_code").unique().sort())
        )
        births = (
            facts.filter(pl.col("fact_code") == "birth_date", pl.col("date_precision_code").is_not_null())
            .unique(["target_id", "date", "date_latest", "date_precision_code"])
            .filter(pl.len().over("target_id") == 1)  # several birth dates: all stand in target_facts, none is preferred
            .select(
                "target_id", birth_date="date", birth_date_latest="date_latest", birth_date_precision_code="date_precision_code"
            )
        )
        latin_names = (
            self._said.of(Name)
            .filter(pl.col("value").str.contains(_LATIN))
            .unique("target_key", keep="first", maintain_order=True)
            .select("target_key", latin_name="value")
        )
        return (
            self._targets.with_columns(derived_latin=self._latin_of("name"))
            .join(countries, on="target_id", how="left")
            .join(births, on="target_id", how="left")
            .join(latin_names, on="target_key", how="left")
            .select(
                "target_id",
                register_code=pl.lit(self._source.register_code, pl.String),
                issuer_code=pl.lit(self._source.issuer_code),
                source_key="target_key",
                key_kind_code="key_kind",
                target_type_code="target_type_code",
                name="name",
                name_latin=pl.coalesce(
                    pl.when(pl.col("name").str.contains(_LATIN)).then("name"), "latin_name", "derived_latin"
                ),
                country_codes=pl.col("country_codes").fill_null([]),
                birth_date="birth_date",
                birth_date_latest="birth_date_latest",
                birth_date_precision_code="birth_date_precision_code",
                source_url="url",
                evidence_id="evidence_id",
            )
        )

    def _target_names(self) -> pl.DataFrame:
        names = self._details(Name, "name_type", "target_names").with_columns(is_derived=pl.lit(value=False))
        of_no_latin = ~pl.col("value").str.contains(_LATIN).any().over("target_id")
        derived = (
            names.filter(of_no_latin, pl.col("name_type_code") == "primary")
            .with_columns(value=self._latin_of("value"), script=pl.lit("Latn"), is_derived=pl.lit(value=True))
            .filter(pl.col("value").is_not_null())
            .with_columns(ordinal=pl.lit(_AFTER_ALL_OTHERS, pl.Int64) + pl.col("ordinal"))
        )
        columns = ("target_id", "evidence_id", "ordinal", "name_type_code", "language", "script", "is_derived")
        return pl.concat([names, derived]).select(*columns, name="value")

    def _latin_of(self, column: str) -> pl.Expr:
        return pl.col(column).map_elements(lambda name: latin_form(name, self._source.language), return_dtype=pl.String)

    def _target_identifiers(self) -> pl.DataFrame:
        checked = pl.struct("identifier_type_code", "value").map_elements(
            lambda number: is_well_formed(number["identifier_type_code"], number["value"]), return_dtype=pl.Boolean
        )
        # A number that fails its check is flagged whatever the source says of it.
        is_valid = pl.when(checked.eq_missing(pl.lit(value=False))).then(checked).otherwise(pl.coalesce("is_valid", checked))
        return self._details(Identifier, "identifier_type", "target_identifiers").select(
            "target_id",
            "evidence_id",
            "ordinal",
            "identifier_type_code",
            "value",
            "country_code",
            "country_text",
            "note",
            is_valid=is_valid,
            identifier_type_text="type_text",
            issue_date=_exact_day("issued"),
            issue_text="issued_text",
            expiry_date=_exact_day("expires"),
            expiry_text="expires_text",
        )

    def _target_addresses(self) -> pl.DataFrame:
        return self._details(Address, None, "target_addresses").select(
            "target_id",
            "evidence_id",
            "ordinal",
            "city",
            "region",
            "postal_code",
            "country_code",
            "country_text",
            "note",
            address_text="text",
        )

    def _target_facts(self) -> pl.DataFrame:
        return self._details(Fact, "fact", "target_facts", column="kind_text").select(
            "target_id",
            "evidence_id",
            "ordinal",
            "fact_code",
            "country_code",
            "country_text",
            "is_valid",
            "note",
            fact_text="kind_text",
            value_text=pl.coalesce("value", "period_text"),
            date="period_earliest",
            date_latest="period_latest",
            date_precision_code="period_precision",
            is_approximate="period_is_approximate",
        )

    def _target_links(self) -> pl.DataFrame:
        links = self._details(Link, "link_type", "target_links")
        others = self._targets.select(other_key="target_key", other_target_id="target_id")
        joined = links.join(others, on="other_key", how="left")
        known = self._keep(
            joined,
            pl.col("other_target_id").is_not_null(),
            "target_links",
            "dangling_reference",
            "expected an entry of the same register with this key",
        )
        return known.select(
            "target_id",
            "evidence_id",
            "ordinal",
            "other_target_id",
            "link_type_code",
            "note",
            link_type_text="type_text",
            date="period_earliest",
            date_latest="period_latest",
            date_precision_code="period_precision",
        )

    def _details(self, kind: type, list_name: str | None, table: str, *, column: str = "type_text") -> pl.DataFrame:
        """The records of a kind under their targets, coded, each with its place among its target's (`ordinal`)."""
        records = self._under_targets(self._said.of(kind), table)
        if list_name:
            records = self._coded(records, list_name, table=table, column=column)
        if "country_text" in records.columns:
            records = records.with_columns(country_code=self._territory("country_text", records))
        return records.with_columns(ordinal=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("target_id"))

    def _under_targets(self, records: pl.DataFrame, table: str) -> pl.DataFrame:
        places = self._targets.select("target_key", "target_id", "evidence_id", target_locator="locator")
        joined = records.join(places, on="target_key", how="left", maintain_order="left")
        return self._keep(
            joined,
            pl.col("target_id").is_not_null(),
            table,
            "dangling_reference",
            "expected an entry with this key in the document",
        )

    # Measures, listings, dates

    def _founded(self) -> pl.DataFrame:
        """The measures with their identifiers; `measure_key` is the key that listings and steps refer to."""
        measures = self._coded(self._said.of(Measure), "measure_type", table="measures").unique(
            "key", keep="first", maintain_order=True
        )
        return (
            self._placed(measures)
            .with_columns(territory_codes=self._territory_list("territory_texts", measures))
            .select(
                measure_id=pl.lit(f"{self._source.issuer_code}-") + digests(pl.lit(self._family), pl.col("key"), length=12),
                measure_key="key",
                issuer_code=pl.lit(self._source.issuer_code),
                authority_name="authority_name",
                programme_id=self._programme_id("programme_key"),
                measure_type_code="measure_type_code",
                measure_type_text="type_text",
                scope_code="scope",
                territory_codes="territory_codes",
                goods_text="goods_text",
                sector_text="sector_text",
                exceptions_text="exceptions_text",
                title="title",
                founding_act="founding_act",
                evidence_id="evidence_id",
            )
        )

    def _listings(self) -> pl.DataFrame:
        records = self._under_measures(self._under_targets(self._said.of(Listing), "listings"), "listings")
        return records.select(
            self._listing_id(),
            "measure_id",
            "target_id",
            "reason_text",
            "evidence_id",
            spell_number=pl.lit(_FIRST_SPELL, pl.Int64),
            basis_code="basis",
            origin_code="origin",
        ).unique("listing_id", keep="first", maintain_order=True)

    def _dates(self) -> pl.DataFrame:
        steps = self._under_measures(self._said.of(DatedStep), "dates")
        of_measures = self._placed(steps.filter(pl.col("target_key").is_null())).with_columns(
            evidence_id=pl.coalesce("evidence_id", "measure_evidence_id"), listing_id=pl.lit(None, pl.String)
        )
        of_targets = self._under_targets(steps.filter(pl.col("target_key").is_not_null()), "dates").with_columns(
            self._listing_id()
        )
        of_targets = of_targets.with_columns(measure_id=pl.lit(None, pl.String))
        both = pl.concat([of_measures, of_targets], how="diagonal")
        is_told = pl.col("instrument_number").is_not_null() & ~pl.col("instrument_number").is_in(self._lost_acts.implode())
        instrument = pl.when(is_told).then(self._instrument_id("instrument_number"))
        return both.select(
            "measure_id",
            "listing_id",
            "evidence_id",
            date_id=digests(
                *(pl.col(name) for name in ("measure_id", "listing_id", "action", "step")),
                pl.coalesce("source_step_key", "period_text"),
                *(pl.col(name).cast(pl.String) for name in ("period_earliest", "period_latest")),
                length=16,
            ),
            action_code="action",
            step_code="step",
            date="period_earliest",
            date_latest="period_latest",
            date_precision_code="period_precision",
            date_text="period_text",
            is_approximate="period_is_approximate",
            is_derived=pl.col("period_derivation").is_not_null(),
            derivation_text="period_derivation",
            instrument_id=instrument,
        ).unique("date_id", keep="first", maintain_order=True)

    def _goods(self) -> pl.DataFrame:
        records = self._placed(self._with_codes_of_goods(self._under_measures(self._said.of(Goods), "goods")))
        # A code that bears no place in an annex is one item, whatever words a document puts beside it.
        words = pl.when(pl.col("item_text").is_not_null() | pl.col("goods_code").is_null()).then("goods_text")
        named = digests(pl.col("measure_id"), pl.col("key"), length=16)
        placed = digests(pl.col("measure_id"), pl.col("item_text"), pl.col("goods_code"), words, length=16)
        return records.select(
            "measure_id",
            "item_text",
            "goods_text",
            "exclusion_text",
            "threshold_amount",
            "threshold_unit",
            "evidence_id",
            "goods_code",
            "match_code",
            "heading_codes",
            "heading_basis_code",
            "derivation_text",
            goods_id=pl.when(pl.col("key").is_not_null()).then(named).otherwise(placed),
            nomenclature_code="nomenclature",
            nomenclature_year="year",
            start_date="start",
            end_date="end",
            is_derived=pl.col("derivation_text").is_not_null(),
        )

    def _with_codes_of_goods(self, records: pl.DataFrame) -> pl.DataFrame:
        """The records with their codes as the nomenclature writes them, and the headings that code or words mean."""
        told = [
            goods.told(
                row["nomenclature"], row["code"], row["goods_text"], self._source.language, is_part=row["is_part_of_code"]
            )
            for row in records.iter_rows(named=True)
        ]
        coded = records.with_columns(pl.DataFrame(told, schema=goods.TOLD, orient="row"))
        is_whole = pl.col("code").is_null() | pl.col("goods_code").is_not_null()
        return self._keep(coded, is_whole, "goods", "malformed_value", "expected a code of the nomenclature that is named")

    def _nomenclature(self) -> pl.DataFrame:
        return self._placed(self._said.of(NomenclatureItem)).select(
            "code",
            "parent_code",
            "section_text",
            "description",
            "evidence_id",
            nomenclature_code="nomenclature",
            nomenclature_year="year",
        )

    def _under_measures(self, records: pl.DataFrame, table: str) -> pl.DataFrame:
        measures = self._measures.select("measure_key", "measure_id", measure_evidence_id="evidence_id")
        joined = records.join(measures, on="measure_key", how="left", maintain_order="left")
        return self._keep(
            joined,
            pl.col("measure_id").is_not_null(),
            table,
            "dangling_reference",
            "expected a measure with this key in the document",
        )

    def _listing_id(self) -> pl.Expr:
        return digests(pl.col("measure_id"), pl.col("target_id"), pl.lit(str(_FIRST_SPELL)), length=16).alias("listing_id")

    # Law and programmes

    def _programmes(self) -> pl.DataFrame:
        records = self._said.of(Programme).unique("key", keep="first", maintain_order=True)
        return records.with_columns(territory_codes=self._territory_list("territory_texts", records)).select(
            programme_id=self._programme_id("key"),
            issuer_code=pl.lit(self._source.issuer_code),
            name="name",
            url="url",
            territory_codes="territory_codes",
            amended_date="amended",
            expiry_date="expires",
            note_text="note",
            source_key="key",
        )

    def _acts_of_unknown_kind(self) -> pl.Series:
        """The numbers of acts that will be rejected for their kind, so that nothing refers to them."""
        acts = self._said.of(Instrument)
        is_known = pl.col("type_text").is_in(list(self._source.words.get("instrument_type", {})))
        known = acts.filter(is_known)["number"]
        return acts.filter(~is_known, ~pl.col("number").is_in(known.implode()))["number"].unique()

    def _referring(self, records: pl.DataFrame, table: str, *columns: str) -> pl.DataFrame:
        lost = pl.any_horizontal(pl.col(column).is_in(self._lost_acts.implode()) for column in columns)
        return self._keep(records, ~lost, table, "dangling_reference", "expected an act of a known kind with this number")

    def _instruments(self) -> pl.DataFrame:
        records = self._placed(self._coded(self._said.of(Instrument), "instrument_type", table="instruments"))
        return records.unique("number", keep="first", maintain_order=True).select(
            "title",
            "number",
            "url",
            "effective_text",
            "known_as",
            "evidence_id",
            "instrument_type_code",
            signed_date="signed",
            published_date="published",
            effective_date="effective",
            effective_derivation_text="effective_derivation",
            instrument_id=self._instrument_id("number"),
            issuer_code=self._maker("number"),
            end_date="ends",
        )

    def _instrument_links(self) -> pl.DataFrame:
        links = self._coded(self._said.of(InstrumentLink), "instrument_link_type", table="instrument_links")
        records = self._referring(links, "instrument_links", "number", "other_number")
        return records.select(
            instrument_id=self._instrument_id("number"),
            other_instrument_id=self._instrument_id("other_number"),
            link_type_code="instrument_link_type_code",
        ).unique(maintain_order=True)

    def _measure_instruments(self) -> pl.DataFrame:
        records = self._under_measures(self._said.of(MeasureInstrument), "measure_instruments")
        records = self._referring(records, "measure_instruments", "number")
        return records.select(
            "measure_id", "provision_text", instrument_id=self._instrument_id("number"), role_code="role"
        ).unique(maintain_order=True)

    def _programme_id(self, column: str) -> pl.Expr:
        family = self._source.programmes_of or self._family
        made = pl.lit(f"{self._source.issuer_code}-") + digests(pl.lit(family), pl.col(column), length=12)
        return pl.when(pl.col(column).is_not_null()).then(made)

    def _instrument_id(self, column: str) -> pl.Expr:
        maker = self._maker(column)
        return pl.concat_str(maker, pl.lit("-"), digests(maker, pl.col(column), length=12))

    def _maker(self, column: str) -> pl.Expr:
        """Who made the act of this number: the issuer of the source, unless the document says another."""
        others = self._said.of(Instrument).drop_nulls("issuer_code").unique("number", keep="first", maintain_order=True)
        issuers = dict(others.select("number", "issuer_code").iter_rows())
        return pl.col(column).replace_strict(issuers, default=self._source.issuer_code, return_dtype=pl.String)

    # Words, territories, evidence, rejects

    def _coded(self, records: pl.DataFrame, list_name: str, *, table: str, column: str = "type_text") -> pl.DataFrame:
        """The records with `<list_name>_code`; a record whose word is in no closed list is rejected."""
        words = self._source.words.get(list_name, {})
        code = pl.col(column).replace_strict(dict(words), default=None, return_dtype=pl.String)
        coded = records.with_columns(code.alias(f"{list_name}_code"))
        return self._keep(
            coded,
            pl.col(f"{list_name}_code").is_not_null(),
            table,
            "unknown_label",
            f"expected a word of [words.{list_name}] in {self._source.source_id}.toml in the field {column}",
        )

    def _territory(self, column: str, records: pl.DataFrame) -> pl.Expr:
        words = records[column].drop_nulls().unique().to_list()
        codes = {word: found for word in words if (found := self._territory_of(word))}
        return pl.col(column).replace_strict(codes, default=None, return_dtype=pl.String)

    def _territory_list(self, column: str, records: pl.DataFrame) -> pl.Series:
        lists: list[list[str]] = []
        for row in records.iter_rows(named=True):
            found = {word: self._territory_of(word) for word in row[column] or ()}
            unknown = [word for word, territory in found.items() if territory is None]
            if unknown:
                raise ValueError(
                    f"{self._source.source_id}: {', '.join(unknown)} names no known territory; "
                    "add it to [words.country] of the source or to normalized/territories.toml"
                )
            lists.append(sorted(territory for territory in found.values() if territory))
        return pl.Series(lists, dtype=pl.List(pl.String))

    def _territory_of(self, words: str) -> str | None:
        own = self._source.words.get("country", {}).get(words)
        return own or territories.code(words, self._source.language)

    def _placed(self, records: pl.DataFrame) -> pl.DataFrame:
        """The records with the evidence of their own place; NULL where they come from a cited table, not from the document."""
        quote = pl.col("quote") if "quote" in records.columns else pl.lit(None, pl.String)
        evidence_id = digests(pl.lit(self._source.source_id), pl.col("locator"), quote, length=16)
        placed = pl.when(pl.col("locator").is_not_null()).then(evidence_id)
        return records.with_columns(evidence_id=placed).pipe(self._note_evidence)

    def _note_evidence(self, records: pl.DataFrame) -> pl.DataFrame:
        if records.is_empty():
            return records
        quote = pl.col("quote") if "quote" in records.columns else pl.lit(None, pl.String)
        self._evidence.append(
            records.filter(pl.col("locator").is_not_null()).select(
                "evidence_id",
                "locator",
                document_id=pl.lit(self._document.document_id),
                quote_text=quote,
                extractor_name=pl.lit(self._source.source_id),
                extractor_version=pl.lit(VERSION),
            )
        )
        return records

    def _keep(self, records: pl.DataFrame, good: pl.Expr, table: str, reason: str, text: str) -> pl.DataFrame:
        if records.select(good.fill_null(value=False).all()).item():  # most often: nothing to part
            return records
        self._reject(records.filter(~good), table, reason, text)
        return records.filter(good)

    def _reject(self, records: pl.DataFrame, table: str, reason: str, text: str) -> None:
        if records.is_empty():
            return
        locator = next((name for name in ("locator", "target_locator") if name in records.columns), None)
        self._rejects.append(
            records.select(
                locator=pl.col(locator).fill_null("/") if locator else pl.lit("/"),
                table=pl.lit(table),
                reason_code=pl.lit(reason),
                reason_text=pl.lit(text),
                raw_json=pl.struct(pl.all().exclude("^.*_id$")).struct.json_encode(),
            )
        )

    def _rejected(self) -> pl.DataFrame:
        told = self._said.of(Reject).select(
            "locator",
            "table",
            reason_code="reason",
            reason_text="reason_text",
            raw_json=pl.struct(raw="raw").struct.json_encode(),
        )
        both = pl.concat([told, *self._rejects, self._prose.rejects()])
        if self._source.kind in ("press", "news") and self._source.is_redistributable is not True:
            both = both.with_columns(pl.col("raw_json").map_elements(abridged, return_dtype=pl.String))
        return both.with_columns(source_id=pl.lit(self._source.source_id), document_id=pl.lit(self._document.document_id))


def _exact_day(period: str) -> pl.Expr:
    """The day of a period that is one; a month or a year stays in its words."""
    return pl.when(pl.col(f"{period}_precision") == "day").then(f"{period}_earliest")
