"""The closed lists: every code of the dataset with its definition, read from `codes.toml`."""

import functools
import tomllib
from pathlib import Path

import polars as pl

FILE = Path(__file__).parent / "codes.toml"
CROSSWALKS = ("gsdb", "eu_sanctions_map", "opensanctions", "global_trade_alert", "cameo")
"""Other datasets whose nearest code a measure type may name."""
PAST = {
    "list": "listed", "amend": "amended", "widen": "widened", "renew": "renewed", "ease": "eased",
    "suspend": "suspended", "exempt": "exempted", "lift": "lifted", "delist": "delisted", "expire": "expires",
    "reject": "rejected",
}  # fmt: skip


@functools.cache
def _lists() -> dict[str, dict[str, dict[str, str]]]:
    """By list and code: its definition and, where it has them, its family and its nearest codes elsewhere."""
    found: dict[str, dict[str, str | dict[str, str]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: {code: {"definition": facts} if isinstance(facts, str) else facts for code, facts in entries.items()}
        for name, entries in found.items()
    }


def list_names() -> tuple[str, ...]:
    """The names of all closed lists, in the order of the file."""
    return tuple(_lists())


def codes(list_name: str) -> tuple[str, ...]:
    """The codes of one closed list, in the order of the file; raises KeyError for a list that is none."""
    return tuple(_lists()[list_name])


def code_frame() -> pl.DataFrame:
    """The table `codes`: one row per code of every closed list, sorted by list and code."""
    fields = ("family", "definition", *CROSSWALKS)
    rows = [
        (name, code, *(facts.get(field) for field in fields))
        for name, entries in _lists().items()
        for code, facts in entries.items()
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("list", "code", *fields), pl.String), orient="row")
    return frame.rename({field: f"{field}_code" for field in ("family", *CROSSWALKS)}).sort("list", "code")


def event_code(action: str, step: str) -> str:
    """The one word for an action and its step: for `impose` the step itself, else the action in the past."""
    if action == "impose":
        return "imposed" if step == "unspecified" else step
    return PAST[action]
