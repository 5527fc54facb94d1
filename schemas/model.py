"""What the models of the tables are made of: columns with their description and rule, and rules about a whole row."""

from collections.abc import Callable
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.lists import codes as codes_of
from schemas.lists import event_code

TextList = Annotated[pl.List, pl.String()]
Instant = Annotated[pl.Datetime, "us", None]
"""An instant in UTC, kept without a zone so that every client reads it alike."""

MOST_FAILURES = 100_000
"""Failing rows that one check reports at a time: a million at once would cost gigabytes of memory."""

NOT_BLANK = r"^\s*\S"
SHA256 = r"^[0-9a-f]{64}$"
URL = r"^https?://\S+$"
IDENTIFIER = r"^\S(.*\S)?$"
MEASURE_ID = r"^[A-Z]{2}-[0-9a-f]{12}$"
ISSUER = r"^[A-Z]{2}$"
TERRITORY = r"^([A-Z]{2}|[A-Z]{4}|[A-Z]{2}-[A-Z0-9]{1,3})$"
"""ISO 3166-1 alpha-2 (and EU, UN, XK), ISO 3166-3 for former states, ISO 3166-2 for regions."""
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
SCRIPT = r"^[A-Z][a-z]{3}$"
REGISTER = r"^[a-z]{2,3}(_[a-z0-9]+)+$"


class Table(pa.DataFrameModel):
    """A table of the dataset: its columns, in their order, and no others."""

    class Config:
        """A column more or less than promised is an error."""

        strict = True


def column(
    description: str,
    *,
    nullable: bool = False,
    key: bool = False,
    pattern: str | None = None,
    codes: str | None = None,
    references: tuple[str, str] | None = None,
    at_least: float | None = None,
) -> Any:
    """A column as a reader is told of it.

    `codes` names its closed list; `references`, the table and column that its values (or those in its lists) stand in.
    """
    return pa.Field(
        nullable=nullable,
        description=description,
        str_matches=pattern,
        isin=codes_of(codes) if codes else None,
        ge=at_least,
        n_failure_cases=MOST_FAILURES,
        metadata={"key": key, "pattern": pattern, "codes": codes, "references": references},
    )


def text(description: str, *, nullable: bool = False, key: bool = False) -> Any:
    """Free text, never blank: what is not known is NULL."""
    return column(description, nullable=nullable, key=key, pattern=NOT_BLANK)


def identifier(
    description: str, *, nullable: bool = False, references: tuple[str, str] | None = None, key: bool = False
) -> Any:
    """A stable identifier, of this table (`key`) or of another (`references`)."""
    return column(description, nullable=nullable, pattern=IDENTIFIER, references=references, key=key)


def measure(description: str, *, nullable: bool = False, key: bool = False, references: bool = True) -> Any:
    """The identifier of a measure."""
    place = ("measures", "measure_id") if references else None
    return column(description, nullable=nullable, key=key, pattern=MEASURE_ID, references=place)


def territory(description: str) -> Any:
    """One country, region or former state; NULL where the source names none."""
    return column(description, nullable=True, pattern=TERRITORY, references=("territories", "code"))


def issuer() -> Any:
    """Who imposes."""
    return column(
        "Whose act it is: the country by ISO 3166-1, or EU or UN.", pattern=ISSUER, references=("territories", "code")
    )


def evidence(*, nullable: bool = False, key: bool = False) -> Any:
    """Where a row is written."""
    return identifier(
        "Where this is written: the document and the place in it.",
        nullable=nullable, key=key, references=("evidence", "evidence_id"),
    )  # fmt: skip


def known_from(*, key: bool = False) -> Any:
    """The start of knowledge time; part of the key where a table keeps every version of a row."""
    return column(
        "When the public could first know it: publication of the first document that said so, or its retrieval where "
        "it bears no date; midnight UTC where only the day is known.",
        key=key,
    )


def known_until() -> Any:
    """The end of knowledge time."""
    return column(
        "Publication of the first later edition of the same register or text that omits or contradicts it; NULL while "
        "it still holds. Not being repeated never ends what the press or an act said.",
        nullable=True,
    )


def row_rule(name: str, holds: pl.Expr) -> Any:
    """A rule that each row must meet, under the name that a reject will give; NULL counts as met."""

    def check(cls: type[Table], data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(holds.fill_null(value=True).alias("holds"))

    decorated: Callable[..., Any] = pa.dataframe_check(check, name=name, n_failure_cases=MOST_FAILURES)
    return decorated


def ordered(first: str, last: str) -> Any:
    """`first` is not after `last`, where both are known."""
    return row_rule(f"{first} is not after {last}", pl.col(first) <= pl.col(last))


def any_known(*names: str) -> Any:
    """At least one of the columns is known."""
    return row_rule(f"{' or '.join(names)} is known", pl.any_horizontal(pl.col(name).is_not_null() for name in names))


def dated(first: str, last: str, precision: str) -> Any:
    """The first and the last possible day agree with the precision that is claimed for them."""
    start, end, code = pl.col(first), pl.col(last), pl.col(precision)
    both = start.is_not_null() & end.is_not_null()
    month_end = start.dt.month_end()
    holds = (
        pl.when(code == "day").then(both & (start == end))
        .when(code == "month").then(both & (start == start.dt.month_start()) & (end == month_end))
        .when(code == "year").then(
            both & (start.dt.ordinal_day() == 1) & (end.dt.month() == 12) & (end.dt.day() == 31)
            & (start.dt.year() == end.dt.year())
        )
        .when(code == "between").then(both & (start <= end))
        .when(code == "not_before").then(start.is_not_null() & end.is_null())
        .when(code == "not_after").then(start.is_null() & end.is_not_null())
        .otherwise(code.is_null() & start.is_null() & end.is_null())
    )  # fmt: skip
    return row_rule(f"{precision} agrees with {first} and {last}", holds.fill_null(value=False))


def event_agrees() -> Any:
    """`event_code` is the word that `action_code` and `step_code` generate."""
    words = {
        f"{action} {step}": event_code(action, step) for action in codes_of("action_code") for step in codes_of("step_code")
    }
    pair = pl.col("action_code") + " " + pl.col("step_code")
    return row_rule(
        "event_code follows from action_code and step_code",
        pl.col("event_code") == pair.replace_strict(words, default=None, return_dtype=pl.String),
    )
