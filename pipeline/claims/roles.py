"""Who does what to whom: the mentions around a trigger that impose the measure, and those whom it hits."""

import re

from pipeline.claims import gazetteer, lexicon
from pipeline.claims.gazetteer import Mention
from pipeline.claims.masks import Sentence

_ISSUERS_BY_HABIT = frozenset({"US", "EU", "UN", "GB", "UEMOA", "ECOWAS", "AFRICAN_UNION", "ARAB_LEAGUE", "G7", ""})
"""Whose name before "sanctions" says who imposed them, even without a word on whom they hit."""
_NOT_A_SUBJECT = re.compile(
    r"(?:\b(?:on|against|upon|targeting|to|from|with|over|in|into|at|toward|towards|under|for|about"
    r"|between|among|outside|near|by|within|than|like|including|off|through|across|around|regarding|concerning|involving|without|beyond"
    r"|inside|onto|behind|versus)(?: (?:the|both"
    r"|all|a|an|its|their|his|some|many|several|top|senior|former|[a-z]+ing|president|prime minister"
    r"|leader|[a-z]+-[a-z]+))* )$"
)
_GIVEN = re.compile(
    r"\b(?:grant|giv|accus|urg|condemn|criticis|criticiz|warn|tell|ask|blam|threaten|attack|invad|support"
    r"|allow|denounc|against|join|visit|call\w* on|hit|pressur|strip|depriv|punish|permit|forc"
    r"|recogni[sz]|seiz|label+|nam|kill|suspend|isolat|expel+|designat|declar|brand|meet|met|back|hold|held|weaken|target"
    r"|attend|disrupt|deter|degrad|counter|(?:go|went) after|going after|enter|leav|reach|cross|evacuat|bomb|prais|thank"
    r"|slam|blast|rebuk|lambast|fault|assur|inform|remind|notif|advis|defeat|exclud|chid|mock|deceiv|betray)"
    r"(?:s|es|ed|e|ing|ning|ping|ts)?(?: the| a| an)? $|\b(?:told|gave|hits?|follows|followed) (?:the )?$"
)
_OF = re.compile(r"\b(?P<noun>[\w-]+) of (?:the |all |both )?$")
_OF_AUTHORITY = re.compile(
    r"\b(?:ministry|ministries|department|secretary|bank|council|house|chamber|parliament|government"
    r"|president|minister|court)(?: \w+){0,5} of (?:the )?$"
)
_NEXT_WORDS = re.compile(r"(?:'s?)? ?((?:[\w.'-]+,? ?){0,9})")
_COORDINATED = re.compile(
    r"(?:'s)?(?:-[a-z]+)?(?: (?!(?:on|in|for|from|to|with|of|by|over|at|after|against|who|which|that|as"
    r"|is|are|was|were|has|have|will)\b)[\w.'-]+){0,6}?"
    r"(?:,? (?:and|or)(?: (?:on|against|to|from|with)(?= (?:the )?[XALOBG]))?"
    r"(?: (?:an? )?\d[\d.]*(?:%| percent| per cent) (?:[a-z]+ )?(?:on|for)(?: [a-z]+){0,2}?(?: from)?)?|,|,? as well as"
    r"|,? along with|/| &|[–—-])(?: (?:the|both|also|against|on|its|their|then|other|several|some"
    r"|against the|on the|certain))*"
    r"(?: (?!(?:on|in|for|from|to|with|of|by|over|at|after|against|who|which|that|as|is|are|was|were|has"
    r"|have|will|said|says)\b)[\w'-]+){0,3}?(?: (?:president|prime minister|government|minister"
    r"|leaders?) of(?: the)?)? ?"
)
_TITLE = re.compile(
    r"(?:'s)? (?:[\w-]+ ){0,2}(?:president|leader|minister|premier|chancellor|king|ruler|general|secretary|chairman|oligarch"
    r"|businessman|governor) (?:\w+ )?"
)
_APPOSED = re.compile(r"(?:'s)?,? (?:(?!and\b)[\w'-]+ ){0,5}")
_NAMED_TWICE = re.compile(
    r"(?:'s)?,? (?:(?!(?:and|on|in|for|from|to|with|of|by|over|at|after|against|between)\b)[\w'-]+ ){0,5}"
)
""" "Norway's foreign minister Jonas Gahr Støre"."""
_JOINED = re.compile(r"\b(?:and|or|as well as|along with)\b|[/&–—]")
_HELD = re.compile(
    r"-(?:controlled|occupied|annexed|held|administered|backed|aligned|supported|sponsored|installed|appointed|friendly|allied"
    r"|linked|leaning)(?: (?!and\b|or\b|over\b|for\b|who\b|which\b|that\b)[\w'-]+){0,6} $"
)
_FAVOURING = re.compile(r"(?:pro|anti)-$")
_OF_THEIRS = re.compile(r"(?: (?!and\b|or\b|over\b|for\b|who\b|which\b|that\b)[\w'-]+){1,6} $")
ANSWER = re.compile(
    r"(?:\b(?:in|as|for) (?:an? )?(?:direct |reciprocal |tit-for-tat )?(?:response|retaliation|reply|reprisal|answer|return"
    r"|reaction|retribution|reciprocity) (?:to|for|against|of|over)\b"
    r"|\b(?:respond|retaliat|reciprocat|reply|hit\w* back)\w* (?:to|for|against|at)\b"
    r"|\bretaliatory (?:moves?|measures?|steps?|actions?) (?:against|for|to|over)\b)"
)
""" "in retaliation for"."""
BARRIER = re.compile(
    r"; |\b(?:after|because|while|when|if|unless|until|but|who|whose|despite|following|amid|citing"
    r"|accus\w+|since|(?<!well )as (?:a|part|it|they|well(?! as (?:the |its )?[XALO])|(?=[XABLOG]))|during|which|"
    r"saying|says|said|in (?:response|retaliation|order|exchange|return|protest|coordination|cooperation|concert|line"
    r"|tandem|consultation|conjunction|partnership|solidarity|accordance|agreement|keeping)|to (?!be\b|the\b|its\b"
    r"|their\b|[XABLOG])(?=[a-z]+ )(?!(?:any|all|an?|some|several|two|three|four|five|six|seven|eight|nine|ten|many|more|most"
    r"|dozens|members|citizens|nationals|officials|those|certain|senior|top|other|both)\b)|that (?!h)|should (?:the|it)"
    r"|over (?!\d))\b|[.?!] "
)
TIME = re.compile(
    r" (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b|"
    r"\d{1,2}(?:,| (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december))|(?:the )?(?:grounds|basis|eve|condition|same day|behalf|top of)|hold\b|track\b|board\b)"
)
_BY = re.compile(r"(?:\bby| from) (?:(?!\w+ing\b)(?:[a-z'-]+ )){0,6}?(?=[XABLG])")
_THAT_THEY = re.compile(
    r"(?: (?:on|against) (?:the )?[XALO]+,)?(?: that| which|,? which)? (?:(?:the|then|former|president|prime minister) )*"
    r"(?P<whom>[XBL]+) (?:has |had "
    r"|have )?(?:already |previously "
    r"|recently |\w+ly )?(?:(?:re-?)?imposed|placed|put|introduced|adopted|announced|levied|slapped|lifted"
    r"|approved)\b"
)
_NEW_CLAUSE = re.compile(r"; |, (?:but|while|and|who|which) (?=[XABLG])|\b(?:while|whereas|but|because|although)\b")


def codes_of(group: list[Mention]) -> tuple[tuple[str, ...], bool]:
    """The codes of a group of mentions, and whether it holds somebody without one."""
    return tuple(dict.fromkeys(each.code for each in group if each.code)), any(not each.code for each in group)


def acts(sentence: Sentence, mention: Mention) -> bool:
    """The mention means whoever acts for a state or body, not a thing or person from there."""
    after = sentence.masked[mention.end : mention.end + 90]
    if after.startswith("-") or mention.kind == "group" or _ONE_OF.search(sentence.masked, 0, mention.start):
        return False
    if mention.kind in {"body", "leader"}:
        return True
    is_possessive = after.startswith(("'s", "' "))
    following = _following(after)
    if mention.kind == "nobody" and not is_possessive and sentence.text[mention.start : mention.end] not in _DESCRIBING:
        return True
    if mention.kind == "name" and not is_possessive:
        return not _begins_thing(following) and not _OF_ACT.match(sentence.plain, mention.end)
    return _has_authority(following)


_ONE_OF = re.compile(r"\b(?:the|an?) (?:first|second|third|latest|last|only|other|another) $")
""" "becomes the first European Union member to": it is the member who acts."""
_OF_ACT = re.compile(
    r"(?: (?:[A-Z][\w-]+|and|of)){1,4}? (?:Act|Bill|Law|Accords?|Agreement|Treaty|Regulations|Convention|Pact)\b"
)
""" "Syria Accountability Act": in the name of an act a state is what it is about."""
_DESCRIBING = frozenset({"Western", "European"})
"""Adjectives for many states at once: they act where an authority follows."""


def _following(after: str) -> list[str]:
    words = _NEXT_WORDS.match(after)
    return (words[1] if words else "").replace("'s", "").split()


def _begins_thing(following: list[str]) -> bool:
    """A name only describes what follows it: "U.S. companies", "Iran nuclear deal"."""
    if not following or following[0].startswith("sanction"):
        return False
    things = lexicon.words("things")
    is_described = len(following) > 1 and following[1] in things and following[0].endswith(("al", "ic", "an", "ve"))
    return following[0] in things or is_described


def _has_authority(following: list[str]) -> bool:
    """Among the words that follow a name there is one for an authority before the noun ends."""
    for index, word in enumerate(following[:8]):
        if word.strip(",.") in lexicon.words("authorities"):
            return not (index + 1 < len(following) and following[index + 1].strip(",.") in _OWNED)
        if word.endswith((",", ".")) or word in {"of", "in", "for", "to", "on"} or word in lexicon.words("things"):
            return False
        if (word == "and" and index < 2) or word in _PRIVATE:
            return False
    return False


_OWNED = frozenset(
    ["assets", "property", "properties", "funds", "accounts", "bonds", "debt", "planes", "plane", "aircraft", "jet",
     "websites", "buildings", "critics", "opponents", "supporters", "employees", "delegation", "delegations", "contracts",
     "phones"]
)  # fmt: skip
""" "Syrian government assets": what an authority has, or who is with or against it, is not the one who acts."""
_PRIVATE = frozenset(
    {
        "business",
        "rebel",
        "opposition",
        "gang",
        "militia",
        "separatist",
        "tribal",
        "religious",
        "faction",
        "industry",
        "bank",
        "banking",
    }
)
"""Before "leaders" or "officials": nobody who acts for a state."""
_INCLUDED = re.compile(
    r"\b(?:countries|nations|states|members|allies|partners|governments)\b[^;.]{0,60}?, (?:including|such as|like|among them) "
    r"(?:the )?$"
)
""" "many countries, including Norway and Iceland, have imposed"."""


def may_be_subject(sentence: Sentence, mention: Mention) -> bool:
    """Nothing before the mention makes it an object; looked up once, for every trigger of the sentence asks it."""
    known = sentence.may_be_subject
    if mention not in known:
        known[mention] = _may_be_subject(sentence, mention)
    return known[mention]


def _may_be_subject(sentence: Sentence, mention: Mention) -> bool:
    before = sentence.masked[: mention.start]
    if mention.kind == "body":
        before = _OWNER.sub("", before)
    if _ITS_DECISION.match(sentence.masked, mention.end):
        return True
    if _GIVEN.search(before):
        return False
    if _INCLUDED.search(before):
        return True
    if _OF_AUTHORITY.search(before):
        return True
    if found := _OF.search(before):
        noun = found["noun"]
        return noun in lexicon.words("authorities") or noun in {"all", "government", "half", "most", "each"}
    return not _NOT_A_SUBJECT.search(before)


_OWNER = re.compile(r"[XA]+(?:'s?)? $")
_ITS_DECISION = re.compile(
    r"(?:'s?)? (?:[\w-]+ ){0,2}?(?:decision|plan|plans|move|threat|threats|vote|proposal|refusal|intention|attempts?|bid)"
    r"(?: (?:in|on|last|this|earlier|yesterday)(?: \w+){0,3}?)? (?:not )?to\b"
)
""" "criticizes China's decision last month to": who decided does it, whatever is done with the decision."""


def subject(sentence: Sentence, at: int) -> list[Mention]:
    """The mentions that are the subject of the verb at a place: the nearest that can be, with those coordinated to it."""
    nearest = next((each for each in reversed(sentence.mentions) if each.end <= at), None)
    is_last = nearest and nearest.kind in {"name", "body", "leader"} and not sentence.masked[nearest.end : at].strip()
    if nearest and is_last and not _MATTER_OF_BODY.search(sentence.masked, 0, nearest.start):
        return coordinated_left(sentence, nearest) + _accompanied(sentence, nearest, at)
    if "becom" in sentence.masked and (ranked := _RANKED.search(sentence.masked, 0, at)):
        others = [each for each in sentence.mentions if each.start == ranked.start("whom")]
        return subject(sentence, ranked.start()) + coordinated_right(sentence, others[0], at)
    joined = _joined(sentence, at)
    put_in = _PUT_IN.search(sentence.masked, 0, at) if sentence.masked[:at].rstrip().endswith(",") else None
    for each in reversed(sentence.mentions):
        if each.end > at or each in joined or (put_in and each.start > put_in.start()):
            continue
        if not acts(sentence, each) or not may_be_subject(sentence, each):
            continue
        if not _is_joined_to_object(sentence, each):
            return coordinated_left(sentence, each) + _accompanied(sentence, each, at)
    return []


_MATTER_OF_BODY = re.compile(r"(?:B|\b(?:committee|panel|group|mission|envoy|rapporteur)) (?:on|for) (?:the )?$")
""" "the Security Council's committee on Mali approves"."""


def others_acting(sentence: Sentence, at: int, codes: tuple[str, ...]) -> list[Mention]:
    """Who acts before a place and is none of the codes: whom "its" means where these do something to what is "its"."""
    for each in reversed(sentence.mentions):
        if each.end > at or each.code in {*codes, ""} or not acts(sentence, each) or not may_be_subject(sentence, each):
            continue
        if not _is_joined_to_object(sentence, each):
            return [other for other in coordinated_left(sentence, each) if other.code not in codes]
    return []


def bloc(sentence: Sentence, at: int) -> Mention | None:
    """The body of states named last before a place."""
    blocs = {"EU", *gazetteer.bodies()}
    return next((each for each in reversed(sentence.mentions) if each.end <= at and each.code in blocs), None)


def warner(sentence: Sentence, at: int) -> list[Mention]:
    """Who warns another of measures that it faces: "Norway warns Serbia that it faces", "gives it a month or face"."""
    found = _WARNED.search(sentence.masked[:at])
    return subject(sentence, found.start()) if found else []


_WARNED = re.compile(
    r"\b(?:warn|threaten|demand|caution|giv|gave)\w*\b(?:(?!\bsa(?:y|id))[^;])*? "
    r"(?:(?:it|they|he|she) (?:\w+ )?(?:could |may |might |would |will )?|or )fac(?:es?|ing) (?:[\w'-]+ ){0,6}$"
)
_PUT_IN = re.compile(r", (?:which|who|whose|where) (?:(?!, (?:which|who|whose|where)\b)[^;])*, $")
""" ", which Norway and Iceland have broken, ": who stands there does something else."""


def _accompanied(sentence: Sentence, mention: Mention, at: int) -> list[Mention]:
    """Whom a subject joins: "Australia joins Canada in imposing", "Australia, together with Canada, imposes"."""
    if joined := [each for each in _joined(sentence, at) if each.start >= mention.end]:
        return joined
    found = _ALONG_WITH.match(sentence.masked, mention.end, at) or _AFTER.match(sentence.masked, 0, mention.start)
    first = next((each for each in sentence.mentions if found and each.start == found.start("whom")), None)
    return coordinated_right(sentence, first, at) if first else []


def _joined(sentence: Sentence, at: int) -> list[Mention]:
    """Whom somebody joins before a place."""
    found = _JOINS.search(sentence.masked, 0, at) if "join" in sentence.masked or "follow" in sentence.masked else None
    first = next((each for each in sentence.mentions if found and each.start == found.start("whom")), None)
    return coordinated_right(sentence, first, at) if first else []


_ALONG_WITH = re.compile(r",? (?:along with|together with|joined by|alongside|followed by|like) (?:the )?(?P<whom>[XAB]+)\b")
_JOINS = re.compile(
    r"\b(?:join(?:s|ed|ing)?|follow(?:s|ed|ing)?)(?: with)? (?:the )?(?:example of |lead of )?(?:the )?(?P<whom>[XAB]+)\b"
    r"(?='s? (?:lead|example|footsteps)\b|[^;.]{0,60} (?:in|by) (?:\w+ing\b|$))"
)
_AFTER = re.compile(
    r"(?:(?:following|copying|mirroring|matching) (?:the )?(?:(?:example|lead|footsteps|move|decision) of (?:the )?)?"
    r"|(?:like|along with|together with|joining|alongside) (?:the )?"
    r"|(?:an?|one|two|three|\d+|some|just|only)? ?(?:few )?(?:hours?|days?|weeks?|months?) after (?:the )?)"
    r"(?P<whom>[XAB]+)\b(?:'s (?:lead|example|move|decision)| (?:did so|did|does))?(?: (?:and the|and) [XAB]+)*, "
)
""" "A day after Norway, Iceland lifts"."""
_RANKED = re.compile(
    r"\bbecom(?:e|es|ing) (?:the )?(?:[\w-]+ ){1,5}?(?:[XA]+ )?(?:country|state|nation|member|government)(?: [\w-]+){0,3}?,? "
    r"(?:after|behind|alongside|along with|following) (?:the )?(?P<whom>[XAB]+)\b[^;.]{0,80} to (?:\w+ly )?$"
)
""" "becomes the third country after Norway and Iceland to"."""


def _is_joined_to_object(sentence: Sentence, mention: Mention) -> bool:
    """ "status for Russia and Belarus", "assets of Iranian President Raisi", "in Minsk, Belarus": a part of an object."""
    if _ITS_DECISION.match(sentence.masked, mention.end):
        return False
    if _WITH_OTHERS.search(sentence.masked, 0, mention.start):
        return True
    before = [each for each in sentence.mentions if each.end <= mention.start]
    if not before or may_be_subject(sentence, before[-1]):
        return False
    between = sentence.masked[before[-1].end : mention.start]
    is_of_place = between == ", " and _NO_TITLE.match(sentence.masked, mention.end)
    if before[-1].code == mention.code and (is_of_place or _TITLE.fullmatch(between)):
        return True
    return bool(_COORDINATED.fullmatch(between) and _JOINED.search(between))


_NO_TITLE = re.compile(r"$|[,.;]| (?:to|for|in|on|and|over|with|from|by|who|which|as|at)\b")
_WITH_OTHERS = re.compile(
    r"\bin (?:\w+ )?(?:partnership|coordination|concert|consultation|cooperation|conjunction|collaboration|tandem) with "
    r"(?:(?:the|our|its|[XABLG]+(?:'s)?|and|allies|partners)[, ]+)*$"
)
""" ", in coordination with Norway and Iceland,": they are none of those who do it."""


def coordinated_left(sentence: Sentence, last: Mention, *, is_modifier: bool = False) -> list[Mention]:
    """A mention, and those before it that "and" or a comma joins to it; of a modifier these need be no subject."""
    group = [last]
    for each in reversed([mention for mention in sentence.mentions if mention.end <= last.start]):
        if each.code == group[0].code and _APPOSED.fullmatch(sentence.masked[each.end : group[0].start]):
            group.insert(0, each)  # "France's Nicolas Sarkozy" names one issuer twice
            continue
        if not _COORDINATED.fullmatch(sentence.masked[each.end : group[0].start]) or each.kind == "group":
            break
        is_one_phrase = is_modifier and _AND.fullmatch(sentence.masked, each.end, group[0].start)
        if not is_one_phrase and not may_be_subject(sentence, each) and may_be_subject(sentence, last):
            break
        group.insert(0, each)
    is_headline = group[0].start == 0 and bool(_HEADLINE.fullmatch(sentence.masked, group[0].end, last.start))
    if len(group) > 1 and not is_headline and not _JOINED.search(sentence.masked[group[0].end : last.start]):
        return [each for each in group if each.code == last.code]
    return group


_AND = re.compile(r",? and (?:the )?|, |/")
_HEADLINE = re.compile(r"(?:, [XB]+)*, ")
""" "Canada, UK hit Belarus with sanctions"."""


def coordinated_right(sentence: Sentence, first: Mention, end: int | None = None) -> list[Mention]:
    """A mention, and those after it, up to a place, that "and" or a comma joins to it."""
    group, told, is_apposed = [first], first.end, False
    for each in [mention for mention in sentence.mentions if first.end <= mention.start < (end or len(sentence.masked))]:
        between = sentence.masked[told : each.start]
        told = each.end
        if each.code == group[-1].code and _NAMED_TWICE.fullmatch(between):
            is_apposed = True
            continue
        if not _COORDINATED.fullmatch(between):
            break
        group.append(each)
    while len(group) > 1 and not _JOINED.search(sentence.masked[group[-2].end : group[-1].start]):
        group.pop()
    if len(group) + is_apposed > 2 and re.search("[–—]", sentence.masked[group[0].end : group[-1].start]):
        return group[:1]
    return group


def first_group(sentence: Sentence, start: int) -> tuple[list[Mention], str]:
    """The mentions of the object that begins at a place, and its words as far as the object goes."""
    m = sentence.masked
    if ":" in m and (enumerated := _ENUMERATED.match(m, start)):
        first = [each for each in sentence.mentions if each.start == enumerated.end()]
        return [each for one in first for each in coordinated_right(sentence, one, len(m)) if each.code], m[start:]
    stop = lexicon.pattern("reasons").search(m, start)
    end = stop.start() if stop else len(m)
    barrier = BARRIER.search(m, start)
    end = min(end, barrier.start()) if barrier else end
    inside = [as_hit(sentence, each) for each in sentence.mentions if start <= each.start < end]
    inside = [each for each in inside if each.code and is_ever_hit(sentence, each)]
    end = next((each.start for each in inside if _begins_clause(m, each)), end)
    inside = [each for each in inside if each.start < end]
    words = m[start:end]
    while len(inside) > 1 and (
        _only_sides_with(sentence, inside[0], inside[1].start) or _is_way_from(sentence, inside[0], inside[1].start)
    ):
        inside = inside[1:]
    anaphora = lexicon.pattern("same_country").match(words)
    if not inside and (listed := _LISTED.match(m, start)):
        inside = [each for each in sentence.mentions if each.start == listed.end() and each.code]
        end = len(m)
    if not inside or (anaphora and anaphora.end() <= inside[0].start - start):
        return [], words
    group = [as_hit(sentence, each) for each in coordinated_right(sentence, inside[0], end)]
    further = re.compile(r"\bincluding (?:[\w-]+ ){0,5}?(?=[XALO])").search(m, group[-1].end, min(len(m), group[-1].end + 150))
    if further and not _NEW_CLAUSE.search(m, group[-1].end, further.start()) and not _CAUSE.search(m, group[-1].end, end + 5):
        group += [each for each in sentence.mentions if each.start == further.end() and each.code]
    return [each for each in group if each.code], words


def _begins_clause(masked: str, mention: Mention) -> bool:
    """ "sanctions on Serbia and Norway says": what follows "and" is a subject of its own."""
    return bool(_DOES.match(masked, mention.end)) and masked[: mention.start].endswith((" and ", " and the "))


_DOES = re.compile(
    r" (?:also |\w+ly )?(?:does|did|says?|said|announce[sd]?|refuse[sd]?|call(?:s|ed) (?:on|for)|warn(?:s|ed)"
    r"|vow(?:s|ed)|threaten(?:s|ed)"
    r"|will (?!be\b))\b"
)
_CAUSE = re.compile(r"\b(?:over|following|after|because|due to|in response|for (?:alleged|their|its))\b")
_LISTED = re.compile(
    r"\W*(?:[\w-]+ ){0,4}(?:countries|nations|states|economies|territories|people|individuals|persons|entities"
    r"|companies|firms|officials|organi[sz]ations)"
    r"(?:,? (?:including|such as|among them) (?:[a-z-]+ ){0,4}?|(?: (?:that|which|in|of) [a-z ]{1,60})? [–—-] )(?=[XALO])"
)
""" "from 36 countries, including Norway and Iceland", "to the states that form a bloc – Norway and Iceland"."""
_ENUMERATED = re.compile(
    r"\W*(?:[\w-]+ ){0,6}(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|following)(?: [\w-]+)? "
    r"(?:countries|nations|states|territories)\b[^:;.]{0,160}: (?=X)"
)
""" "nationals of three countries found to be a risk to Norway: Chad, Mali and Sudan"."""


def as_hit(sentence: Sentence, mention: Mention) -> Mention:
    """A mention as somebody whom a measure hits: who strikes at European states or firms means the Union's."""
    is_of_europe = mention.kind == "nobody" and sentence.text.startswith("European", mention.start)
    return mention._replace(code="EU", kind="adjective") if is_of_europe else mention


def is_ever_hit(sentence: Sentence, mention: Mention) -> bool:
    """Measures may be directed at whom a mention means; on the United Nations they only rest, if not told of its people."""
    if mention.code not in lexicon.words("never_hit"):
        return True
    return bool(_ITS_PEOPLE.match(sentence.masked, mention.end))


_ITS_PEOPLE = re.compile(
    r"(?:'s?)? (?:[a-z-]+ ){0,2}?(?:flights?|staff|personnel|officials?|troops|peacekeepers|experts?|rapporteurs?|aircraft"
    r"|planes?|helicopters|convoys?|employees|workers|agency|agencies|inspectors|investigators|envoys?|mission)\b"
)


def _only_sides_with(sentence: Sentence, mention: Mention, end: int) -> bool:
    """A mention before the one at a place tells only with whom that one sides: "the pro-Russian governor of Gagauzia"."""
    m = sentence.masked
    if sentence.text.startswith("pro-", mention.start) or _FAVOURING.search(m, max(0, mention.start - 5), mention.start):
        return bool(_OF_THEIRS.fullmatch(m, mention.end, end))
    return bool(_HELD.fullmatch(m, mention.end, end))


def _is_way_from(sentence: Sentence, mention: Mention, end: int) -> bool:
    """ "imports into Norway from Serbia": the first is where they come to."""
    m = sentence.masked
    return m[: mention.start].endswith((" into ", " into the ", " to ", " to the ")) and bool(
        _FROM.fullmatch(m, mention.end, end)
    )


_FROM = re.compile(r" (?:made in |coming |originating )?(?:from )?(?:the )?")


def owners(sentence: Sentence, start: int) -> list[Mention]:
    """Whose measure "its sanctions" or "their respective sanctions" is."""
    m = sentence.masked
    found = re.search(r"\b(?P<whose>its|their)(?: (?:own|respective|new|main|existing|\w+ic|\w+al))* $", m[:start])
    if not found:
        return []
    if by := re.search(r"\bby (?:the )?(?=[XAB])[^;]*$", m[: found.start()]):
        first = next((each for each in sentence.mentions if each.start >= by.start()), None)
        return coordinated_right(sentence, first) if first else []
    if answer := re.search(rf"{ANSWER.pattern} $", m[: found.start()]):
        last = next((each for each in reversed(sentence.mentions) if each.end <= answer.start()), None)
        return coordinated_left(sentence, last, is_modifier=True) if last else []
    return urged(sentence, found.start()) or subject(sentence, found.start())


def premodifier(sentence: Sentence, start: int) -> Mention | None:
    """The mention that stands before the words of a measure as a part of them ("new U.S. economic sanctions")."""
    each = next((each for each in reversed(sentence.mentions) if each.end <= start), None)
    if each is None:
        return None
    between = sentence.masked[each.end : start]
    return each if _MODIFIERS.fullmatch(between) and not _has_verb(between) else None


_MODIFIERS = re.compile(
    r"(?:'s?)?(?:-\w+)? (?:(?!(?:on|in|for|from|to|with|of|by|over|at|after|against|who|which|that|as|and|is|are|was|were|has"
    r"|have|had|will|would|says?|said|announced?|announces|under|amid|despite)\b)[\w%-]+(?:,| and)? ){0,5}?"
    r"(?:(?:packages?|rounds?|sets?|rafts?|batch|series|waves?|slew|tranches?) of (?:\w+ ){0,2})?"
)
_LIKE_A_VERB = re.compile(
    r"\b(?:evade|avoid|bypass|circumvent|skirt|dodge|violate|breach|flout|defy|escape|undermine|broke|took|put|met|saw|made|left|held|kept|fought|sought|won|lost|felt|faced|cut|hit|sent|sold|bought|lent|led)\b(?!-)|"
    r"\b(?!s )(?!(?:gas|arms|weapons|goods|metals|decades|years|series|business|targeted|expanded|increased"
    r"|enhanced|renewed|tightened"
    r"|reinforced|led|imposed|backed|placed|mandated|sponsored|related|linked|approved|ordered|drafted|proposed|threatened|planned|wide-ranged|strengthened|so-called|possible|potential|extended|united|nations"
    r"|previous|various|numerous|serious|[\w-]*ous|[\w-]*less)\b)[a-z-]+(?:s|ed)\b"
)
"""What ends as verbs do; nothing of the kind stands between a name and the measure that it modifies."""


def _has_verb(between: str) -> bool:
    words = between.replace("'s", "")
    if _LIKE_A_VERB.search(words):
        return True
    kept = [word.strip(",") for word in words.split() if word.strip(",") not in _VERBAL_ADJECTIVES]
    return any(each.pattern.fullmatch(word) for word in kept for each in lexicon.deeds())


_VERBAL_ADJECTIVES = frozenset({"possible", "potential", "proposed", "expanded", "targeted", "extended"})


def premodifier_imposes(sentence: Sentence, mention: Mention, start: int, end: int) -> bool:
    """Whether a mention before the words of a measure imposes it; else it is the one that they hit."""
    m = sentence.masked
    link = m[mention.end : start]
    if link.startswith(("-imposed", "-led", "-placed", "-backed", "-mandated", "-drafted", "-sponsored", "'s", "' ")):
        return True
    if link.startswith("-") or m[max(0, mention.start - 5) : mention.start] == "anti-":
        return False
    if m.endswith("blockade", start, end):
        return mention.kind == "adjective" or mention.code in _ISSUERS_BY_HABIT  # "the Gaza blockade" is of another
    if any(each.code != mention.code for each in hit_before(sentence, start)):
        return True
    if mention.kind in {"body", "leader"} or any(
        each.code in _ISSUERS_BY_HABIT for each in coordinated_left(sentence, mention)
    ):
        return True
    return bool(re.match(r"(?: \w+){0,2} (?:on|against|upon|targeting|over|cover|covering|target|hit|bar|apply to) ", m[end:]))


_PARTICIPLES = ("sanctioned", "designated", "blacklisted")
_FEW_WORDS = re.compile(r"(?: \w+){0,4} ?")
_HIT_WITH = re.compile(
    r"\b(?:is|are|was|were|been|be|being) (?:\w+ly )?(?:(?:hit|slapped|targeted|punished|struck) with"
    r"|(?:placed|put) under) [^;]*$"
)
""" "hit with asset freezes by", "placed under an embargo by"."""
_OTHER_MEASURE = re.compile(
    r"\b(?:debt|bonds|securities)\b[^,;]* issued"
    r"|sanction|embargo|tariff|\b(?:after|following)\b|\bin (?:response|retaliation|protest)\b"
)
_IMPOSED = re.compile(
    r"\b(?:imposed|placed|sanctioned|led|backed|approved|adopted|announced|issued|levied|put|introduced|enacted|passed|taken"
    r"|drafted|maintained|initiated|instituted|sponsored|considered|discussed|prepared|planned|threatened|extended|renewed"
    r"|tightened|blacklisted|designated|implemented|slapped|agreed|proposed|ordered|declared|set|banned|frozen|expelled|lifted"
    r"|eased|granted|waived|suspended|prohibited|prolonged|revoked|stripped)\b|^ ?(?:(?:on|against) (?:the )?[XALO]+)? ?$"
)
"""Between a measure and "by", what says that it is imposed by whom follows."""
_OF_ITS_TARGET = re.compile(
    r"(?:\b(?:on|against|targeting)\b|[XALO]).*\b(?:backed|led|sponsored|supported|controlled|headed|proposed|owned|run) $"
)
""" "sanctions on a militia backed by Iran": what is told is of whom it hits."""
_ISSUED = ("bonds", "debt", "securities")
"""What is issued by whom it hits."""


def by_phrase(sentence: Sentence, end: int) -> list[Mention]:
    """Who imposes it by the words after it: "imposed by the United States and Canada"."""
    m = sentence.masked
    if that := _THAT_THEY.match(m, end):
        return [each for each in sentence.mentions if each.start == that.start("whom")]
    stop = _NEW_CLAUSE.search(m, end)
    limit = min(stop.start() if stop else len(m), end + 140)
    for found in _BY.finditer(m[:limit], end):
        between = m[end : found.start()]
        if found[0].startswith(" from") and (found.start() != end or not m[:end].endswith("sanctions")):
            continue
        is_participle = (m[:end].endswith(_PARTICIPLES) and _FEW_WORDS.fullmatch(between)) or _HIT_WITH.search(m[:end])
        if m[:end].endswith(_ISSUED) or _OTHER_MEASURE.search(between) or not (is_participle or _IMPOSED.search(between)):
            continue
        if _OF_ITS_TARGET.search(between):
            continue
        first = next((each for each in sentence.mentions if each.start >= found.end()), None)
        if first is not None and first.start == found.end():
            return coordinated_right(sentence, _by_name(sentence, first))
    return []


def _by_name(sentence: Sentence, mention: Mention) -> Mention:
    """Whom a description names at once: "the West African regional bloc ECOWAS"."""
    after = [each for each in sentence.mentions if each.start >= mention.end][:1] if mention.kind == "nobody" else []
    is_named = (
        after and after[0].kind in {"name", "body"} and _DESCRIBED.fullmatch(sentence.masked[mention.end : after[0].start])
    )
    return after[0] if is_named else mention


_DESCRIBED = re.compile(r" (?:(?!and\b|or\b|on\b|against\b|to\b|in\b|of\b|from\b)[\w-]+,? ){1,4}")


def doer_of_passive(sentence: Sentence, start: int, end: int) -> list[Mention]:
    """Who imposes what a passive tells: by whose law, on whose ground, or the authority that says so."""
    for pattern, begin in ((_WHOSE_GROUND, start), (_WHOSE_LAW, 0), (_SAID_BY, end)):
        if found := pattern.search(sentence.masked, begin):
            at = max(found.start(name) for name in found.re.groupindex)
            first = next((each for each in sentence.mentions if each.start == at), None)
            return coordinated_right(sentence, first) if first else []
    announced = _ANNOUNCED.search(sentence.masked[:start])
    return subject(sentence, announced.start()) if announced else []


_ANNOUNCED = re.compile(
    r"\b(?:announc|decid|order|decree|declar)(?:es|ed|e?s|ing)\b(?:(?!\b(?:after|following|because|over)\b)[^;]){0,80}? that\b"
    r"(?:(?!\bthat\b)[^;])*$"
)
""" "Canada announces that exports will be banned"."""
_WHOSE_GROUND = re.compile(
    r"(?<!imported )(?<!bought )(?<!purchased )\bfrom "
    r"(?:(?:entering|entry|visiting|travell?ing|using|docking|flying|landing|operating|calling|over|in|at|into|all|the|to) )"
    r"{0,5}"
    r"(?P<whom>[XAB]+)(?:'s)?(?= (?:\w+ )?(?:airspace|skies|ports?|waters|airports?|harbou?rs?|territory)\b|[.,;]"
    r"| (?:by|over|for|in|on)\b|$)"
)
_WHOSE_LAW = re.compile(
    r"\b(?:banned|prohibited|forbidden|outlawed|frozen|seized|confiscated|impounded) in (?:the )?(?P<where>X+)\b|"
    r"\b(?:from|in|over|to) (?:the )?(?:airspace|skies|ports?|waters|airports?|harbou?rs?|territory|market) of (?:the )?"
    r"(?P<of>X+)\b|"
    r"\b(?:under|by|in|through|with) (?:a|an|the) (?:\w+ )?(?:regulation|law|order|decree|ordinance|act"
    r"|directive|decision) (?:\w+ )?(?:by|of) (?:the )?"
    r"(?P<whom>[XABL]+)\b"
    r"|\b(?:under|by|in|pursuant to) (?:the |a |an |new |its )*(?P<whose>[XAB]+)(?:'s)? (?:[\w-]+ )?"
    r"(?:regulations?|laws?|rules|legislation|orders?|decrees?|ordinance|act)\b"
)
_SAID_BY = re.compile(
    r",? (?:the )?(?P<whom>[XAB]+)(?:'s)? (?:[\w-]+ ){0,2}(?:ministry|minister|government|treasury|department"
    r"|authorities|customs|council)"
    r"(?: of [\w ]+)? (?:said|says|announced|announces|confirmed)\b"
)


def doer_of_noun(sentence: Sentence, at: int) -> list[Mention]:
    """Whose "decision by the United States to impose" or "announcement by Canada of" leads to a place."""
    found = _NOUN_BY.search(sentence.masked[:at])
    first = next((each for each in sentence.mentions if found and each.start == found.start("whom")), None)
    return coordinated_right(sentence, first) if first else []


_NOUN_BY = re.compile(
    r"\b(?:announcement|decision|imposition|threat|move|vote|call|plan|plans|proposal|agreement|refusal"
    r"|attempt|effort|pledge)s?(?: (?:on|last) \w+)? by (?:[a-z'-]+ ){0,4}?(?P<whom>[XABLG]+)"
    r"(?:(?!\b(?:that|which|who|after|and then)\b)[^;,]){0,60} (?:of|to|for|on)(?: [\w'-]+){0,6} ?$"
)
_REACH = 160
"""Characters before a deed in which whoever asks for it is looked for."""
_URGED = re.compile(
    rf"\b{lexicon.pattern('urging').pattern}\b(?P<whom>[^;]*?)"
    r"\b(?:to|not to|should|must|end|and to|into|for)\b"
    r"(?: [\w'-]+){0,4}? ?$"
)


def urged(sentence: Sentence, at: int) -> list[Mention]:
    """Whom somebody asks to do what begins at a place: "urges the European Union to impose"."""
    begin = max(0, at - _REACH)
    found = _last(_URGED, sentence.masked[begin:at])
    if not found:
        return []
    begin += found.start("whom")
    inside = [each for each in sentence.mentions if begin <= each.start and each.end <= at and each.kind != "group"]
    return coordinated_right(sentence, inside[0]) if inside else []


def asking_leave(sentence: Sentence, at: int) -> list[Mention]:
    """Who asks to be allowed what begins at a place: "seeks permission from the World Trade Organization to impose"."""
    found = _ASKS_LEAVE.search(sentence.masked[:at]) if _LEAVE.search(sentence.masked, 0, at) else None
    return subject(sentence, found.start()) if found else []


_LEAVE = re.compile(r"\b(?:authori[sz]ation|permission|approval|leave|consent|go-ahead|clearance)\b")
_ASKS_LEAVE = re.compile(
    rf"\b(?:ask|seek|sought|request|appl(?:y|ies|ied)\b|petition|win|won\b|gain|receiv|obtain|get|secur)(?:s|ed|ing|ning)?"
    rf" (?:[\w'-]+ ){{0,6}}?{_LEAVE.pattern}(?: (?:from|by|of|at) (?:[\w'-]+ ){{1,4}}?)? ?(?:to|for) (?:[\w-]+ ){{0,3}}$"
)


def enabled(sentence: Sentence, at: int) -> list[Mention]:
    """For whom a way is open to do what begins at a place: "clears the way for Japan to impose"."""
    found = _ENABLED.search(sentence.masked[:at])
    return [each for each in sentence.mentions if found and each.start == found.start("whom")]


_ENABLED = re.compile(r"\bfor (?:the )?(?P<whom>[XABL]+)(?:'s)?(?: \w+){0,2} to (?:\w+ly )?$")


def followers(sentence: Sentence, start: int) -> list[Mention]:
    """Who does it too by the words after a measure begins: ", as does Norway", ", following similar decisions by Norway"."""
    found = _followed(sentence, start)
    at = max(map(found.start, found.re.groupindex)) if found else -1
    first = next((each for each in sentence.mentions if each.start == at), None)
    return coordinated_right(sentence, first) if first else []


def end_of_deed(sentence: Sentence, start: int) -> int:
    """Where what begins at a place is told to be done by others too."""
    found = _followed(sentence, start)
    return found.start() if found else len(sentence.masked)


def _followed(sentence: Sentence, start: int) -> re.Match[str] | None:
    """Where others are told to do it too; the words that it needs are looked for first, which is quicker."""
    m = sentence.masked
    return _FOLLOWED.search(m, start) if any(words in m for words in _FOLLOWING) else None


_FOLLOWING = (
    " as do",
    " as did",
    " as ha",
    " as will",
    "so do",
    "same",
    "likewise",
    "joining",
    "similar",
    "identical",
    "comparable",
    "equivalent",
    "example",
    "'s lead",
    " lead of",
    "footsteps",
    " and so ",
)
_FOLLOWED = re.compile(
    r",? (?:as|and so) (?:do|does|did|have|has|will) (?:the )?(?P<does>[XAB]+)\b"
    r"|,? and (?:the )?(?P<same>[XAB]+) (?:does|do|did|is doing|will do) (?:the same|likewise|so)\b"
    r"|, joining (?:the )?(?:other )?(?P<joined>[XAB]+)\b"
    r"|,? (?:following|after|mirroring|matching|copying|emulating|echoing|in line with)"
    r" (?=[^;.]{0,60}\b(?:similar|same|identical|comparable|equivalent|example|lead|footsteps)\b)"
    r"(?:(?!similar\b)[a-z]+ ){0,3}?(?:(?:similar|same|identical|comparable|equivalent|example|lead|footsteps) "
    r"(?:[a-z]+ ){0,5}?(?:by|of|from|in) (?:the )?(?P<whom>[XAB]+)\b|(?P<whose>[XAB]+)'s? (?:example|lead|footsteps|similar))"
)


def accused(sentence: Sentence, at: int) -> list[Mention]:
    """Who is said to do what an infinitive or participle at a place tells: "accuses the United States of trying to impose"."""
    found = _ACCUSED.search(sentence.masked[:at])
    start = max(found.start("whom"), found.start("whom_too")) if found else -1
    first = next((each for each in sentence.mentions if each.start == start), None)
    return coordinated_right(sentence, first, at) if first else []


def accuser(sentence: Sentence, at: int) -> list[Mention]:
    """Who accuses or blames somebody of what begins at a place, and so is hit by it where the words name nobody."""
    found = _ACCUSED.search(sentence.masked[:at])
    return subject(sentence, found.start()) if found else []


_ACCUSED = re.compile(
    r"\baccus\w+ (?:the )?(?P<whom>[XABL]+)(?:'s)?(?: \w+){0,2} of (?:[^;.]*(?:\bto|ing|\bby|,) )?$"
    r"|\b(?:accus|criticis|criticiz|condemn|denounc|attack|blam|slam|blast|lambast|rebuk|prais|thank|fault|castigat|commend|applaud"
    r"|chid|su|reprimand|berat|punish|retaliat)(?:e|s|es|ed|ing) (?:against )?(?:the )?(?P<whom_too>[XABL]+)(?:'s)?"
    r"(?:(?:, | and |, and )(?:the )?[XABL]+(?:'s)?)*(?: [a-z]+){0,2} (?:for|over) (?:\w+ly )?$"
)


def kept_from(sentence: Sentence, at: int) -> list[Mention]:
    """Who is kept from what begins at a place: "a judge blocks the administration from imposing"."""
    found = _KEPT_FROM.search(sentence.masked[:at])
    return [each for each in sentence.mentions if found and each.start == found.start("whom")]


_KEPT_FROM = re.compile(
    r"\b(?:block|stop|prevent|bar|keep|prohibit|restrain|discourag|dissuad)(?:s|ed|e|es|p?ing|p?ed"
    r"|r?ed)? (?:the )?(?:\w+ )?(?P<whom>[XABL]+)(?:'s)?"
    r"(?: [\w-]+){0,3} from $"
)


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(words):
        found = match
    return found


def resolution(sentence: Sentence, at: int) -> list[Mention] | None:
    """Whose resolution, bill or law the measure is part of; None where none is spoken of, empty where nobody is named."""
    found = _RESOLUTION.search(sentence.masked[:at])
    if not found:
        return None
    if found["whom"]:
        return [each for each in sentence.mentions if each.start == found.start("whom")]
    is_of_parliament = any(each.kind == "body" and each.code != "UN" and each.end <= at for each in sentence.mentions)
    return None if found["what"] != "resolution" or is_of_parliament or _PARLIAMENT.search(sentence.masked[:at]) else []


_RESOLUTION = re.compile(
    r"(?:(?P<whom>[XABG]+)(?:'s)? )?(?:(?:draft|security council|proposed|new|sanctions|recent|latest|its"
    r"|a|an|the|\d+|two|binding|unanimous) )*"
    r"(?P<what>resolution|bill|law|legislation|act|decree|draft resolution|executive order|regulation"
    r"|directive)(?: \w?\d+)?,?"
    r"(?: (?:by|from|of|sponsored|drafted|proposed|put forward)(?: by)?(?: the)? [^;]{0,80}?)?"
    r"(?: (?:\w+ing|that|which|to|would|on|for))(?:(?! says | said |; ).){0,70}$"
)
_PARLIAMENT = re.compile(r"\b(?:parliament|senate|house|congress|assembly|duma|lawmakers|L+)\b")


def hit_before(sentence: Sentence, start: int) -> list[Mention]:
    """Whom it hits by the words before it: "threatens Turkey with sanctions", "Iran faces sanctions"."""
    left = sentence.masked[:start]
    for pattern in _HIT_BEFORE:
        if found := _last(pattern, left):
            whom = next((each for each in sentence.mentions if each.start == found.start("whom")), None)
            return coordinated_left(sentence, whom) if whom else []
    return []


_FILL = (
    r"(?: (?:the|a|an|of|further|more|new|possible|tougher|any|threat|slew|raft|series|wave|range"
    r"|[XABLOG]+(?:'s)?|additional|economic|its|severe|harsh|international|financial|"
    r"targeted|strict|tough|stricter|several|multiple|their|consequences|including|risk|[a-z]+|[\d.]+%)){0,6} $"
)
_HIT_BEFORE = (
    re.compile(r"\bsanction(?:s|ed|ing) (?:[\w-]+ ){0,3}?(?P<whom>[XALOB]+)(?:'s)?(?: \w+){0,4} with" + _FILL),
    re.compile(
        r"\b(?:threat\w*|hit\w*|slap\w*|target\w*|punish\w*|warn\w*|str(?:ike"
        r"|uck)\w*) (?:[\w-]+ ){0,3}?(?P<whom>[XALOB]+)(?:'s)?(?: \w+,?){0,6} (?:with|of|that)" + _FILL
    ),
    re.compile(
        r"(?P<whom>[XALOB]+) (?:is|are|was|were|has been|have been|being|be) (?:\w+ly )?(?:stripped|deprived) of"
        + _FILL.replace("$", r"[\"“]?$")
    ),
    re.compile(r"\bstrip\w* (?:[\w-]+ ){0,2}?(?P<whom>[XALOB]+)(?:'s)? (?:of|from)" + _FILL.replace("$", r"[\"“]?$")),
    re.compile(
        r"(?<!use )(?<!using )(?P<whom>[XALO]+)(?:'s)?(?: us(?:e|es|ing) [XALO]+| [a-z\d-]+){0,4}? "
        r"(?:fac(?:es?|ing|ed)|under|subject(?:ed)? to|targeted by"
        r"|covered by|affected by|hit (?:by"
        r"|with)|suffer\w*|escap\w+|free from|relief from|met with|avoid\w*|evad\w+|"
        r"violat\w+|breach\w*|circumvent\w*|bypass\w*|skirt\w*|dodg\w+|defy\w*|defi\w+)" + _FILL
    ),
    re.compile(
        r"(?P<whom>[XA]+)(?:'s)? (?:aggression|invasion|war|attack|annexation"
        r"|actions)\b[^;]{0,60} (?:met with|response|respon\w+ (?:with|by))" + _FILL
    ),
)


def passive_subject(sentence: Sentence, at: int) -> list[Mention]:
    """Whom a passive verb hits: the nearest mention before it that no preposition leads to, with those joined to it."""
    before = [each for each in sentence.mentions if each.end <= at and each.code]
    if is_told_besides(sentence, at):
        return before[-1:]
    free = [each for each in before if may_be_subject(sentence, each) and not acts(sentence, each)]
    hit = [each for each in before if not acts(sentence, each) or each.kind == "leader"]
    last = (free or hit or before)[-1:]
    is_of_list = len(before) > 1 and last == before[-1:] and _AND_LAST.fullmatch(sentence.masked, before[-2].end, last[0].start)
    return coordinated_left(sentence, last[0], is_modifier=bool(is_of_list)) if last else []


_AND_LAST = re.compile(r",? and (?:the )?")


def is_told_besides(sentence: Sentence, at: int) -> bool:
    """The passive at a place tells of somebody who is spoken of besides: "a Serbian bank that is blacklisted"."""
    before = [each for each in sentence.mentions if each.end <= at and each.code]
    return bool(before) and _WHICH.fullmatch(sentence.masked, before[-1].end, at) is not None


_WHICH = re.compile(r"(?:'s)?(?: (?!and\b)[\w-]+){0,4},? (?:which|that)(?: (?:itself|already|also|too))? ?")
