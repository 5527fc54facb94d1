"""Where a run reads and writes, and which sources it is about, as Dagster and the command line are told."""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
import polars as pl
from pydantic import PrivateAttr

from pipeline import sources
from pipeline.documents.recordings import Recordings
from pipeline.sources import Source
from pipeline.stages import Judged, Place, judge_documents, normalize_source
from pipeline.tables import Reading

if TYPE_CHECKING:  # requests is loaded only where something is fetched
    from pipeline.documents.recording import Recorded

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "samples"
WEB = "web"
_LOG = logging.getLogger(__name__)
_STEP_BYTES = 25_000_000


class SettingError(ValueError):
    """A setting that cannot be used; the message says what was expected, what came and what to do."""


@dataclass(frozen=True)
class Kept:
    """The documents of a source as a run finds them."""

    judged: Judged
    recorded: Recorded | None = None
    """What came of asking for newer ones; None where nothing was asked."""
    failure: str | None = None
    """Why they could not be fetched or judged."""


class Workplace(dg.ConfigurableResource):  # type: ignore[type-arg]  # gives itself
    """What a build reads from and writes to; every setting is text, as an environment variable gives it.

    Within a run each source is judged and read once, however many assets ask for it; what goes wrong in a source is
    its own failure, reported with it.
    """

    origin: str = ""
    """A folder of recordings, or `web`; empty: the samples of the repository."""
    as_of: str = ""
    """A day: only what had been recorded by then; empty: everything."""
    sources: str = ""
    """Names of sources, separated by commas; empty: all."""
    output: str = ""
    """Folder to write to; empty: `output` of the repository."""
    public: str = ""
    """`1` leaves out the sources whose terms do not allow, or are not known to allow, passing on."""
    _kept: dict[str, Kept] = PrivateAttr(default_factory=dict)
    _readings: dict[str, Reading] = PrivateAttr(default_factory=dict)
    _day: list[dt.date] = PrivateAttr(default_factory=list)

    @property
    def is_web(self) -> bool:
        """Whether the documents are fetched first."""
        return self.origin == WEB

    @property
    def is_public(self) -> bool:
        """Whether only what may be redistributed is built, into a folder of its own."""
        return self.public == "1"

    @property
    def place(self) -> Place:
        """Where to read and write; raises SettingError for a malformed day."""
        output = Path(self.output) if self.output else ROOT / "output"
        folder = output / "documents" if self.is_web else Path(self.origin or SAMPLES)
        # What may be given away stands apart, so that it never takes the place of a whole snapshot, nor one its.
        return Place(Recordings(folder), output / "public" if self.is_public else output, _day_of(self.as_of))

    def selected(self) -> dict[str, Source]:
        """The sources of the build, by id; raises SettingError for a name that is none, or where none is left."""
        found = named_sources(self.sources)
        if self.public not in ("", "0", "1"):
            raise SettingError(f"PUBLIC: expected 1, or 0 or nothing; came {self.public!r}")
        kept = {name: source for name, source in found.items() if source.is_redistributable is True or not self.is_public}
        if not kept:
            raise SettingError(
                f"PUBLIC=1: expected a source that may be redistributed; {', '.join(found)} may not be. "
                "Name others in SOURCES, or leave PUBLIC out"
            )
        return kept

    def documents(self, source: Source, *, fetch: bool = False) -> Kept:
        """The documents of a source, good and refused; with `fetch` what it publishes now is recorded before."""
        if source.source_id not in self._kept:
            self._kept[source.source_id] = self._judged(source, fetch=fetch)
        return self._kept[source.source_id]

    def is_yet_to_come(self, source: Source) -> bool:
        """Whether nothing at all has been recorded of a source by the day of the build: no failure of the source.

        Where it was just asked for, or is the only one that was asked for by name, nothing is a failure.
        """
        kept = self.documents(source)
        found_none = not (kept.failure or kept.judged.states or kept.judged.refusals)
        return found_none and (self.place.as_of is not None or not (self.is_web or self.sources))

    def reading(self, source: Source) -> Reading:
        """What a source gives to the build."""
        if source.source_id not in self._readings:
            self._readings[source.source_id] = self._read(source)
        return self._readings[source.source_id]

    def readings(self) -> list[Reading]:
        """What every selected source gives."""
        return [self.reading(source) for source in self.selected().values()]

    def newest_day(self) -> dt.date:
        """The day that freshness is measured against: as of, else the newest recorded day, whatever the clock says."""
        if not self._day:
            self._day.append(self.place.as_of or self._newest_recorded())
        return self._day[0]

    def _newest_recorded(self) -> dt.date:
        index = pl.scan_csv(self.place.recordings.index, infer_schema=False)
        days = index.filter(pl.col("source_id").is_in(list(self.selected()))).select(pl.col("recorded_date").max())
        return dt.date.fromisoformat(days.collect().item() or dt.date.min.isoformat())

    def _judged(self, source: Source, *, fetch: bool) -> Kept:
        recorded = None
        try:
            recorded = _recorded(source, self.place) if fetch else None
            return Kept(judge_documents(source, self.place), recorded)
        except Exception as error:  # whatever it is, it must not stop the other sources
            return Kept(Judged((), ()), recorded, f"{type(error).__name__}: {error}")

    def _read(self, source: Source) -> Reading:
        kept = self.documents(source)
        if kept.failure:
            return Reading(source, (), (), (), kept.failure)
        try:
            return normalize_source(source, kept.judged, self.place.output, _LOG.info)
        except Exception as error:  # as above
            return Reading(source, (), kept.judged.refusals, (), f"{type(error).__name__}: {error}")


def from_environment(environment: Mapping[str, str] = os.environ) -> Workplace:
    """The settings of the variables FROM, AS_OF, SOURCES, OUTPUT and PUBLIC."""
    return Workplace(
        origin=environment.get("FROM", ""), as_of=environment.get("AS_OF", ""), sources=environment.get("SOURCES", ""),
        output=environment.get("OUTPUT", ""), public=environment.get("PUBLIC", ""),
    )  # fmt: skip


def _day_of(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise SettingError(f"AS_OF: expected a day such as 2026-02-28; came {text!r}") from None


def named_sources(text: str) -> dict[str, Source]:
    """The sources named in a text, separated by commas, or all; raises SettingError for an unknown name or broken facts."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    try:
        return sources.load(names)
    except KeyError as error:
        raise SettingError(f"SOURCES: {error.args[0]}") from None
    except ValueError as error:
        raise SettingError(f"a source cannot be read: {error}") from error


def _recorded(source: Source, place: Place) -> Recorded:
    from pipeline.documents.recording import record  # noqa: PLC0415 — a build from recordings needs no HTTP
    from pipeline.documents.web import Client  # noqa: PLC0415

    told: dict[str, int] = {}

    def progress(url: str, done: int, total: int | None) -> None:
        if done >= told.get(url, 0) + _STEP_BYTES:
            told[url] = done
            of_all = f" of {total / 1e6:.0f}" if total else ""
            _LOG.info("%s: %.0f%s MB of %s have come", source.source_id, done / 1e6, of_all, url)

    with Client() as client:
        return record(source, place.recordings, client, dt.datetime.now(dt.UTC).date(), progress)
