"""The figures that the pipeline has to reach, as ratios in one run: `make bench` writes them to `<OUTPUT>/bench.json`.

What is measured is the command itself, `sanctions build`, in a new process over a folder of recordings that holds one
state of one source. The kernel counts the processor time (user and system) and the peak memory of that process and all
that it waits for (`wait4`). A process inherits the peak memory of the one that starts it, so this one imports nothing
large.

- `cpu`: the build of us_ofac_sdn of 2025-10-14, from document to published snapshot, over start-up, against the plain
  parse: lxml's iterparse over the DistinctParty and SanctionsEntry elements, cleared as it goes. Both decompress the
  document. Start-up is what a new process pays for `import pipeline.definitions`.
- `memory`: the highest peak of those builds.
- `growth`: the same build against that of 2024-05-28, over start-up. The newer file has more entries; the cost may grow
  by that share and 25 percentage points more.
- `second`: the command again, on the output of the first, over start-up, as a share of the first.

Every time is the median of RUNS, and the kinds of run take turns, so that a busy minute of the machine hits all alike.
`--only cpu,second` measures some of the figures, `--runs 1` is quick and rough.
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
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT.parent / "shared" / "recordings"
SOURCE = "us_ofac_sdn"
OLD, NEW = "2024-05-28", "2025-10-14"
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


def recordings_of(day: str, folder: Path) -> Path:
    """A recordings folder with the one state of that day; the path of its document."""
    with (RECORDINGS / "index.csv").open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        (row,) = [row for row in reader if row["source_id"] == SOURCE and row["recorded_date"] == day]
    document = folder / row["path"]
    document.parent.mkdir(parents=True)
    shutil.copyfile(RECORDINGS / row["path"], document)
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)
    return document


class Bench:
    """The runs, made only where a figure asks for them."""

    def __init__(self, work: Path, figures: list[str]) -> None:
        self.work = work
        self.days = (NEW, OLD) if "growth" in figures else (NEW,)
        self.with_second = "second" in figures
        self.documents = {day: recordings_of(day, work / "recordings" / day) for day in (NEW, OLD)}
        self.costs: dict[str, list[Cost]] = {}

    def run(self, runs: int) -> None:
        """Every kind of run, in turns."""
        for number in range(1, runs + 1):
            self._note("start-up", cost([sys.executable, "-c", "import pipeline.definitions"]))
            self._note("parser start-up", cost([sys.executable, "-c", NOTHING]))
            for day in self.days:
                self._note(f"plain parse {day}", cost([sys.executable, "-c", PLAIN_PARSE, self.documents[day]]))
                output = self.work / f"output-{day}-{number}"
                self._note(f"build {day}", self._build(day, output))
                if self.with_second and day == NEW:
                    self._note(f"second build {day}", self._build(day, output))
                shutil.rmtree(output)

    def _build(self, day: str, output: Path) -> Cost:
        settings = {"FROM": str(self.work / "recordings" / day), "SOURCES": SOURCE, "OUTPUT": str(output)}
        done = cost([Path(sys.executable).with_name("sanctions"), "build"], settings)
        if not (output / "latest" / "datapackage.json").exists():
            raise RuntimeError(f"the build of {day} published nothing")
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


def report(bench: Bench, figures: list[Figure], output: Path) -> None:
    """Print the figures and write them, with the runs that they come from."""
    for figure in figures:
        verdict = "holds" if figure.holds else "DOES NOT HOLD"
        print(f"{figure.name}: {figure.value:.3f}, limit {figure.limit:.3f}: {verdict}")
    content = {
        "figures": [figure._asdict() | {"holds": figure.holds} for figure in figures],
        "cpu_seconds": {kind: [round(run.cpu_seconds, 3) for run in runs] for kind, runs in bench.costs.items()},
        "peak_mebibytes": {kind: [round(run.peak_mebibytes, 1) for run in runs] for kind, runs in bench.costs.items()},
        "machine": {"python": platform.python_version(), "processor": platform.machine(), "cores": os.cpu_count()},
    }
    output.mkdir(parents=True, exist_ok=True)
    (output / "bench.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Measure the figures; 1 where one does not hold, or where the recordings are missing."""
    names = ["cpu", "memory", "growth", "second"]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", type=lambda text: text.split(","), default=names, help="figures: " + ",".join(names))
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    if unknown := set(asked.only) - set(names):
        parser.error(f"no figure is called {', '.join(sorted(unknown))}; there are: {', '.join(names)}")
    if not (RECORDINGS / "index.csv").exists():
        parser.error("no recorded documents: expected ../shared/recordings/index.csv beside the checkout")
    with tempfile.TemporaryDirectory(prefix="sanctions-bench-") as work:
        bench = Bench(Path(work), asked.only)
        bench.run(asked.runs)
        figures = [getattr(bench, name)() for name in names if name in asked.only]
    report(bench, figures, Path(os.environ.get("OUTPUT") or ROOT / "output"))
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
