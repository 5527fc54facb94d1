"""The EU Sanctions Map: every regime of the Union, its measures in short descriptions, and the acts that it rests on.

The map says which acts a regime rests on, and which annex of which act a description means; it never says when a measure was
imposed, unless the description does. `expiration` and `amendment` are days of the regime: they stay with the programme.

The API answers `{"data": [regime, …]}`. Some copies of it are dumps: a list of flat rows with dotted keys, nested lists as
Python literals and the words nan and None for what is missing. Both are read here, the dump brought into the API's shape first.
"""

import ast
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

from pipeline.dates import UnreadableDate, english, midnight
from pipeline.documents import Document
from pipeline.readers import celex
from pipeline.readers.xml import UnknownContent
from pipeline.records import (
    Action,
    DatedStep,
    Goods,
    Instrument,
    InstrumentLink,
    Measure,
    MeasureInstrument,
    Period,
    Programme,
    Record,
    Reject,
    Scope,
)
from pipeline.sources import Source

_PAGE = "https://www.sanctionsmap.eu/#/main/details/{}"
_ADDRESS = "http://publications.europa.eu/resource/celex/{}"
_MISSING = ("nan", "None", "")
_LONGEST_QUOTE = 1000
_LONGEST_HEADING = 80

# "04.04.2023 consolidated basic legal act - (CFSP) 2016/849"; some say "amendments not yet included in the …", some nothing.
_ACT_NUMBER = re.compile(r"(?P<day>\d\d\.\d\d\.\d{4})(?P<state>[^()\d]*?)\s*-\s*(?P<number>(?:\(|\d).+)")
_KIND_OF_ACT = re.compile(r"Regulation|Decision|Common Position|Joint Action")
_NOT_YET_INCLUDED = re.compile(r"amendments? not yet included")
_AMENDS = "amendments not yet included in the consolidated basic legal act"
_OF_ANOTHER = re.compile(r"\b(?:amending|updating)\b", re.IGNORECASE)
_RESOLUTION_TITLE = re.compile(r"\w+ (?P<number>\d+) \((?P<year>\d{4})\)")
_RESOLUTION_NUMBER = re.compile(r"S/RES/ ?(?P<number>\d+)\b.*")
# As in "Annexes VIII and IX of Council Regulation (EU) 267/2012" or "the Annex of Council Decision (CFSP) 2015/1763".
_ANNEX = "[IVXL]+[A-Za-z]{0,2}"
_CITED = re.compile(
    rf"(?:(?P<annex>Annex(?:es)?(?: {_ANNEX}(?:(?:, | and | or )(?:Annex )?{_ANNEX})*)?) (?:of|to) )?"
    r"(?:the )?(?:Council )?(?P<kind>Regulation|Decision) ?"
    r"(?P<number>(?:\((?:EU|EC|EEC|CFSP)\) ?)?(?:No )?\d+/\d+(?:/CFSP|/EC)?)"
)
_VERB = "sell|supply|transfer|export|import|purchase|procure|broker|deliver|deal in|provide related brokering services for"
_GOODS = re.compile(
    rf"(?:[Ii]t is|It shall be) prohibited to (?P<verbs>(?:{_VERB})(?:(?:, | or | and )(?:{_VERB}))*) "
    r"(?:to (?:the )?[A-Z]\w+ )?(?P<goods>.+?)"
    # Not where the place belongs to the goods: "goods originating in Crimea", "might contribute to Iran's capability".
    r"(?=,? (?:as )?listed in |, if they|\. |\.?$"
    r"|,?(?<!originating)(?<!contribute)(?<!situation) (?:to|from|into|in) (?:or for |or from )?"
    r"(?:any |the |entities )*(?:[A-Z]|person|benefit))"
)
_CONDITIONAL = re.compile(r"The (?P<verbs>export) of (?P<goods>.+?) (?:to [A-Z].*? )?is prohibited if ")
_AUTHORISED = re.compile(r"\bprior authorisation\b", re.IGNORECASE)
_EXCEPTIONS = re.compile(
    r"(?:(?:Certain (?:exemptions|exceptions) apply|The prohibition shall not apply|Derogations )[^.]*|except for [^,.]+)"
)
_IN_BRACKETS = re.compile(r" \(.*\)$")
_AS_OF = re.compile(r"\bas (?:of|from) (?P<day>\d{1,2}\.\d{1,2}\.\d{4})")
_WORDS_QUOTED = 12
_SENTENCE = re.compile(r"(?<=[a-z)\]])\.\s+(?=[A-Z(])")
_TO_THE_LISTED = re.compile(r"to the listed (?:individuals|persons|groups)")


@dataclass(frozen=True)
class Act:
    """An act that a regime names."""

    instrument: Instrument
    standing: Literal["basic", "amends", "other"]
    """Whether it holds the regime's measures, changes such an act, or carries one out or updates a list."""


@dataclass(frozen=True)
class Regime:
    """One regime of the map."""

    row: Mapping[str, Any]
    key: str
    path: str
    source: Source
    seen: dt.date
    """The day of the document."""

    @cached_property
    def territory_texts(self) -> tuple[str, ...]:
        """By the table of acts whom it is directed at, else the country of the map; none for thematic regimes."""
        for row in self.source.facts["directed"]:
            if row["act"] in self.basic_acts:
                return tuple(row["territory_texts"])
        title = _data(self.row["country"]).get("title")
        return (title,) if title else ()

    @cached_property
    def told(self) -> tuple[Act | Reject, ...]:
        """Its acts, in the order of the map; a reject for one whose number cannot be read."""
        return tuple(_act(each, self) for each in self.row["legal_acts"]["data"])

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts whose numbers can be read."""
        return tuple(act for act in self.told if isinstance(act, Act))

    @cached_property
    def basic_acts(self) -> dict[str, Act]:
        """The acts that hold its measures, by number."""
        return {act.instrument.number: act for act in self.acts if act.standing == "basic"}


@dataclass(frozen=True)
class Restriction:
    """One measure of a regime, with what its description says."""

    row: Mapping[str, Any]
    regime: Regime

    @property
    def key(self) -> str:
        """The map's own number of the measure."""
        return str(self.row["id"])

    @property
    def locator(self) -> str:
        """Where it stands, by the map's numbers."""
        return f"{self.regime.path}/measures/data[id={self.key}]"

    @property
    def title(self) -> str:
        """The map's heading for its type."""
        return str(self.row["type"]["data"]["title"])

    @property
    def goods_heading(self) -> str | None:
        """The map's heading over its types of trade in goods; None for other types."""
        kind = self.row["type"]["data"]
        headings: Mapping[str, str] = self.regime.source.facts["goods"]["headings"]
        return headings.get(str(kind.get("parent_id") or kind["id"]))

    @cached_property
    def text(self) -> str:
        """The description on one line; empty where the map gives none."""
        return " ".join((self.row["description"] or "").split())


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each regime as a programme, then its acts, its measures and what ties them, in the order of the map.

    Raises UnknownContent for a field that the map never had.
    """
    regimes = list(_regimes(document, source))
    measures = [measure for regime in regimes for measure in _restrictions(regime)]
    founded = _founding_acts(measures)
    for regime in regimes:
        yield from _programme(regime)
        yield from _acts(regime)
    for measure in measures:
        yield from _measure(measure, founded.get(measure.key))


# --- The two shapes ---------------------------------------------------------------------------------------------------


def _regimes(document: Document, source: Source) -> Iterator[Regime]:
    content = json.loads(document.read())
    is_dump = isinstance(content, list)
    rows = [_nested(row) for row in content] if is_dump else content["data"]
    for row in rows:
        _must_be_known(row, source.facts["fields"]["regime"])
        key = str(row["regimes_id"] if is_dump else row["id"])
        path = f"/[regimes_id='{key}']" if is_dump else f"/data[id={key}]"
        yield Regime(row, key, path, source, document.published_date or document.recorded_date)


def _nested(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of a dump in the shape of the API: dotted keys are paths, literals are read, and never run."""
    nested: dict[str, Any] = {}
    for name, words in row.items():
        *path, last = name.split(".")
        holder = nested
        for part in path:
            holder = holder.setdefault(part, {})
        holder[last] = _value(words)
    return nested


def _value(words: str) -> Any:
    if words in _MISSING:
        return None
    return ast.literal_eval(words) if words.startswith("[") else words


def _must_be_known(row: Mapping[str, Any], known: list[str]) -> None:
    if strange := set(row) - set(known):
        raise UnknownContent(f"the map has the fields {sorted(strange)}, which [fields] of eu_sanctions_map.toml does not hold")


def _restrictions(regime: Regime) -> Iterator[Restriction]:
    fields = regime.source.facts["fields"]
    for row in regime.row["measures"]["data"]:
        _must_be_known(row, fields["measure"])
        _must_be_known(row["type"]["data"], fields["measure_type"])
        yield Restriction(row, regime)


def _data(holder: Mapping[str, Any] | None) -> Mapping[str, Any]:
    data = (holder or {}).get("data")
    return data if isinstance(data, Mapping) else {}


# --- Regimes and their acts -------------------------------------------------------------------------------------------


def _programme(regime: Regime) -> Iterator[Record]:
    days: dict[str, Period | None] = {}
    for name in ("amendment", "expiration"):
        try:
            days[name] = _day(regime.row[name], regime.source.time_zone)
        except UnreadableDate as error:
            days[name] = None
            yield Reject(f"{regime.path}/{name}", "programmes", "malformed_date", str(error), str(regime.row[name]))
    amended, expires = days["amendment"], days["expiration"]
    yield Programme(
        regime.key, " ".join(regime.row["specification"].split()), _PAGE.format(regime.key), regime.territory_texts,
        amended=amended.earliest if amended else None, expires=expires.earliest if expires else None,
        note=regime.row["notes"],
    )  # fmt: skip


def _day(seconds: str | float | None, time_zone: str) -> Period | None:
    return None if seconds is None else midnight(float(seconds), time_zone)


def _acts(regime: Regime) -> Iterator[Record]:
    """The acts as instruments, and which of them changes which, where the regime leaves no choice."""
    for told in regime.told:
        yield told.instrument if isinstance(told, Act) else told
    for act in regime.acts:
        same_kind = [number for number in regime.basic_acts if number[5:6] == act.instrument.number[5:6]]
        if act.standing == "amends" and len(same_kind) == 1:
            is_carried_out = act.instrument.type_text in regime.source.words["instrument_link_type"]
            how = act.instrument.type_text if is_carried_out else _AMENDS
            yield InstrumentLink(act.instrument.number, same_kind[0], how)


def _act(row: Mapping[str, Any], regime: Regime) -> Act | Reject:
    _must_be_known(row, regime.source.facts["fields"]["legal_act"])
    kind, locator = row["type"]["data"]["title"], f"{regime.path}/legal_acts/data[id={row['id']}]"
    title, words = " ".join(row["title"].split()), row["number"].strip()
    try:
        if kind == "UN Security Council Resolution":
            number = _resolution(words, title)
            return Act(Instrument(number, kind, title, _address(row["url"]), locator, words, issuer_code="UN"), "basic")
        number, state = _number_of_act(words, kind, row["url"])
    except celex.NoCelex as error:
        return Reject(locator, "instruments", "malformed_value", str(error), repr(dict(row)))
    return Act(Instrument(number, kind, title, _ADDRESS.format(number), locator, words), _standing(row, state))


def _number_of_act(words: str, kind: str, url: str) -> tuple[str, str]:
    """The CELEX number, and what the map says of the state of the text; raises NoCelex where number and address disagree."""
    found, kind_of_act = _ACT_NUMBER.fullmatch(words), _KIND_OF_ACT.search(kind)
    if not found or not kind_of_act:
        raise celex.NoCelex(f"expected the number of an act of the kind {kind!r}, found {words!r}")
    number, named = celex.of_number(found["number"], kind_of_act[0]), celex.of_address(url)
    if named not in (None, number):
        raise celex.NoCelex(f"the number {words!r} is {number}, its address names {named}")
    return number, found["state"]


def _standing(row: Mapping[str, Any], state: str) -> Literal["basic", "amends", "other"]:
    if _NOT_YET_INCLUDED.search(state):
        return "amends"
    if "consolidated" in state:
        return "basic"
    is_of_another = "Implementing" in row["type"]["data"]["title"] or _OF_ANOTHER.search(row["title"])
    return "other" if is_of_another else "basic"


def _resolution(number: str, title: str) -> str:
    """S/RES/2170 (2014), out of `S/RES/ 2170 (2014)`, `S/RES/2339(2017)` or `S/RES/2653` with its title."""
    told, named = _RESOLUTION_TITLE.fullmatch(title), _RESOLUTION_NUMBER.fullmatch(number)
    if not told or not named or told["number"] != named["number"]:
        raise celex.NoCelex(f"expected one resolution in {number!r} and {title!r}")
    return f"S/RES/{told['number']} ({told['year']})"


def _address(url: str) -> str:
    return url.replace(" ", "%20")


# --- Measures ---------------------------------------------------------------------------------------------------------


def _measure(measure: Restriction, founding_act: str | None) -> Iterator[Record]:
    """The measure, the acts that it rests on, its goods, and the days that its own description states."""
    regime = measure.regime
    type_text, scope = _kind(measure)
    goods = _goods_text(measure) if scope == "goods" else None
    yield Measure(
        measure.key, type_text, measure.locator, scope, programme_key=regime.key,
        authority_name=_authority(regime),
        territory_texts=_territories(measure), title=_title(measure, type_text, goods), goods_text=goods,
        sector_text=_first_sentence(measure) if scope == "sector" else None, exceptions_text=_exceptions(measure),
        quote=(measure.text or measure.title)[:_LONGEST_QUOTE], founding_act=founding_act,
    )  # fmt: skip
    yield from _rests_on(measure, founding_act)
    if goods is not None:
        annexes = [annex for _, annex in _cited(measure) if annex]
        yield Goods(measure.key, "; ".join(annexes) or measure.title, goods, "text", measure.locator, quote=goods)
    yield from _steps(measure)


def _authority(regime: Regime) -> str:
    """The body that adopted the regime, by its full name where the table has it."""
    title: str = _data(regime.row["adopted_by"])["title"]
    names: Mapping[str, str] = regime.source.facts["authority"]
    return names.get(title, title)


def _kind(measure: Restriction) -> tuple[str, Scope]:
    """The kind of the measure in words of the map, and whom it hits; `unknown` for a type never seen."""
    facts = measure.regime.source.facts
    if measure.goods_heading is not None:
        return f"{measure.goods_heading}: {_trade(measure)}", "goods"
    for row in facts["restriction"]:
        if measure.title in row["types"]:
            found = next((words for words in row["words"] if words in measure.text), None)
            if found is not None:
                return f"{measure.title}: {found}", _known_scope(row["scope"])
    if measure.title in facts["scope"] and _TO_THE_LISTED.search(measure.text) and " and to the listed" not in measure.text:
        return measure.title, "listed_targets"
    return measure.title, _known_scope(facts["scope"].get(measure.title, "unknown"))


def _known_scope(word: str) -> Scope:
    found: Scope = next(scope for scope in get_args(Scope) if scope == word)
    return found


def _trade(measure: Restriction) -> str:
    """What is done with goods, as the description says it."""
    if found := _CONDITIONAL.match(measure.text):
        return f"{found['verbs']} is prohibited if"
    if found := _GOODS.match(measure.text):
        return found["verbs"]
    return "prior authorisation" if _AUTHORISED.search(measure.text) else measure.title


def _goods_text(measure: Restriction) -> str:
    found = _CONDITIONAL.match(measure.text) or _GOODS.match(measure.text)
    return found["goods"] if found else _first_sentence(measure)


def _title(measure: Restriction, type_text: str, goods: str | None) -> str | None:
    """Our own line, where a heading, the goods or a kind tells the measure from others of its regime and type."""
    code = measure.regime.source.words["measure_type"].get(type_text)
    heading = _heading(measure, type_text, goods)
    if code is None or not heading:
        return None
    where = ", ".join(_IN_BRACKETS.sub("", each) for each in _territories(measure)) or measure.regime.row["acronym"]
    return f"EU: {code.replace('_', ' ')}" + (f" against {where}" if where else "") + f" ({heading})"


def _heading(measure: Restriction, type_text: str, goods: str | None) -> str:
    facts = measure.regime.source.facts
    for row in facts["heading"]:
        if measure.title == row["type"] and row["words"] in measure.text:
            return str(row["says"])
    if measure.goods_heading is not None:
        is_told = measure.title in facts["goods"]["general"] and goods is not None and len(goods) <= _LONGEST_HEADING
        return goods if goods and is_told else measure.title[:1].lower() + measure.title[1:]
    words = facts["titles"].get(type_text, type_text.partition(": ")[2])
    annexes = [annex for _, annex in _cited(measure) if annex and annex != "Annex"]
    return f"{words}, {' and '.join(annexes)}" if words in facts["headings"]["with_annex"] and annexes else words


def _territories(measure: Restriction) -> tuple[str, ...]:
    for row in measure.regime.source.facts["territory"]:
        if row["words"] in measure.text:
            return tuple(row["territory_texts"])
    return measure.regime.territory_texts


def _first_sentence(measure: Restriction) -> str:
    return _SENTENCE.split(measure.text, maxsplit=1)[0] or measure.title


def _exceptions(measure: Restriction) -> str | None:
    return "; ".join(_EXCEPTIONS.findall(measure.text)) or None


# --- What a measure rests on ------------------------------------------------------------------------------------------


def _rests_on(measure: Restriction, founding_act: str | None) -> Iterator[MeasureInstrument]:
    """The acts that the description names impose it; the other basic acts of the regime are its authority."""
    act, _, article = (founding_act or "").partition("|")
    imposing: dict[str, list[str | None]] = {act: [f"Article {article}" if article else None]} if act else {}
    for number, annex in _cited(measure):
        if number in measure.regime.basic_acts:
            imposing.setdefault(number, []).append(annex)
    for number, provisions in imposing.items():
        yield MeasureInstrument(measure.key, number, "imposes", "; ".join(filter(None, provisions)) or None)
    for number in measure.regime.basic_acts:
        if number not in imposing:
            yield MeasureInstrument(measure.key, number, "authority")


def _cited(measure: Restriction) -> list[tuple[str, str | None]]:
    """The acts that the description names, each with the annex before it."""
    return [(celex.of_number(each["number"], each["kind"]), each["annex"]) for each in _CITED.finditer(measure.text)]


def _founding_acts(measures: list[Restriction]) -> dict[str, str]:
    """The act and provision that founded a measure, for measures of which no other has the same one."""
    found = {measure.key: act for measure in measures if (act := _founding_act(measure))}
    said = {
        key: (act, _kind(measure)[0], _territories(measure)) for measure in measures if (act := found.get(key := measure.key))
    }
    shared = Counter(said.values())
    return {key: act for key, act in found.items() if shared[said[key]] == 1}


def _founding_act(measure: Restriction) -> str | None:
    """By the cited table of provisions; of an asset freeze, the only regulation of the regime, or the only one that freezes."""
    cited = _cited(measure)
    for row in measure.regime.source.facts["provision"]:
        is_named = "annex" not in row or any(
            number == row["act"] and re.fullmatch(rf"{row['annex']}\b.*", annex or "") for number, annex in cited
        )
        if row["act"] in measure.regime.basic_acts and is_named and row["words"] in measure.text:
            return f"{row['act']}|{row['article']}"
    regulations = [number for number in measure.regime.basic_acts if number.startswith("3") and number[5] == "R"]
    is_freeze = measure.regime.source.words["measure_type"].get(measure.title) == "asset_freeze"
    if len(regulations) > 1:
        regulations = [number for number in regulations if number in measure.regime.source.facts["freezing_acts"]]
    return regulations[0] if is_freeze and len(regulations) == 1 else None


# --- Days -------------------------------------------------------------------------------------------------------------


def _steps(measure: Restriction) -> Iterator[Record]:
    """The days that the description gives its measure; without one, that the map shows it, and that it calls it suspended."""
    stated = list(_stated_steps(measure))
    yield from stated
    # A freeze begins with its first listing, which the register of those listed tells better.
    is_freeze = measure.regime.source.words["measure_type"].get(measure.title) == "asset_freeze"
    if not is_freeze and not any(isinstance(step, DatedStep) and step.action == "impose" for step in stated):
        yield _no_later(measure, "impose", "the map shows it on this day and says no day of its own")
    if measure.row["suspend"]:
        yield _no_later(measure, "suspend", "the map calls it suspended on this day")


def _stated_steps(measure: Restriction) -> Iterator[Record]:
    facts = measure.regime.source.facts
    for found in _AS_OF.finditer(measure.text):
        before = measure.text[: found.start("day")].rstrip()
        quote = " ".join(measure.text[: found.end()].split()[-_WORDS_QUOTED:])
        row = next((row for row in facts["dated"] if re.search(f"(?:{row['words']})$", before)), None)
        if row is not None:
            yield from _step(measure, row["action"], found["day"], quote)
        elif not re.search(f"(?:{facts['not_dates']['words']})$", before):
            text = "expected a day of the words of [[dated]] or [not_dates]"
            yield Reject(measure.locator, "dates", "ambiguous_value", text, quote)


def _step(measure: Restriction, action: Action, day: str, words: str) -> Iterator[Record]:
    try:
        period = english(day, is_day_first=True)
    except UnreadableDate as error:
        yield Reject(measure.locator, "dates", "malformed_date", str(error), words)
    else:
        yield DatedStep(
            measure.key, action, "effective", period, source_step_key=f"{action} {day}", locator=measure.locator, quote=words
        )


def _no_later(measure: Restriction, action: Action, derivation: str) -> DatedStep:
    period = Period(None, measure.regime.seen, "not_after", measure.title, derivation=derivation)
    return DatedStep(
        measure.key, action, "unspecified", period, source_step_key=f"{action} in the map", locator=measure.locator
    )
