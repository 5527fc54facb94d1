"""When sources are looked at: one schedule a cadence, off until somebody turns it on."""

from collections.abc import Mapping

import dagster as dg

import schemas
from pipeline.assets import SNAPSHOT, documents_key, normalized_key
from pipeline.checks import table_key
from pipeline.sources import Source

_TIMES = {"daily": "20 5 * * *", "weekly": "20 6 * * 1", "monthly": "20 7 1 * *"}
"""In UTC: after the publishers of Europe and America have ended their day, and no two at the same time."""


def schedules_of(sources: Mapping[str, Source]) -> list[dg.ScheduleDefinition]:
    """A schedule for each cadence that some source has: its sources, then the tables and the snapshot of all."""
    by_cadence: dict[str, list[Source]] = {}
    for source in sources.values():
        # A source that appears irregularly is asked daily: that it has not changed costs it one short answer.
        by_cadence.setdefault("daily" if source.cadence == "irregular" else source.cadence, []).append(source)
    return [_schedule(cadence, of_cadence) for cadence, of_cadence in sorted(by_cadence.items())]


def _schedule(cadence: str, sources: list[Source]) -> dg.ScheduleDefinition:
    keys = [key(source) for source in sources for key in (documents_key, normalized_key)]
    keys += [table_key(table) for table in schemas.TABLES]
    return dg.ScheduleDefinition(
        name=cadence,
        cron_schedule=_TIMES[cadence],
        execution_timezone="UTC",
        target=dg.AssetSelection.assets(*keys, SNAPSHOT),
        default_status=dg.DefaultScheduleStatus.STOPPED,
        description=f"Looks at the {len(sources)} {cadence} sources and publishes a snapshot of all.",
    )
