"""What the lists of the Office of Foreign Assets Control share: how names are joined, which sanction belongs to which
programme, and the measures and acts that follow from the tables of `ofac.toml`.

Every format names the programmes of an entry. The advanced and the enhanced XML also name its kinds of sanction; in the
older formats they are read from what the entry says in its details (`Subject to Directive 1`) and from the tables.
"""

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pipeline.dates import UnreadableDate, english
from pipeline.readers.xml import UnknownContent
from pipeline.records import (
    DatedStep,
    Fact,
    Identifier,
    Instrument,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Period,
    Programme,
    Record,
    Reject,
)

Facts = Mapping[str, Any]
Words = Mapping[str, Mapping[str, str]]

SDN_LIST = "SDN List"
BLOCK = "Block"

_SURNAMES = {"Last Name": 0, "Patronymic": 1, "Matronymic": 2}
_GIVEN_NAMES = {"First Name": 0, "Middle Name": 1, "Patronymic": 2, "Maiden Name": 3, "Nickname": 4}
_WHOLE_NAMES = frozenset({"Entity Name", "Vessel Name", "Aircraft Name"})
_UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Kore", "Hang"})
"""Scripts in which surname and given name are written without a blank or comma."""
LATIN = "Latn"


class Pair(NamedTuple):
    """A sanctions type and the programme that it belongs to; a programme without a type has none."""

    type_name: str | None
    tag: str
    basis: Literal["stated", "derived"]


class Label(NamedTuple):
    """One detail of an entry: what the publisher calls it, and what it says."""

    name: str
    value: str


def join_name(parts: Iterable[tuple[str, str]], script: str) -> str:
    """The whole name out of its parts, each with its NamePartType, as OFAC itself displays it: `SURNAME, First Middle`.

    The parts stand in no steady order in the file, so that their types decide. A patronymic is a given name beside a
    last name (Russian) and a surname without one (Spanish). Held against sdn.csv of 2024-05-01, it gives 14,950 of the
    14,956 names common to both. Raises UnknownContent for an unknown type of part.
    """
    parts = list(parts)
    kinds = {kind for kind, _ in parts}
    if kinds <= _WHOLE_NAMES:
        return " ".join(value for _, value in parts)
    surnames = {"Last Name", "Matronymic"} | (set() if "Last Name" in kinds else {"Patronymic"})
    unknown = kinds - _SURNAMES.keys() - _GIVEN_NAMES.keys()
    if unknown:
        raise UnknownContent(f"a name of a person has the part {', '.join(sorted(unknown))}, which the parser does not know")
    family = sorted((part for part in parts if part[0] in surnames), key=lambda part: _SURNAMES[part[0]])
    given = sorted((part for part in parts if part[0] not in surnames), key=lambda part: _GIVEN_NAMES[part[0]])
    blank, comma = ("", "") if script in _UNSPACED else (" ", ", ")
    return comma.join(blank.join(value for _, value in group) for group in (family, given) if group)


# Which sanction belongs to which programme


def pair(types: Iterable[str], tags: Iterable[str], facts: Facts) -> tuple[list[Pair], list[str]]:
    """Which programme each sanctions type of a party belongs to, and the types that belong to none of its programmes.

    Types and programmes must stand in the tables.
    """
    types, tags = list(dict.fromkeys(types)), list(dict.fromkeys(tags))
    rules = {name: facts["sanctions_type"][name] for name in types}
    taken = {tag for rule in rules.values() for tag in rule.get("programmes", ())}
    beside = {tag for rule in rules.values() for tag in rule.get("not_block", ())}
    basis: Literal["stated", "derived"] = "stated" if len(types) == 1 or len(tags) == 1 else "derived"
    pairs, unpaired = [], []
    for name, rule in rules.items():
        if "programmes" in rule:
            own = [tag for tag in tags if tag in rule["programmes"]]
        else:
            own = _open_tags(tags, taken, beside, facts, must_block=rule.get("needs_power_to_block", False))
        pairs += [Pair(name, tag, basis) for tag in own]
        if not own:
            unpaired.append(name)
    paired = {found.tag for found in pairs}
    return pairs + [Pair(None, tag, "stated") for tag in tags if tag not in paired], unpaired


def _open_tags(tags: list[str], taken: set[str], beside: set[str], facts: Facts, *, must_block: bool) -> list[str]:
    """The programmes of a type that belongs to no single one: those that no directive takes, else what is left."""
    able = [tag for tag in tags if facts["programme"][tag]["can_block"]] if must_block else tags
    usable = [tag for tag in able if tag not in beside]
    return [tag for tag in usable if tag not in taken] or usable or able


def told_types(labels: Iterable[Label], facts: Facts, *, on_sdn_list: bool) -> tuple[str, ...]:
    """The kinds of sanction that an entry tells in its details (`Subject to Directive 1`)."""
    labels = list(labels)
    return tuple(
        dict.fromkeys(
            rule["type"]
            for rule in facts["told"]
            if not (on_sdn_list and rule.get("non_sdn_only")) and any(_tells(label, rule) for label in labels)
        )
    )


def _tells(label: Label, rule: Mapping[str, Any]) -> bool:
    return bool(label.name == rule["label"] and label.value.startswith(rule["starts"]))


def derived_pairs(
    told: tuple[str, ...], tags: tuple[str, ...], facts: Facts, *, on_sdn_list: bool
) -> tuple[list[Pair], list[str]]:
    """As `pair`, for a format without a field for types: what the details tell is stated, what the tables add is derived.

    The tables give a programme its one type, where it has only one, and a block to everybody on the SDN List; elsewhere
    a block where a programme is left that blocks: its person stands on the SDN List too.
    """
    of_tags = [facts["programme"][tag]["type"] for tag in tags if "type" in facts["programme"][tag]]
    types = list(dict.fromkeys([*told, *of_tags]))
    taken = {tag for name in types for tag in facts["sanctions_type"][name].get("programmes", ())}
    if on_sdn_list or any(facts["programme"][tag]["can_block"] for tag in tags if tag not in taken):
        types.append(BLOCK)
    pairs, unpaired = pair(types, tags, facts) if tags else ([], [])
    stated = {None, *told}
    return [found._replace(basis="stated" if found.type_name in stated else "derived") for found in pairs], unpaired


# Measures, their programmes and acts


class Law:
    """The measures of one document, each told once, with its programme and acts.

    `place` says where the document names a list, a programme or a legal basis: it takes the kind and the word.
    """

    def __init__(self, facts: Facts, place: Callable[[str, str], str]) -> None:
        self._facts = facts
        self._place = place
        self._told: set[tuple[str, str]] = set()
        self._numbers: dict[str, str] = {
            words: number for number, act in facts["instrument"].items() for words in act.get("legal_bases", ())
        }

    def known(self, words: Iterable[str], table: str) -> tuple[list[str], list[str]]:
        """The words that a table knows, and those that it does not."""
        found: tuple[list[str], list[str]] = ([], [])
        for word in dict.fromkeys(words):
            found[word not in self._facts[table]].append(word)
        return found

    def list_of(self, found: Pair) -> str:
        """The list on which a sanction under a programme is kept."""
        rule = self._facts["sanctions_type"][found.type_name] if found.type_name else {}
        return str(self._facts["programme"][found.tag].get("list") or rule.get("list") or SDN_LIST)

    def signed(self, found: Pair) -> dt.date:
        """The first day on which a sanction under a programme could be: its directive's, or its programme's earliest act's."""
        acts = self._facts["programme"][found.tag]["authorities"]
        rule = self._facts["sanctions_type"][found.type_name] if found.type_name else {}
        earliest: dt.date = min(self._facts["instrument"][act]["signed"] for act in acts)
        issued: dt.date = rule.get("issued", earliest)
        return max(earliest, issued)

    def named(self, key: str, found: Pair, measure_key: str) -> Iterator[Record]:
        """The day of a directive as the day of a party on the list before, where the table says that it was named then."""
        rule = self._facts["sanctions_type"][found.type_name] if found.type_name else {}
        if key in rule.get("named", ()):
            issued: dt.date = rule["issued"]
            told = Period(issued, issued, "day", str(rule["read"]), derivation="named when the directive was issued")
            yield DatedStep(measure_key, "list", "effective", told, key, source_step_key=str(found.type_name))

    def on_list(self, list_name: str) -> Iterator[Record]:
        """The measure that a list is, where it is new."""
        if self._is_new("measure", list_name):
            authority = self._facts["authority_name"]
            locator = self._place("List", list_name)
            yield Measure(list_name, list_name, locator, "listed_targets", authority_name=authority, title=list_name)

    def under_programme(self, found: Pair, list_name: str) -> Generator[Record, None, str]:
        """Yield the measure of a pair, where it is new, with its programme and acts; return its key."""
        measure_key = f"{list_name}|{found.tag}|{found.type_name or ''}"
        if self._is_new("measure", measure_key):
            yield from self._measure(measure_key, found)
        return measure_key

    def _measure(self, measure_key: str, found: Pair) -> Iterator[Record]:
        rule = self._facts["sanctions_type"][found.type_name] if found.type_name else {}
        title = rule.get("title", "Named on the list")
        facts = self._facts["programme"][found.tag]
        locator = self._place("SanctionsProgram", found.tag)
        territories = tuple(facts["territories"])
        if self._is_new("programme", found.tag):
            yield Programme(found.tag, facts["name"], territory_texts=territories)
        yield Measure(
            measure_key, found.type_name or "Program", locator, "listed_targets", found.tag,
            self._facts["authority_name"], territories, f"{title}: {facts['name']} ({found.tag})",
            founding_act=_blocking_order(measure_key, found, facts),
        )  # fmt: skip
        for number in facts["authorities"]:
            yield from self._instrument(number, locator)
            yield MeasureInstrument(measure_key, number, "authority")

    def cited(self, basis: str, locator: str) -> Generator[Record, None, str | None]:
        """Yield the instrument that a legal basis names, where it is new, and return its number; None for Unknown."""
        if basis == "Unknown":
            return None
        if basis not in self._numbers:
            text = "expected one of legal_bases of [instrument] in the .toml"
            yield Reject(locator, "instruments", "unknown_label", text, basis)
            return None
        number = self._numbers[basis]
        yield from self._instrument(number, self._place("LegalBasis", basis))
        return number

    def _instrument(self, number: str, locator: str) -> Iterator[Record]:
        if self._is_new("instrument", number):
            facts = self._facts["instrument"][number]
            yield Instrument(number, facts["type"], facts["title"], locator=locator)

    def _is_new(self, kind: str, key: str) -> bool:
        if (kind, key) in self._told:
            return False
        self._told.add((kind, key))
        return True


def _blocking_order(measure_key: str, found: Pair, programme: Facts) -> str | None:
    """The executive order that alone gives a programme its block on the SDN List; its own text tells the same measure."""
    acts: list[str] = programme["authorities"]
    is_block = found.type_name == BLOCK and measure_key.startswith(f"{SDN_LIST}|")
    is_only = len(acts) == 1 and acts[0].startswith("Executive Order ") and "further_tag_of" not in programme
    return acts[0] if is_block and is_only else None


class Entries:
    """Listings of entries whose format names programmes only, with the dates that their details state."""

    def __init__(self, facts: Facts, place: Callable[[str, str], str], *, on_sdn_list: bool) -> None:
        self._facts = facts
        self._law = Law(facts, place)
        self._on_sdn_list = on_sdn_list
        self._telling = frozenset(rule["label"] for rule in facts["told"]) | frozenset(facts["features"]["step"])
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[list[Pair], list[str]]] = {}

    def records(self, key: str, locator: str, tags: list[str], labels: list[Label]) -> Iterator[Record]:
        """The listings of an entry under its list and programmes, and the steps that its details date."""
        if self._on_sdn_list:
            yield from self._law.on_list(SDN_LIST)
            yield Listing(key, SDN_LIST)
        renamed = self._facts["renamed"]
        for tag in tags:
            if tag in renamed:
                yield Fact(key, "Program (earlier tag)", tag, note=f"now {renamed[tag]}")
        known, unknown = self._law.known((renamed.get(tag, tag) for tag in tags), "programme")
        for word in unknown:
            yield Reject(locator, "listings", "unknown_label", "expected a key of [programme] in the .toml", word, key)
        telling = [label for label in labels if label.name in self._telling]
        pairs, unpaired = self._pairs(tuple(known), telling)
        for name in unpaired:
            text = "expected a programme of the entry that the sanctions type belongs to"
            yield Reject(locator, "listings", "sanction_without_its_programme", text, f"{name} with {', '.join(known)}", key)
        for found in pairs:
            list_name = self._blocked_elsewhere(found, labels) or self._law.list_of(found)
            measure_key = yield from self._law.under_programme(found, list_name)
            yield Listing(key, measure_key, found.basis)
            yield from stated_steps(key, measure_key, found, telling, self._facts)

    def _pairs(self, tags: tuple[str, ...], labels: list[Label]) -> tuple[list[Pair], list[str]]:
        told = told_types(labels, self._facts, on_sdn_list=self._on_sdn_list) if labels else ()
        if (told, tags) not in self._known:
            self._known[told, tags] = derived_pairs(told, tags, self._facts, on_sdn_list=self._on_sdn_list)
        return self._known[told, tags]

    def _blocked_elsewhere(self, found: Pair, labels: list[Label]) -> str | None:
        """The list of a block that the entry itself says is not on the SDN List."""
        if self._on_sdn_list or found.type_name != BLOCK:
            return None
        for rule in self._facts["blocked_elsewhere"]:
            if rule["programme"] == found.tag and any(_tells(label, rule) for label in labels):
                return str(rule["list"])
        return None


def stated_steps(key: str, measure_key: str, found: Pair, labels: Iterable[Label], facts: Facts) -> Iterator[DatedStep]:
    """The steps that details of an entry date for one sanction: `Effective Date (EO 14024 Directive 3):`."""
    rules = facts["features"]["step"]
    for label in labels:
        rule = rules.get(label.name)
        if rule and found.type_name in rule["sanctions_types"] and (period := day_of(label.value)):
            yield DatedStep(measure_key, "list", rule["step"], period, key, source_step_key=label.name, quote=label.value)


# Details


def day_of(text: str) -> Period | None:
    """The day, month or years that the words name; None where they are irregular, and stand as words alone."""
    try:
        return english(text)
    except UnreadableDate:
        return None


def identifier_type(label: str, value: str) -> str:
    """The label of an identifier, told apart where one label stands for two kinds of number."""
    return f"{label} (IMO)" if label == "Vessel Registration Identification" and value.startswith("IMO") else label


class Details:
    """What an entry says under a label, as the record that holds it."""

    def __init__(self, words: Words, facts: Facts) -> None:
        self.identifiers = words["identifier_type"]
        self._dated = frozenset(facts["features"]["dated"])
        self._countries = frozenset(facts["features"]["country_in_text"]) | frozenset(facts["features"]["country_as_place"])

    def fact(self, key: str, label: str, value: str, note: str | None = None, country: str | None = None) -> Fact:
        """A fact, with its day or country where the label stands for one."""
        period = day_of(value) if label in self._dated else None
        return Fact(key, label, value, period, value if label in self._countries else country, note)

    def identifier(
        self,
        key: str,
        label: str,
        value: str,
        *,
        country: str | None = None,
        issued: str | None = None,
        expires: str | None = None,
        note: str | None = None,
    ) -> Identifier:
        """An identifier; a day of issue or expiry that is irregular stands as words in the note."""
        days = {"issued": issued and day_of(issued), "expires": expires and day_of(expires)}
        words = {"issued": issued, "expires": expires}
        unread = [f"{name} {words[name]}" for name in days if words[name] and not days[name]]
        return Identifier(
            key, identifier_type(label, value), value, country, days["issued"] or None, days["expires"] or None,
            note="; ".join([*([note] if note else []), *unread]) or None,
        )  # fmt: skip


def alias(key: str, name: str, kind: str, *, is_weak: bool) -> Name:
    """Another name of an entry, as the older formats give it: `a.k.a.`, strong or weak, in Latin letters."""
    return Name(key, name, f"{kind} (weak)" if is_weak else kind, script=LATIN)
