"""The figures that the pipeline has to reach, as ratios in one run: `make bench` writes them to `<OUTPUT>/bench.json`.

Where a build is measured, it is the command itself, `sanctions build`, in a new process over a folder of recordings that
holds what is to be built. The kernel counts the processor time (user and system) and the peak memory of that process and all
that it waits for (`wait4`). A process inherits the peak memory of the one that starts it, so this one imports nothing
large.

- `cpu`: the build of us_ofac_sdn of 2025-10-14, from document to published snapshot, over start-up, against the plain
  parse: lxml's iterparse over the DistinctParty and SanctionsEntry elements, cleared as it goes. Both decompress the
  document. Start-up is what a new process pays for `import pipeline.definitions`.
- `memory`: the highest peak of those builds.
- `growth`: the same build against that of 2024-05-28, over start-up. The newer file has more entries; the cost may grow
  by that share and 25 percentage points more.
- `second`: the command again, on the output of the first, over start-up, as a share of the first.
- `lists`: the build of every list in the newest state of each of its addresses, over start-up, and its peak memory.
- `all`: the same of every source, laws, press and the archive of news among them.
- `eu`, `canada`, `un`: from the newest document to rows (`normalize`), over a process that has imported the same and reads
  nothing.
- `backfill`: the same over every state recorded of a source, for each state.
- `claims`: the reading of the recorded press releases and news items, processor seconds a megabyte of text, peak memory, and
  by field how far the score against the annotated texts is from a perfect one (`tests/benchmarks/claims.py`).
- `in_force`: the question of what was in force on a day, as known on another, asked of the warm DuckDB file that the build
  of `all` published.

Every time is the median of RUNS, and the kinds of run take turns, so that a busy minute of the machine hits all alike; the
longest (`lists`, `all`, `backfill`) run once, in the first turn. `--only cpu,second` measures some of the figures,
`--runs 1` is quick and rough.
"""

import argparse
import csv
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "pipeline" / "sources"
RECORDINGS = ROOT.parent / "shared" / "recordings"
SOURCE = "us_ofac_sdn"
OLD, NEW = "2024-05-28", "2025-10-14"
NEWEST = {"eu": ("eu_fsf", 3.0), "canada": ("ca_sema", 1.0), "un": ("un_sc", 2.0)}
"""By figure the source whose newest document is read, and the seconds that it may take."""
BACKFILL = {"us_ofac_sdn_csv": 1.0, "un_sc": 0.5}
"""The sources all of whose states are read, and the seconds that one state may take."""
OF_ONE_SOURCE = ("cpu", "memory", "growth", "second")
NAMES = (*OF_ONE_SOURCE, "lists", "all", *NEWEST, "backfill", "in_force", "claims")
RUNS = 5
SETTINGS = ("FROM", "AS_OF", "SOURCES", "OUTPUT", "PUBLIC")

PLAIN_PARSE = """
import bz2, sys
from lxml import etree
parties = 0
with bz2.open(sys.argv[1]) as stream:
    for _, element in etree.iterparse(stream, tag=("{*}DistinctParty", "{*}SanctionsEntry")):
        parties += element.tag.endswith("DistinctParty")
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
print(parties)
"""
NOTHING = "import bz2, sys; from lxml import etree"

NORMALIZE = """
import sys
from pathlib import Path
from pipeline import sources
from pipeline.documents.recordings import Recordings
from pipeline.normalized import normalize
name, folder, last = sys.argv[1:]
source = sources.load((name,))[name]
documents = Recordings(Path(folder)).documents(source.recorded_as)[:int(last)]
for document in documents:
    normalize(document, source)
print(len(documents))
"""
"""Arguments: the source, the folder of recordings, how many of its documents to read; 0 is the start-up."""

ASK = """
import statistics, sys, time
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as database:
    def asked():
        begun = time.perf_counter()
        database.sql("FROM in_force(DATE '2022-04-05', DATE '2026-01-01')").fetchall()
        return 1000 * (time.perf_counter() - begun)
    asked()
    print(statistics.median(asked() for _ in range(21)))
"""


class Cost(NamedTuple):
    """What one process cost, with all that it waited for."""

    cpu_seconds: float
    peak_mebibytes: float
    printed: str


class Figure(NamedTuple):
    """A figure, and the limit that it has to keep."""

    name: str
    meaning: str
    value: float
    limit: float

    @property
    def holds(self) -> bool:
        """Whether it keeps its limit."""
        return self.value <= self.limit


def cost(command: list[str | Path], environment: dict[str, str] | None = None) -> Cost:
    """Run a command to its end; raises CalledProcessError where it fails."""
    settings = {name: value for name, value in os.environ.items() if name not in SETTINGS} | (environment or {})
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, env=settings, stdout=printed, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read().decode()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, text)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)  # ru_maxrss: kibibytes on Linux


Row = dict[str, str]


def index() -> list[Row]:
    """What is recorded, one row a document."""
    with (RECORDINGS / "index.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def recordings_of(rows: list[Row], folder: Path) -> list[Path]:
    """A recordings folder with the documents of these rows; their paths."""
    documents = [folder / row["path"] for row in rows]
    for row, document in zip(rows, documents, strict=True):
        document.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(RECORDINGS / row["path"], document)
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return documents


def state_of(source_id: str, day: str) -> Row:
    """The row of the one state of a source that was recorded on a day."""
    (row,) = [row for row in index() if (row["source_id"], row["recorded_date"]) == (source_id, day)]
    return row


def facts() -> list[dict[str, object]]:
    """What each source's `.toml` says."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SOURCES.glob("*.toml"))]


def newest_states() -> list[Row]:
    """The newest row of every file of every address of every source."""
    known = {str(each.get("recorded_as", each["source_id"])) for each in facts()}
    rows = sorted((row for row in index() if row["source_id"] in known), key=lambda row: row["recorded_date"])
    last = {(row["source_id"], row["url"], Path(row["path"]).name.split(".")[0]): row for row in rows}
    return list(last.values())


class Bench:
    """The runs, made only where a figure asks for them."""

    def __init__(self, work: Path, figures: list[str]) -> None:
        self.work = work
        self.asked = figures
        self.costs: dict[str, list[Cost]] = {}
        self.days: tuple[str, ...] = ()
        if set(figures) & set(OF_ONE_SOURCE):
            self.days = (NEW, OLD) if "growth" in figures else (NEW,)
        self.documents = {day: recordings_of([state_of(SOURCE, day)], work / "recordings" / day)[0] for day in self.days}
        if {"lists", "all", "in_force", *NEWEST} & set(figures):
            recordings_of(newest_states(), work / "recordings" / "newest")

    def run(self, runs: int) -> None:
        """Every kind of run, in turns."""
        for number in range(1, runs + 1):
            if self.days or (number == 1 and {"lists", "all", "in_force"} & set(self.asked)):
                self._note("start-up", cost([sys.executable, "-c", "import pipeline.definitions"]))
            self._run_one_source(number)
            self._run_newest()
            if number == 1:
                self._run_lists()
                self._run_backfill()
                self._run_claims()

    def _run_one_source(self, number: int) -> None:
        for day in self.days:
            self._note("parser start-up", cost([sys.executable, "-c", NOTHING]))
            self._note(f"plain parse {day}", cost([sys.executable, "-c", PLAIN_PARSE, self.documents[day]]))
            output = self.work / f"output-{day}-{number}"
            self._note(f"build {day}", self._build(day, output, SOURCE))
            if "second" in self.asked and day == NEW:
                self._note(f"second build {day}", self._build(day, output, SOURCE))
            shutil.rmtree(output)

    def _run_newest(self) -> None:
        folder = self.work / "recordings" / "newest"
        for source, _ in (NEWEST[name] for name in NEWEST if name in self.asked):
            self._normalize(source, folder, 1)

    def _run_lists(self) -> None:
        if "lists" in self.asked:
            lists = ",".join(str(each["source_id"]) for each in facts() if each["kind"] == "list")
            self._note("build lists", self._build("newest", self.work / "output-lists", lists))
        if {"all", "in_force"} & set(self.asked):
            output = self.work / "output-all"
            self._note("build all", self._build("newest", output, ""))
            self._note("in_force", cost([sys.executable, "-c", ASK, output / "sanctions.duckdb"]))

    def _run_backfill(self) -> None:
        for source in BACKFILL if "backfill" in self.asked else ():
            self._normalize(source, RECORDINGS, 1_000_000)

    def _run_claims(self) -> None:
        if "claims" in self.asked:
            self._note("claims", cost([sys.executable, ROOT / "tests" / "benchmarks" / "claims.py"]))

    def _normalize(self, source: str, folder: Path, count: int) -> None:
        kind = "normalize all" if count > 1 else "normalize"
        for name, last in ((f"{kind} start-up {source}", 0), (f"{kind} {source}", count)):
            self._note(name, cost([sys.executable, "-c", NORMALIZE, source, folder, str(last)]))

    def _build(self, recordings: str, output: Path, sources: str) -> Cost:
        settings = {"FROM": str(self.work / "recordings" / recordings), "SOURCES": sources, "OUTPUT": str(output)}
        done = cost([Path(sys.executable).with_name("sanctions"), "build"], settings)
        if not (output / "latest" / "datapackage.json").exists():
            raise RuntimeError(f"the build of {recordings} published nothing")
        return done

    def _note(self, kind: str, run: Cost) -> None:
        self.costs.setdefault(kind, []).append(run)
        print(f"{kind}: {run.cpu_seconds:.2f} s of CPU, {run.peak_mebibytes:.0f} MiB", flush=True)

    def seconds(self, kind: str, start_up: str) -> float:
        """The median cost of a kind of run, over that of its start-up."""
        return self._median(kind) - self._median(start_up)

    def _median(self, kind: str) -> float:
        return statistics.median(run.cpu_seconds for run in self.costs[kind])

    def cpu(self) -> Figure:
        """The build against the plain parse."""
        value = self.seconds(f"build {NEW}", "start-up") / self.seconds(f"plain parse {NEW}", "parser start-up")
        return Figure("cpu", f"CPU of the build of {NEW}, over start-up, in plain parses of the document", value, 6.0)

    def memory(self) -> Figure:
        """The peak of the build."""
        value = max(run.peak_mebibytes for run in self.costs[f"build {NEW}"])
        return Figure("memory", f"peak memory of the build of {NEW}, in MiB", value, 600.0)

    def growth(self) -> Figure:
        """The cost of the larger file against that of the smaller."""
        new, old = (int(self.costs[f"plain parse {day}"][0].printed) for day in (NEW, OLD))
        value = self.seconds(f"build {NEW}", "start-up") / self.seconds(f"build {OLD}", "start-up")
        meaning = f"CPU of the build of {NEW} ({new} entries) against that of {OLD} ({old} entries), over start-up"
        return Figure("growth", meaning, value, new / old + 0.25)

    def second(self) -> Figure:
        """A build with nothing changed."""
        value = self.seconds(f"second build {NEW}", "start-up") / self.seconds(f"build {NEW}", "start-up")
        return Figure("second", "CPU of a second build with nothing changed, over start-up, against the first", value, 0.1)

    def lists(self) -> list[Figure]:
        """The build of every list in its newest state: processor and memory."""
        return self._newest_build("lists", "list")

    def all(self) -> list[Figure]:
        """The build of every source in its newest state: processor and memory."""
        return self._newest_build("all", "source")

    def _newest_build(self, name: str, of: str) -> list[Figure]:
        kind = f"build {name}"
        seconds, peak = self.seconds(kind, "start-up"), max(run.peak_mebibytes for run in self.costs[kind])
        return [
            Figure(name, f"CPU seconds of the build of every {of} in its newest state, over start-up", seconds, 60.0),
            Figure(f"{name}_memory", f"peak memory of the build of every {of} in its newest state, in MiB", peak, 1024.0),
        ]

    def newest(self, name: str) -> Figure:
        """From the newest document of a source to its rows."""
        source, limit = NEWEST[name]
        value = self.seconds(f"normalize {source}", f"normalize start-up {source}")
        return Figure(name, f"CPU seconds from the newest document of {source} to rows, over start-up", value, limit)

    def backfill(self) -> list[Figure]:
        """Every state of a source to rows, for each state."""
        return [self._backfill(source, limit) for source, limit in BACKFILL.items()]

    def _backfill(self, source: str, limit: float) -> Figure:
        count = int(self.costs[f"normalize all {source}"][0].printed)
        value = self.seconds(f"normalize all {source}", f"normalize all start-up {source}") / count
        meaning = f"CPU seconds a state from the {count} states of {source} to rows, over start-up"
        return Figure(f"backfill_{source}", meaning, value, limit)

    def in_force(self) -> Figure:
        """A question to the published file."""
        value = float(self.costs["in_force"][0].printed)
        return Figure("in_force", "milliseconds of in_force(on_date, known_on) on the warm file, median of 21", value, 50.0)

    def claims(self) -> list[Figure]:
        """The reading of prose: processor, memory, and by field what its score lacks."""
        told = json.loads(self.costs["claims"][0].printed)
        speed, scores = told["speed"], told["scores"]
        found = [
            Figure("claims", "CPU seconds a megabyte of recorded news", speed["seconds_a_megabyte"], 0.5),
            Figure("claims_memory", "memory of reading it, beyond the texts, in MiB", speed["mebibytes_of_reading"], 200.0),
        ]  # fmt: skip
        for field, name, least in told["wanted"]:
            by_fold = ", ".join(f"{1 - fold[field]:.2f}" for fold in told["folds"])
            meaning = f"what the {name} of {field} against the annotated texts lacks; in five folds of them {by_fold}"
            found.append(Figure(f"claims_{field}", meaning, 1 - scores[field][name], 1 - least))
        return found

    def figures(self) -> list[Figure]:
        """The figures that were asked for, in the order of NAMES."""
        found: list[Figure] = []
        for name in (name for name in NAMES if name in self.asked):
            told = self.newest(name) if name in NEWEST else getattr(self, name)()
            found += told if isinstance(told, list) else [told]
        return found


def report(bench: Bench, figures: list[Figure], output: Path) -> None:
    """Print the figures and write them, with the runs that they come from."""
    for figure in figures:
        verdict = "holds" if figure.holds else "DOES NOT HOLD"
        print(f"{figure.name}: {figure.value:.3f}, limit {figure.limit:.3f}: {verdict}")
    content = {
        "figures": [figure._asdict() | {"holds": figure.holds} for figure in figures],
        "cpu_seconds": {kind: [round(run.cpu_seconds, 3) for run in runs] for kind, runs in bench.costs.items()},
        "peak_mebibytes": {kind: [round(run.peak_mebibytes, 1) for run in runs] for kind, runs in bench.costs.items()},
        "scores_of_claims": json.loads(bench.costs["claims"][0].printed)["scores"] if "claims" in bench.costs else {},
        "machine": {"python": platform.python_version(), "processor": platform.machine(), "cores": os.cpu_count()},
    }
    output.mkdir(parents=True, exist_ok=True)
    (output / "bench.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Measure the figures; 1 where one does not hold, or where the recordings are missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(NAMES), help="figures: " + ",".join(NAMES))
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    if unknown := set(asked.only) - set(NAMES):
        parser.error(f"no figure is called {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
    if not (RECORDINGS / "index.csv").exists():
        parser.error("no recorded documents: expected ../shared/recordings/index.csv beside the checkout")
    with tempfile.TemporaryDirectory(prefix="sanctions-bench-") as work:
        bench = Bench(Path(work), asked.only)
        bench.run(asked.runs)
        figures = bench.figures()
    report(bench, figures, Path(os.environ.get("OUTPUT") or ROOT / "output"))
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
