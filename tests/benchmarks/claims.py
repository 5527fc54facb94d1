"""The reading of prose in figures: how much text a second, how much memory, and a score per field against annotated texts.

Reads the recorded news and the annotated documents beside the checkout. `--record` keeps the score in
`tests/claims_figures.json`; `--check` fails where a score has fallen below what is kept there.
"""

import argparse
import datetime as dt
import gzip
import hashlib
import importlib.util
import json
import resource
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline import claims
from pipeline.claims import Text, lines

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "gold" / "claims.jsonl"
SCORER = SHARED / "tools" / "score_claims.py"
NEWS = SHARED / "recordings" / "news" / "documents.jsonl.gz"
RECORDED = ROOT / "tests" / "claims_figures.json"
WANTED = {
    ("pair", "f1"): 0.85, ("triple", "f1"): 0.75, ("date", "f1"): 0.75, ("relevant", "f1"): 0.97, ("evidence", "f1"): 0.95,
    ("issuer", "precision"): 0.90,
}  # fmt: skip
"""What each field has to reach at least."""
FOLDS = 5
_ROUNDING = 0.0005

Scores = dict[str, dict[str, Any]]


def scores() -> Scores:
    """Precision, recall and F1 by field over all annotated documents."""
    scorer, gold, told = _annotated()
    found: Scores = scorer.score(gold, told)
    return found


def folds() -> list[dict[str, float]]:
    """What is wanted of each field in each fifth of the annotated documents, told apart by a hash of their id.

    Nothing is trained, so that all five are read by the same rules; how far they lie apart tells how far a score is chance.
    """
    scorer, gold, told = _annotated()
    scored = [scorer.score([each for each in gold if _fold(each["id"]) == fold], told) for fold in range(FOLDS)]
    return [{field: found[field][name] for field, name in WANTED} for found in scored]


def _fold(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def _annotated() -> tuple[ModuleType, list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """The scorer, the annotated documents, and by the id of each what is read in it."""
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]
    return _scorer(), gold, {text.key: json.loads(lines.line(text, claims.read(text)))["claims"] for text in lines.texts(GOLD)}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_claims", SCORER)
    if spec is None or spec.loader is None:
        raise ImportError(f"{SCORER} is no module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fallen(found: Scores) -> list[str]:
    """What is worse than recorded, or than it has to be."""
    recorded: Scores = json.loads(RECORDED.read_text(encoding="utf-8"))
    told = [
        f"{field} {name}: {found[field][name]}, recorded were {figures[name]}"
        for field, figures in recorded.items()
        for name in ("f1", "accuracy")
        if name in figures and found[field][name] < figures[name] - _ROUNDING
    ]
    told += [
        f"{field} {name}: {found[field][name]}, expected at least {least}"
        for (field, name), least in WANTED.items()
        if found[field][name] < least
    ]
    return told


def news() -> list[Text]:
    """The recorded press releases and news items."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [
        Text(row["id"], row["text"], row["title"], _day(row["published_date"]), row["publisher_issuer_code"]) for row in rows
    ]  # fmt: skip


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def speed() -> dict[str, float]:
    """Megabytes of text a second of processor time, claims told, and the peak of memory beyond that of the texts themselves."""
    texts = news()
    claims.read(Text("warm", "Canada imposes sanctions on Belarus."))
    before, begun = _peak(), time.process_time()
    count = sum(len(claims.read(text)) for text in texts)
    seconds = time.process_time() - begun
    size = sum(len(text.text.encode()) for text in texts)
    return {
        "megabytes_a_second": size / 1e6 / seconds, "seconds_a_megabyte": seconds / (size / 1e6), "claims": count,
        "mebibytes": _peak(), "mebibytes_of_reading": _peak() - before,
    }  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kibibytes on Linux


def main() -> int:
    """Print the figures as one JSON object; 1 where a score has fallen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", action="store_true", help="keep the score")
    parser.add_argument("--check", action="store_true", help="fail where the score has fallen; measure no speed")
    asked = parser.parse_args()
    if asked.check and not GOLD.exists():
        print(f"The scores of reading prose were not checked: expected annotated texts at {GOLD}")
        return 0
    found = scores()
    if asked.record:
        kept = {field: {name: value for name, value in figures.items() if name in {"precision", "recall", "f1", "accuracy"}}
                for field, figures in found.items()}  # fmt: skip
        RECORDED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    worse = fallen(found)
    if asked.check:
        print("\n".join(worse) or "No score of reading prose has fallen.")
        return 1 if worse else 0
    wanted = [(field, name, least) for (field, name), least in WANTED.items()]
    print(json.dumps({"scores": found, "wanted": wanted, "folds": folds(), "speed": speed(), "fallen": worse}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
