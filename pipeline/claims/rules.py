"""The reader by rules: sentences, mentions, triggers and roles become claims; no model, no network, no chance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.claims import deeds, lexicon, moments, roles, targets
from pipeline.claims.gazetteer import Mention
from pipeline.claims.masks import Sentence, lowered, sentence_of
from pipeline.claims.model import Claim, ClaimDate, Text
from pipeline.claims.sentences import sentences

_SANCTIONS = frozenset({"sanctions", "embargo", "arms_embargo", "comprehensive_embargo", "designation", "national_emergency"})
"""Triggers that speak of a sanction whatever else the sentence says."""
_SIMILAR = re.compile(
    r"\b(?:similar|the same|comparable|parallel|matching) (?:measures?|steps?|moves?|bans?|actions?"
    r"|sanctions|restrictions?)\b|\bfollow(?:s|ed|ing)? suit\b"
)
_OF_OTHERS = re.compile(
    r"\b(?:international|unilateral|multilateral|global|western|coordinated) (?:\w+ ){0,2}sanctions"
    r"|\bby (?:the )?(?!U)[BXG]"
)
_SANCTIONS_TEXT = re.compile(r"[Ss]anction|OFAC|[Tt]errorist|7031|Magnitsky")
"""What stands in a text in which to designate means to put on a list."""
_ONE_SANCTION = re.compile(r" (?:on|against|imposed)\b")
_OWN_STEPS = frozenset({"impose", "widen", "renew", "lift", "ease", "suspend"})
_WEAK = frozenset({"for", "in", "towards", "toward", "to"})
_DIRECT = re.compile(r" (?:for|in|towards?|to) (?:the |[\w-]+ (?:general |minister |president )?of |government of )*[XALO]")
"""Prepositions that lead to whom sanctions hit only where they follow at once."""
_DOER = re.compile(
    r"(?:[XABLG]+|\b(?:has|have|had|also|which|who|that|it|they|we|and|government|administration"
    r"|department|ministry|council|union)),? $"
)
_JOINS = re.compile(
    r"\b(?:adopts?|adopted|joins?|joined|joining|appl(?:y|ies|ied)|(?:signs?|signed|approves?"
    r"|issues?) (?:an? )?(?:\w+ )?(?:decree|order|law|bill)s? (?:to implement|implementing|enforcing"
    r"|to enforce)|implements|implemented|"
    r"matche[sd]|follows|align\w* (?:itself )?with|fall(?:s)? in line with"
    r"|mirrors?) (?:[\w']+ ){0,4}(?:[XAB]+(?:'s)? )(?:[\w-]+ ){0,4}$"
)
_BLACKLISTS = re.compile(r"blacklist(?:s|ed|ing) |add|put|plac")
_INHERITS = _SANCTIONS | {"travel_ban", "asset_freeze", "listing", "terrorist_designation"}
"""Triggers of which a press release need not repeat whom they hit."""
_OF_PARTIES = frozenset(
    {"listing", "terrorist_designation", "asset_freeze", "travel_ban", "financial_messaging_ban", "export_control"}
)
"""Measures that hit parties by their names."""
_UNITED_NATIONS = re.compile(r"\bU\.?N\b|United Nations|Security Council")
_REGIME = re.compile(r"(?:'s)? (?:\w+ )?(?:regime|government|administration)")
_PARTICIPLES = re.compile(r"\w+ed\b|frozen\b|cut\b|shut\b|forbidden\b|put\b|set\b|kicked\b")
_SHORT = 1_000
"""Characters of a text that is about one thing."""
_FACED = re.compile(r"\bfac(?:e|es|ed|ing) (?:(?!and\b)[\w'-]+ ){0,6}$")
_TURNS = re.compile(
    r"\n(?:QUESTION|MR|MS|MRS|SECRETARY|AMBASSADOR|DEPUTY SECRETARY|ASSISTANT SECRETARY|MODERATOR|Q"
    r"|OPERATOR)\b[^\n:]{0,40}:"
)
"""The turns of a talk: what is asked there is not said by the publisher, and what "they" means cannot be told."""
_AGAINST = re.compile(r"(?:veto|resist|oppos|block|stall|refus)")
"""Deeds of those who keep others from imposing."""
_FIRST_PERSON = re.compile(r"\b(?:we|i|our|the department|the secretary|the president|the administration)\b")
_ANAPHORA = re.compile(
    r"\b(?:the (?:government|cabinet|ministry|parliament|president|prime minister|country|bloc"
    r"|administration|organi[sz]ation|union)|it|they|he|she)\b(?! is | was )"
)
_SAME_COUNTRY = re.compile(
    r"\W*(?:[\w-]+ ){0,3}?(?:the |its |their |his |these |those |both |each )(?:\w+ )?(?:country|regime"
    r"|nation|island|junta|government|military|state|republic|countries|kingdom|bloc)\b|\W*(?:it|them|him"
    r"|her|itself)\b"
)
_OWN_COUNTRY = re.compile(r"\W*(?:(?:their|its|his|her)(?: own)? country|itself|them|it)\b")
_PLURAL = re.compile(r"\W*(?:[\w-]+ ){0,3}?(?:these|those|both|two)\b")
_PERSONS = re.compile(
    r"^\W*(?:the |its |a |an |some |more |all |another |about |around |over |nearly |at least |up to )*"
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|several"
    r"|hundreds|many|multiple|individuals?|persons?|companies|firms?|entities|officials?|"
    r"members of|businessm[ae]n|oligarchs?|leaders|key|senior|top|former|prominent|high-ranking|those"
    r"|anyone|people|supporters|organi[sz]ations?|groups?|banks|vessels|ships|tankers|judges?|generals?|"
    r"commander|head of|chief|general|colonel|brothers?|sons?|family|founder|president of|networks?"
    r"|subsidiar\w+|governor|minister|prime minister|deputy|vice)\b"
)
_PEOPLE = re.compile(
    r"\b(?:individuals?|persons?|people|compan(?:y|ies)|firms?|entit(?:y|ies)|officials?|members"
    r"|businessm[ae]n|businesswoman|oligarchs?|leaders?|elites?|banks?|vessels?|tankers?|ships|judges?|"
    r"generals?|commanders?|ministers?|lawmakers|politicians?|legislators|citizens|nationals|diplomats?"
    r"|militar(?:y|ies)|army|police|tycoons?|billionaires?|hackers?|organi[sz]ations?|"
    r"groups?|networks?|figures|rings?|gangs?|operatives|agency|agencies|ministry|institutions?|prisons?"
    r"|militias?|executives?|scientists?|airline|brothers?|shipping|network|cartel|gang|financiers?|"
    r"manufacturers?|producers?|suppliers?|refiner(?:y|ies)|forces|units?|pipeline|provider|conglomerate"
    r"|foundation|actors|intelligence|settlers|president|leadership|justice|governor|family|relatives"
    r"|daughters?|son|wife)\b"
)
_STATE = re.compile(
    r"^(?: and|,|\.|$| over| for| in| after)|^(?:'s)?(?: \w+)?(?: government| regime| economy| state| oil"
    r"| gas| energy| exports?| imports?| goods| products| sector| industry| crude| coal| gold| trade"
    r"| steel| currency| military junta| nuclear| defen[cs]e sector)"
)


@dataclass(frozen=True)
class Frame:
    """What one trigger says in one sentence; places count from the beginning of the sentence."""

    sentence: int
    start: int
    end: int
    code: str
    trigger: str
    issuers: tuple[str, ...]
    has_nobody: bool
    """Somebody without a code is said to impose it."""
    territories: tuple[str, ...]
    is_inferred: bool
    """The territory does not stand with the measure."""
    action: str
    status: str
    goods: str | None = None
    names: tuple[str, ...] = ()
    dates: tuple[ClaimDate, ...] = ()


def claims(text: Text) -> list[Claim]:
    """What the text says of measures, in the order in which it does."""
    reading = Reading(text)
    reading.read()
    return reading.claims()


class Reading:
    """One text while it is read: what was said before tells what "the country" and "similar measures" mean."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._stems = lexicon.stems_in(text.text.lower())
        self.spans = list(sentences(text.text)) if self._stems else []
        self.frames: list[Frame] = []
        self._sentences: dict[int, Sentence] = {}
        self._is_of_sport = len(text.text) < _SHORT and bool(lexicon.pattern("sports").search(lowered(text.text)))
        self._is_dialogue = len(_TURNS.findall(text.text)) > 3
        self._is_of_sanctions = bool(_SANCTIONS_TEXT.search(text.text))

    def sentence(self, number: int) -> Sentence:
        """A sentence by its number, masked when it is first asked for."""
        if number not in self._sentences:
            self._sentences[number] = sentence_of(self.text.text, self.spans[number])
        return self._sentences[number]

    def read(self) -> None:
        """Fill the frames, sentence by sentence."""
        for number, span in enumerate(self.spans):
            if lexicon.may_speak(self.text.text[span.start : span.end].lower(), self._stems):
                self.frames += self._of_sentence(number)

    def _of_sentence(self, number: int) -> list[Frame]:
        sentence = self.sentence(number)
        if self._is_of_sport or lexicon.pattern("sports").search(sentence.masked):
            return []
        found: list[Frame] = []
        for trigger, match in triggers(sentence.masked):
            frame = self._frame(number, sentence, trigger, match, found)
            if frame is not None:
                found += [*self._joined(sentence, match, frame), frame]
        found = settled(shared(found), sentence)
        if not found and (similar := self._similar(number, sentence)):
            return [similar]
        return found

    def _joined(self, sentence: Sentence, match: re.Match[str], frame: Frame) -> list[Frame]:
        """Whoever adopts or carries out the sanctions of another imposes them too."""
        left = sentence.masked[: match.start()]
        found = _JOINS.search(left)
        if not found or frame.trigger not in _SANCTIONS:
            return []
        codes, _ = roles.codes_of(roles.subject(sentence, found.start()))
        others = tuple(code for code in codes if code not in {*frame.issuers, *frame.territories, "UN", "US", "EU"})
        return [replace(frame, issuers=others, action="impose", status="in_force")] if others and frame.issuers else []

    def _similar(self, number: int, sentence: Sentence) -> Frame | None:
        """The kind of measure and its territory from the sentence that "similar measures" resembles."""
        match = _SIMILAR.search(sentence.masked)
        if match is None or not self.frames:
            return None
        model = self.frames[-1]
        subject = roles.subject(sentence, match.start())
        issuers, _ = roles.codes_of(subject)
        issuers = tuple(code for code in issuers if code not in model.territories)
        if not issuers or set(issuers) == set(model.issuers):
            return None
        return replace(
            model,
            sentence=number,
            start=match.start(),
            end=match.end(),
            issuers=issuers,
            action="mention",
            status="in_force",
            names=(),
            dates=(),
        )

    def _frame(
        self, number: int, sentence: Sentence, trigger: lexicon.Trigger, match: re.Match[str], before: list[Frame]
    ) -> Frame | None:
        m, start, end = sentence.masked, match.start(), match.end()
        is_verb = trigger.is_verb
        if trigger.code == "designation" and not self._is_of_sanctions:
            return None
        if trigger.code == "sanctions" and not is_verb:
            is_verb = is_verb_form(sentence, match)
            if match[0] == "sanction" and not is_verb and not _ONE_SANCTION.match(m[end:]):
                return None
        if match[0].startswith("block") and m[start - 1 : start] in {'"', "“"}:
            return None
        passive = passive_before(m, start) if is_verb and _PARTICIPLES.match(match[0]) else None
        if passive is None and match[0] == "sanctioned" and m.startswith(" by ", end):
            passive = start
        is_adjective = match[0] == "sanctioned" and passive is None and not _DOER.search(m[:start])
        deed = deeds.deed(m, start, end, is_verb=is_verb)
        if trigger.code in {"mfn_revocation", "trade_preference_suspension"}:
            deed = deeds.of_privilege(deed)
        issuers, nobody, hit = self._issuers(
            number, sentence, trigger.code, match, deed, is_verb=is_verb, is_passive=passive is not None or is_adjective
        )
        group, words, names = self._object(sentence, trigger, match, passive, is_verb=is_verb)
        territories = tuple(dict.fromkeys(each.code for each in group if each.code and each.code not in issuers))
        is_inferred = False
        if is_adjective and not issuers:
            return None
        if hit is not None and hit.code and not territories:
            territories = (hit.code,)
        if not territories and is_domestic(group, issuers):
            return None
        code = code_of(trigger, words, group, names, sentence, match)
        if code in _OF_PARTIES:
            names = targets.names(sentence, end, territories)
        if not territories and (model := self._model(sentence, match, before)):
            code, territories, issuers = model.code, model.territories, issuers or model.issuers
        if (not territories and (whole := participle_of(sentence, match, before))) or (
            (whole := participle_of(sentence, match, before)) and set(territories) <= set(whole.issuers)
        ):
            territories, issuers = whole.territories, whole.issuers
        if not territories:
            territories, is_inferred = self._elsewhere(number, sentence, trigger.code, match, words, issuers, before)
        frame = Frame(
            number, start, end, code, trigger.code, issuers, nobody, territories, is_inferred, deed.action, deed.status,
            goods_of(match, sentence), names, () if is_inferred and not deed.role else self._dates(sentence, trigger, start, end, deed),
        )  # fmt: skip
        whole_frame = inherited(frame, before, sentence)
        is_own = whole_frame is frame
        if is_own and trigger.is_verb and trigger.code not in _SANCTIONS and not issuers and not nobody and passive is None:
            return None
        return whole_frame if self._says_enough(whole_frame, sentence) else None

    def _dates(
        self, sentence: Sentence, trigger: lexicon.Trigger, start: int, end: int, deed: deeds.Deed
    ) -> tuple[ClaimDate, ...]:
        if "national emergency" in sentence.masked and trigger.code in {"national_emergency", "asset_freeze"}:
            return tuple(moments.of_emergency(sentence, self.text.published))
        return tuple(moments.told(sentence, start, end, deed, self.text.published))

    def _says_enough(self, frame: Frame, sentence: Sentence) -> bool:
        """It speaks of no other world, and says who and against whom as far as its kind of measure needs it."""
        m = sentence.masked
        is_of_sanctions = frame.trigger in _SANCTIONS or "sanction" in m or "embargo" in m
        if not is_of_sanctions and (lexicon.pattern("health").search(m) or lexicon.pattern("home").search(m)):
            return False
        if frame.territories and set(frame.territories) <= set(frame.issuers):
            return False
        if not frame.territories:
            return bool(
                frame.issuers
                and frame.code in {"listing", "terrorist_designation"}
                and frame.action in {"impose", "lift", "propose"}
            )
        if frame.is_inferred and (not frame.issuers or frame.trigger not in _SANCTIONS or frame.trigger == "embargo"):
            return False
        if (
            frame.code == "travel_ban"
            and not is_of_sanctions
            and not (_PEOPLE.search(m) or _PERSONS.match(m[frame.end :]) or frame.names)
        ):
            return False
        if frame.code == "tariff_increase" and (
            frame.action not in {"impose", "widen", "propose", "threaten"} or frame.is_inferred
        ):
            return False
        if frame.trigger == "listing" and not is_of_sanctions and not _BLACKLISTS.match(m, frame.start):
            return False
        if frame.trigger in _SANCTIONS:
            return True
        return bool(frame.issuers) or frame.has_nobody or is_of_sanctions

    # Who

    def _issuers(
        self,
        number: int,
        sentence: Sentence,
        trigger_code: str,
        match: re.Match[str],
        deed: deeds.Deed,
        *,
        is_verb: bool,
        is_passive: bool,
    ) -> tuple[tuple[str, ...], bool, Mention | None]:
        """Codes of whoever imposes it, whether somebody without a code does, and a mention before the measure that it hits."""
        hit = None
        if not is_verb and _FACED.search(sentence.masked[: match.start()]) and not roles.premodifier(sentence, match.start()):
            return *roles.codes_of(roles.by_phrase(sentence, match.end())), None
        if not is_verb and (owners := roles.owners(sentence, match.start())):
            return *roles.codes_of(owners), None
        if not is_verb and (before := roles.premodifier(sentence, match.start())):
            is_privilege = trigger_code in {"mfn_revocation", "trade_preference_suspension"}
            if not is_privilege and roles.premodifier_imposes(sentence, before, match.start(), match.end()):
                return *roles.codes_of(roles.coordinated_left(sentence, before)), None
            hit = before
        if by := roles.by_phrase(sentence, match.end()):
            return *roles.codes_of(by), hit
        if doer := roles.doer_of_noun(sentence, match.start()):
            return *roles.codes_of(doer), hit
        issuers: tuple[tuple[str, ...], bool] = ((), False)
        if not is_passive and (is_verb or deed.role):
            issuers = self._subject(number, sentence, match.start(), deed, is_verb=is_verb)
        publisher = self.text.publisher_issuer_code
        if publisher and not self._is_dialogue and issuers == ((), False) and not _OF_OTHERS.search(sentence.masked):
            issuers = ((publisher,), False)
        return *issuers, hit

    def _subject(
        self, number: int, sentence: Sentence, start: int, deed: deeds.Deed, *, is_verb: bool
    ) -> tuple[tuple[str, ...], bool]:
        at = start if is_verb else deed.inner
        left = sentence.masked[:at]
        if (resolution := roles.resolution(sentence, start)) is not None:
            return roles.codes_of(resolution) if resolution else self._united_nations()
        if deed.role == "reject" and _AGAINST.match(sentence.masked, deed.start):
            return (
                (("UN",), False)
                if re.search(r"B|\bveto", sentence.masked) and any(each.code == "UN" for each in sentence.mentions)
                else ((), True)
            )
        if urged := roles.urged(sentence, at) or roles.urged(sentence, start):
            return roles.codes_of(urged)
        if deed.role == "call" and deed.start == deed.inner:
            return (), True
        if self.text.publisher_issuer_code and re.search(r"\b(?:we|i)\b(?: [\w']+){0,6} $", left):
            return (self.text.publisher_issuer_code,), False
        if subject := roles.accused(sentence, at) or roles.subject(sentence, at):
            return roles.codes_of(subject)
        return self._understood(number, left)

    def _united_nations(self) -> tuple[tuple[str, ...], bool]:
        """Whose a resolution is of which the text does not say more; nobody's where the text does not speak of them."""
        return (("UN",), False) if _UNITED_NATIONS.search(self.text.text) else ((), True)

    def _understood(self, number: int, left: str) -> tuple[tuple[str, ...], bool]:
        """Whom "the government", "it" or "we" means."""
        publisher = self.text.publisher_issuer_code
        if publisher and (_FIRST_PERSON.search(left) or _ANAPHORA.search(left)):
            return (publisher,), False
        if not _ANAPHORA.search(left):
            return (), False
        for near in range(number - 1, -1, -1):
            before = self.sentence(near)
            acting = [each for each in before.mentions if roles.acts(before, each) and roles.may_be_subject(before, each)]
            if acting:
                return roles.codes_of(acting[:1])
        for near in range(number + 1, min(number + 4, len(self.spans))):
            after = self.sentence(near)
            home = [each for each in after.mentions if each.kind in {"leader", "body"}]
            if home:
                return roles.codes_of(home[:1])
        return (), False

    # Against whom

    def _object(
        self, sentence: Sentence, trigger: lexicon.Trigger, match: re.Match[str], passive: int | None, *, is_verb: bool
    ) -> tuple[list[Mention], str, tuple[str, ...]]:
        """The mentions that the measure hits, the words of its object, and the names of targets."""
        m, start = sentence.masked, match.end()
        inside = [each for each in sentence.mentions if match.start() <= each.start < match.end() and each.kind != "nobody"]
        if passive is not None:
            return roles.passive_subject(sentence, passive), m[max(0, passive - 60) : passive], ()
        if is_verb and (
            trigger.code in {"sanctions", "designation", "listing", "terrorist_designation"} or trigger.object_pattern is None
        ):
            if inside:
                return inside, m[match.start() : match.end()], ()
            group, words = roles.first_group(sentence, start)
            names = names_of(sentence, start)
            if not group and names:
                group = self._after(sentence, start)
            return group, words, names
        if is_verb and match[0].endswith((" with", " to", " from", " of")):
            group, words = roles.first_group(sentence, start)
            if group:
                return group, words, ()
        for prep in trigger.object_pattern.finditer(m, start) if trigger.object_pattern else ():
            if roles._BARRIER.search(m, start, prep.start()):
                break
            if roles._TIME.match(m, prep.end()):
                continue
            if trigger.code in _SANCTIONS and prep[0] in _WEAK and not _DIRECT.match(m[start:]):
                continue
            group, words = roles.first_group(sentence, prep.end())
            names = names_of(sentence, prep.end()) if trigger.code in _SANCTIONS else ()
            if not group and names:
                group = self._after(sentence, prep.end())
            if group or names or prep[0] in {"on", "against", "upon"}:
                return (inside + group if not trigger.code == "arms_embargo" else group), words, names
        if inside:
            return inside, m[match.start() : match.end()], ()
        return roles.hit_before(sentence, match.start()), "", ()

    @staticmethod
    def _after(sentence: Sentence, start: int) -> list[Mention]:
        after = [
            each
            for each in sentence.mentions
            if each.start >= start and each.code not in {"", "UN", "EU"} and each.kind != "body"
        ]
        return after[:1]

    def _model(self, sentence: Sentence, match: re.Match[str], before: list[Frame]) -> Frame | None:
        """The frame that "the sanctions" or "these measures" speaks of again."""
        if match[0].split()[0] not in {"sanctions", "embargo", "designations", "ban"}:
            return None
        if not re.search(r"\b(?:the|these|those|such|this|its) $", sentence.masked[: match.start()]):
            return None
        return next((frame for frame in reversed([*self.frames, *before]) if frame.territories), None)

    def _elsewhere(
        self, number: int, sentence: Sentence, trigger_code: str, match: re.Match[str], words: str, issuers: tuple[str, ...],
        before: list[Frame],
    ) -> tuple[tuple[str, ...], bool]:  # fmt: skip
        """The likeliest territory where none stands with the measure, and whether that is a guess."""
        earlier = [
            frame.territories for frame in (*reversed(before), *reversed(self.frames)) if set(frame.territories) - set(issuers)
        ]
        is_offender = re.search(r"\b(?:violat\w+|breach\w*) (?:of )?(?:\w+ ){0,3}$", sentence.masked[: match.start()])
        acting = {
            each.code for each in sentence.mentions[:1] if roles.acts(sentence, each) and roles.may_be_subject(sentence, each)
        }
        here = [each for each in sentence.mentions if each.code and each.code not in {*issuers, "UN", "EU"}]
        often = [each for each in here if each.code in lexicon.words("often_hit")]
        innocent = [each for each in often or here if each.code not in acting]
        here = (innocent if is_offender else []) or often or innocent or here
        left = [each.code for each in here if each.end <= match.start()]
        right = [each.code for each in here if each.start >= match.end()]
        if _SAME_COUNTRY.match(words):
            if _OWN_COUNTRY.match(words) and (
                subject := [each.code for each in roles.subject(sentence, match.start()) if each.code not in issuers]
            ):
                return tuple(subject), False
            if left and not (earlier and _PLURAL.match(words)):
                return (left[-1],), False
            if earlier:
                return earlier[0], False
            if salient := self._salient(number, issuers):
                return salient, False
        for frame in reversed(before):
            if frame.issuers == issuers and issuers and not frame.is_inferred:
                return frame.territories, False
        if self._is_dialogue:
            return (), True
        if self.text.publisher_issuer_code:
            return self._main(issuers), trigger_code not in _INHERITS
        if right:
            return (right[0],), True
        if left:
            last = next(each for each in reversed(here) if each.end <= match.start())
            return tuple(dict.fromkeys(each.code for each in roles.coordinated_left(sentence, last) if each.code)), True
        if earlier:
            return earlier[0], True
        return self._salient(number, issuers), True

    def _main(self, issuers: tuple[str, ...]) -> tuple[str, ...]:
        """The territory that a press release is about: that of its first measure, else the first that its title names."""
        for frame in self.frames:
            if not frame.is_inferred and set(frame.territories) - set(issuers):
                return frame.territories
        if not lexicon.may_speak(self.sentence(0).masked):
            return ()
        first = [each.code for each in self.sentence(0).mentions if each.code not in {*issuers, "UN", "US", "EU", ""}]
        return tuple(first[:1])

    def _salient(self, number: int, issuers: tuple[str, ...]) -> tuple[str, ...]:
        for near in range(number - 1, -1, -1):
            sentence = self.sentence(near)
            found = [each for each in sentence.mentions if each.code not in {*issuers, "UN", "US", "EU", ""}]
            for each in found:
                if roles.acts(sentence, each) and roles.may_be_subject(sentence, each):
                    return (each.code,)
        for near in range(number - 1, -1, -1):
            found = [each for each in self.sentence(near).mentions if each.code not in {*issuers, "UN", "US", "EU", ""}]
            if found:
                return (found[0].code,)
        return ()

    # Claims

    def claims(self) -> list[Claim]:
        """The frames that say the same become one claim."""
        together: dict[tuple[object, ...], list[Frame]] = {}
        for frame in self._particular():
            together.setdefault((frame.issuers, frame.territories, frame.code, frame.action), []).append(frame)
        return self._with_today([self._claim(frames) for frames in together.values()])

    def _with_today(self, found: list[Claim]) -> list[Claim]:
        """A press release that speaks of "today's action", or is signed, dates the publisher's own first measure."""
        publisher, published = self.text.publisher_issuer_code, self.text.published
        own = [
            number for number, claim in enumerate(found) if publisher in claim.issuer_codes and claim.action_code in _OWN_STEPS
        ]
        if not own or publisher is None:
            return found
        claim = found[own[0]]
        dates = moments.of_release(self.text.text, claim.action_code, published)
        is_told = {(date.action, date.step, date.earliest) for date in claim.dates}
        dates = [date for date in dates if (date.action, date.step, date.earliest) not in is_told]
        return [*found[: own[0]], claim._replace(dates=claim.dates + tuple(dates)), *found[own[0] + 1 :]]

    def _particular(self) -> list[Frame]:
        """The frames, where "sanctions" that the text elsewhere calls a listing are that listing."""
        if any(frame.trigger == "national_emergency" and frame.action == "renew" for frame in self.frames):
            self.frames = [
                replace(frame, action="renew", status="in_force") if frame.trigger == "national_emergency" else frame
                for frame in self.frames
            ]
        listed = [frame for frame in self.frames if frame.code == "listing"]
        found = []
        for frame in self.frames:
            same = [
                other for other in listed if other.issuers == frame.issuers and set(frame.territories) <= set(other.territories)
            ]
            if frame.code == "sanctions_unspecified" and same and frame.action in {"impose", "mention"}:
                found.append(
                    replace(
                        frame, code="listing", action=same[0].action, status=same[0].status, territories=same[0].territories
                    )
                )
            else:
                found.append(frame)
        return found

    def _claim(self, frames: list[Frame]) -> Claim:
        first = frames[0]
        evidence = tuple(dict.fromkeys(self.spans[frame.sentence] for frame in frames))
        names = tuple(dict.fromkeys(name for frame in frames for name in frame.names))
        goods = next((frame.goods for frame in frames if frame.goods), None)
        dates = tuple(dict.fromkeys(date for frame in frames for date in frame.dates))
        acts = tuple(
            dict.fromkeys(act for span in evidence for act in targets.instruments(self.text.text[span.start : span.end]))
        )
        confidence = "low" if first.is_inferred else "high"
        return Claim(
            first.issuers,
            first.territories,
            first.code,
            first.status,
            first.action,
            evidence,
            goods,
            acts,
            names,
            dates,
            confidence,
        )


def is_domestic(group: list[Mention], issuers: tuple[str, ...]) -> bool:
    """Whoever imposes it is the only one whom it names: a state's own affair."""
    return bool(group) and all(each.code in issuers for each in group)


def triggers(m: str) -> Iterator[tuple[lexicon.Trigger, re.Match[str]]]:
    """The triggers of a masked sentence that do not overlap, from left to right."""
    found = []
    for rank, trigger in enumerate(lexicon.triggers()):
        if any(need in m for need in trigger.needs):
            found += [(_core(m, trigger, match), rank, trigger, match) for match in trigger.pattern.finditer(m)]
    at = -1
    for start, _, trigger, match in sorted(found, key=lambda each: each[:2]):
        if start >= at:
            at = match.end()
            yield trigger, match


def _core(m: str, trigger: lexicon.Trigger, match: re.Match[str]) -> int:
    """Where the words begin that name the measure; before them stands what tells that they are meant so."""
    return (
        max(match.start(), m.find("designat", match.start(), match.end())) if trigger.code == "designation" else match.start()
    )


_NOUN_FOLLOWS = re.compile(
    r" (?:the |a |an |another |two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|several"
    r"|more |additional |key |senior |top |former |individuals|people|companies|firms|officials|members"
    r"|businessm|"
    r"\d|[XALO]|multiple|some |nine|its |high-|prominent|those |anyone |brothers|hackers|banks)"
)


def is_verb_form(sentence: Sentence, match: re.Match[str]) -> bool:
    """ "sanctions" is a verb between somebody who acts and what begins a noun."""
    m = sentence.masked
    if match[0] not in {"sanctions", "sanction"}:
        return False
    after = m[match.end() : match.end() + 25]
    is_name = bool(re.match(r" [A-ZÀ-Þ]", sentence.text[match.end() : match.end() + 2])) and not after.startswith((" B",))
    if not (_NOUN_FOLLOWS.match(after) or is_name):
        return False
    before = m[: match.start()].rstrip()
    if match[0] == "sanction":
        return before.endswith((" to", "will", "would", "could", "may", "should", "can", "not", "also"))
    if not before:
        return False
    last = before.split()[-1].strip(",")
    return last[-1] in "XBLG" or last in lexicon.words("authorities") or last in {"also", "it", "and"}


def passive_before(m: str, start: int) -> int | None:
    """Where the passive begins that a verb at a place is the participle of."""
    found = re.search(
        r"\b(?:is|are|was|were|been|being|be|get|gets|got)(?: (?:also|not|previously|already|recently|now"
        r"|later|first|\w+ly))? $",
        m[max(0, start - 30) : start],
    )
    if not found:
        return None
    return max(0, start - 30) + found.start()


def code_of(
    trigger: lexicon.Trigger, words: str, group: list[Mention], names: tuple[str, ...], sentence: Sentence, match: re.Match[str]
) -> str:
    """The code of the measure, where the trigger leaves it to its object."""
    if trigger.code == "designation":
        return "listing"
    if trigger.code == "national_emergency":
        return "asset_freeze"
    if trigger.code == "embargo":
        return _embargo(words, sentence.masked[max(0, match.start() - 40) :])
    if trigger.code != "sanctions":
        return trigger.code
    if re.search(r"\b(?:exemption|waiver|licen[cs]e)", match[0]) and re.search(
        r"\b(?:debt|bond)", sentence.masked[match.end() :]
    ):
        return "capital_market_restriction"
    if group and group[0].kind == "nobody":
        return "sanctions_unspecified"
    if _PERSONS.match(words) or names:
        return "listing"
    if group and group[0].kind == "leader" and _REGIME.match(sentence.masked, group[0].end):
        return "sanctions_unspecified"
    if group and (group[0].kind in {"group", "leader"} or re.search(r"[XA]+(?:'s)? (?:[\w-]+ ){0,3}[OL]", words[:60])):
        return "listing"
    if group and group[0].kind in {"adjective", "name"}:
        after = sentence.masked[group[-1].end : group[-1].end + 60]
        if _STATE.match(after) and not re.match(
            r"(?:'s)?(?: and| \w+ and) (?:\w+ )?(?:individuals|companies|entities|officials)", after
        ):
            return "sanctions_unspecified"
        if _PEOPLE.search(words[:90]) and (
            group[0].kind == "adjective" or after.startswith("'s") or _PEOPLE.search(after[:30])
        ):
            return "listing"
    elif _PEOPLE.search(words[:70]):
        return "listing"
    return "sanctions_unspecified"


def _embargo(words: str, m: str) -> str:
    if re.search(r"\b(?:arms|weapons?)\b", m):
        return "arms_embargo"
    if re.search(r"\b(?:oil|gas|coal|beef|wheat|goods|products|fuel|food|imports?|crude|meat|wine|grain)\b", words[:60]):
        return "import_ban"
    return "comprehensive_embargo"


_PARTICIPLE = re.compile(
    r"\b(?:barring|banning|freezing|blocking|prohibiting|forbidding|denying|restricting|suspending"
    r"|halting|closing|cutting|limiting|expelling)\b"
)


def participle_of(sentence: Sentence, match: re.Match[str], before: list[Frame]) -> Frame | None:
    """The measure that a participle explains: "sanctions five officials, barring them from entering"."""
    if not before or not _PARTICIPLE.match(match[0]) or not before[-1].issuers or not before[-1].territories:
        return None
    return before[-1]


_NAME = re.compile(
    r"\s+(?:the |a |an |former |then-|senior |its |[a-z]+[- ]){0,5}?(?:(?:President|Vice President"
    r"|Prime Minister|Minister|General|Colonel|Commander|Attorney General|Justice|Judge|Senator|Governor"
    r"|Foreign Minister|Mr\\.?|Ms\\.?|Dr\\.?|Chief|Ayatollah) )*"
    r"(?P<name>(?:[A-ZÀ-ÞŠŽ][\w’'.-]+|[A-Z]{2,})(?: (?:(?:al-|bin |al |de |la |del |von |ibn |el |of "
    r"|and |for |the |& )*[A-ZÀ-ÞŠŽ][\w’'.-]*|&))*)"
)


def names_of(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The capitalized name with which the object begins that stands at a place; a mention of a territory is none."""
    found = _NAME.match(sentence.text, start)
    if not found or any(
        each.kind in {"name", "adjective"} and each.start < found.end() and found.start() < each.end
        for each in sentence.mentions
    ):
        return ()
    name = found["name"].rstrip(".,'’")
    return (name,) if len(name) > 2 else ()


def goods_of(match: re.Match[str], sentence: Sentence) -> str | None:
    """The words for the goods that the trigger itself names."""
    groups = match.groupdict()
    for name in ("goods2", "goods"):
        if groups.get(name) and groups[name].strip():
            start, end = match.span(name)
            return sentence.text[start:end].strip(" ,") or None
    return None


def shared(frames: list[Frame]) -> list[Frame]:
    """A measure without a territory of its own has that of the next one in its sentence by the same issuer."""
    found = []
    for frame in frames:
        others = [other for other in frames if not other.is_inferred and other.issuers == frame.issuers and other.territories]
        nearest = min(others, key=lambda other: abs(other.start - frame.start), default=None)
        takes = frame.is_inferred and frame.issuers and nearest is not None
        found.append(replace(frame, territories=nearest.territories, is_inferred=False) if takes and nearest else frame)
    return found


def settled(frames: list[Frame], sentence: Sentence) -> list[Frame]:
    """The frames of a sentence that stand: general words give way to the particular ones that explain them."""
    m = sentence.masked
    kept: list[Frame] = []
    for frame in frames:
        others = [
            other for other in frames if other is not frame and other.trigger not in {"sanctions", "designation", "listing"}
        ]
        if frame.trigger == "sanctions":
            after = [other for other in others if other.start > frame.start and _EXPLAINS.search(m[frame.end : other.start])]
            before = [
                other
                for other in others
                if other.end <= frame.start and re.search(r"\bas part of (?:[\w-]+ ){0,4}$", m[other.end : frame.start])
            ]
            if after or before:
                continue
        if frame.is_inferred and any(not other.is_inferred for other in frames if other is not frame):
            continue
        kept.append(frame)
    return kept


_EXPLAINS = re.compile(r"\b(?:including|such as|like|namely|which include|include|includes|consist\w*)\b|—|–|:")


def inherited(frame: Frame, frames: list[Frame], sentence: Sentence) -> Frame:
    """A particular measure of a list takes from "sanctions, including" what it does not say itself."""
    for general in frames:
        if (
            general.trigger == "sanctions"
            and general.end <= frame.start
            and _EXPLAINS.search(sentence.masked[general.end : frame.start])
        ):
            territories = general.territories if frame.is_inferred or not frame.territories else frame.territories
            issuers = general.issuers or frame.issuers
            return replace(
                frame, issuers=issuers, territories=territories, is_inferred=False, action=general.action, status=general.status,
                has_nobody=frame.has_nobody or general.has_nobody,
            )  # fmt: skip
    return frame
