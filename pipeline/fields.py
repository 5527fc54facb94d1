"""How much of a list is filled: for each field the share of entries that have it, and what has fallen since the edition before.

A list can lose a field in silence: the UN file of August 2023 came without a fifth of its birth dates, well-formed and of
the usual length.
"""

import polars as pl

from pipeline.history import Edition

FALL = 0.15
"""A field that fewer entries have by more than this share is flagged; the UN's birth dates fell by 0.23."""
_ENOUGH = 20
"""Of fewer entries no share is told: one entry more or less would look like a fall."""
_DETAILS = ("target_names", "target_identifiers", "target_addresses", "target_links")


def shares(edition: Edition) -> dict[str, float]:
    """For each field the share of the entries of an edition that have it; empty for a short list or none."""
    entries = edition.rows("targets")
    if len(entries) < _ENOUGH:
        return {}
    facts = edition.rows("target_facts").group_by("fact_code").agg(pl.col("target_id").n_unique())
    having = {f"fact {code}": count for code, count in facts.sort("fact_code").iter_rows()}
    having |= {table.removeprefix("target_"): edition.rows(table)["target_id"].n_unique() for table in _DETAILS}
    dated = edition.rows("dates").filter(pl.col("action_code") == "list").join(edition.rows("listings"), on="listing_id")
    having["listed date"] = dated["target_id"].n_unique()
    return {field: count / len(entries) for field, count in having.items()}


def fallen(editions: tuple[Edition, ...]) -> list[str]:
    """The fields that the newest edition fills less often than the one before it, each in words."""
    if len(editions) < 2:
        return []
    earlier, newest = editions[-2:]
    before, now = shares(earlier), shares(newest)
    count = len(earlier.rows("targets"))
    return [
        f"{field}: {now.get(field, 0):.0%} of the entries have one; {share:.0%} had one in the edition of {earlier.state.day}"
        for field, share in before.items()
        if now and share * count >= _ENOUGH and now.get(field, 0) < share * (1 - FALL)
    ]
