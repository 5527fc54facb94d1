"""What a text has said so far, and what it is: needed to know whom "the country", "we" and "similar measures" mean."""

import bisect
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.claims import gazetteer, lexicon, roles
from pipeline.claims.frames import Frame
from pipeline.claims.gazetteer import Mention
from pipeline.claims.masks import Sentence, sentence_of
from pipeline.claims.model import Span, Text
from pipeline.claims.sentences import paragraphs, sentences

_SHORT = 1_000
"""Characters of a text that is about one thing."""
_MOST_TURNS = 3
_TURNS = re.compile(
    r"\n(?:QUESTION|MR|MS|MRS|SECRETARY|AMBASSADOR|DEPUTY SECRETARY|ASSISTANT SECRETARY|MODERATOR|Q"
    r"|OPERATOR)\b[^\n:]{0,40}:"
)
_STEPS_OF = re.compile(
    r"'s? (?:[\w-]+ ){0,3}(?:[Ss]anctions|[Aa]nnouncement|[Dd]ecisions?|[Aa]ctions|[Mm]easures|[Dd]esignations?|[Bb]ans?)\b"
    r"(?! (?:on|against) (?:the )?U)"
)
_TOGETHER = 2
"""Those who declare something together, at least."""
_TURN = re.compile(
    r"\n[ *]*(?:(?P<asks>(?:QUESTION|REPORTER|MODERATOR|OPERATOR|PARTICIPANT)\b[^\n:]{0,40}:|Q:?\s)"
    r"|[A-Z][A-Z.,’' -]{2,60}(?:\([^)\n]*\))?:)"
)
"""A line in which somebody begins to speak in a transcript; who asks or leads the talk tells nothing."""
_OF_SANCTIONS = (
    "sanction", "Sanction", "OFAC", "errorist", "7031", "Magnitsky", "Treasury", "Blocking Property", "Entity List"
)  # fmt: skip
_OF_TERRORISM = ("13224", "13886", "12947", "Global", "SDGT", "Counter-Terrorism", "1373")
"""Without one of these no act against terrorism is named: to look for them is far quicker than for the acts."""
_OF_BLOCKING = re.compile(
    r"[Bb]lock\w* (?:of )?(?:\w+ ){0,3}?(?:[Pp]ropert|assets)|[Pp]ropert\w+[^.]{0,80}blocked|[Ff]r(?:ee"
    r"|o)z\w+ [^.]{0,40}assets"
)
_OF_EMERGENCY = re.compile(r"Emergency|Order|Property|Sanction|Notice|Message|Blocking")
_OF_UNITED_NATIONS = re.compile(r"\bU\.?N\b|United Nations|Security Council")
_MEETING = re.compile(
    r"\b(?:[Cc]alls?|[Mm]eetings?|[Mm]eets?|[Tt]ravel|[Bb]riefing|[Rr]emarks|[Ii]nterview|[Vv]isit"
    r"|[Aa]vailability|[Rr]oundtable"
    r"|[Tt]ranscript|[Ss]ummit"
    r"|[Mm]inisterial|[Cc]onference|[Dd]ialogue|[Rr]eadout|[Ss]peech|[Jj]oint|[Nn]ational Day|[Ii]ndependence Day)\b"
)
_NOT_OF_SPORT = re.compile(r"\boligarchs?\b|\bdiplomatic boycott|\b(?:freez\w+|froze) (?:\w+ ){0,3}assets\b")
_WAR_ON = re.compile(
    r"\b(?:war(?: of \w+)?|aggression|invasion|assault|attacks?) (?:on|against|upon|of|into) (?:the )?"
    r"(?:people of |sovereign )?"
    r"(?=[A-Z])"
)
_NAME_LENGTH = 40
_WE_TOGETHER = re.compile(r"\bWe, the (?:\w+ ){0,2}?(?:[Ll]eaders|[Mm]inisters|[Pp]residents|[Hh]eads of \w+) of ")
""" "We, the foreign ministers of Norway, Iceland and Canada"."""
_LIST_LENGTH = 300
_MEMORY = 12
"""Sentences that a reader remembers."""
_OFTEN = 3
_OF_ONE_MATTER = 6_000
"""Characters of a release that has one matter only."""
_NOT_SALIENT = frozenset({"UN", "G7", "US", "EU", ""})
"""Whoever is spoken of everywhere is not whom "the country" means."""


@dataclass
class Context:
    """One text while it is read; frames are added as they are found."""

    text: Text
    frames: list[Frame] = field(default_factory=list)
    _sentences: dict[int, Sentence] = field(default_factory=dict)

    @cached_property
    def spans(self) -> list[Span]:
        """The places of its sentences; none where nothing in it can speak of a measure."""
        return [span for span, _ in self._parts]

    def may_speak(self, number: int) -> bool:
        """Whether a sentence may speak of a measure at all."""
        return self._parts[number][1]

    @cached_property
    def _parts(self) -> list[tuple[Span, bool]]:
        """Its sentences, and of each whether it may speak of a measure."""
        text = self.text.text
        lower = text.replace("İ", "I").replace("\n", " ").lower()  # every letter at its place: this one alone becomes two
        marks = lexicon.marks(lower)
        return [part for paragraph in paragraphs(text) for part in _parts_of(paragraph, text, lower, marks)] if marks else []

    def sentence(self, number: int) -> Sentence:
        """A sentence by its number, masked when it is first asked for."""
        if number not in self._sentences:
            self._sentences[number] = sentence_of(self.text.text, self.spans[number])
        return self._sentences[number]

    def under_head(self, number: int) -> Sentence | None:
        """An item of a list read together with the words over the list that say what is done: "The order bans:"."""
        if self.text.text[self.spans[number].start] not in _BULLETS:
            return None
        item = self.words(number)
        first = bisect.bisect_left(self._with_colon, number - _MEMORY)
        beyond = bisect.bisect_left(self._with_colon, number)
        for line in map(self.words, reversed(self._with_colon[first:beyond])):
            head = _HEAD.search(line)
            if head:
                words = f"{line[: head.end('verb')]} {_uncapitalized(_BULLET.sub('', item, count=1))}"
                return sentence_of(words, Span(0, len(words)))
            if line.rstrip("* ").endswith(":"):
                return None
        return None

    @cached_property
    def _with_colon(self) -> list[int]:
        return [number for number in range(len(self.spans)) if ":" in self.words(number)]

    def words(self, number: int) -> str:
        """The words of a sentence by its number."""
        return self.text.text[slice(*self.spans[number])]

    def evidence(self, number: int, at: int) -> Span:
        """The sentence around a place of a sentence by its number; of a paragraph left whole, the one in it."""
        span, may_speak = self._parts[number]
        parts = () if may_speak else sentences(self.text.text, *span)
        return next((part for part in parts if part.end > span.start + at), span)

    @cached_property
    def title(self) -> str:
        """Its title with single blanks; empty where none is known."""
        return " ".join(self.text.title.split())

    @cached_property
    def publisher(self) -> str | None:
        """The issuer whose press release it is; None for news and for talks: what is asked there, it did not say."""
        return None if self.is_talk else self.text.publisher_issuer_code

    @cached_property
    def we(self) -> tuple[str, ...]:
        """Who speaks in a release: its publisher, or all who declare it together; the Union speaks for its members."""
        text, publisher = self.text.text, self.text.publisher_issuer_code
        found = _WE_TOGETHER.search(text, 0, _SHORT)
        spoken = sentence_of(text, Span(found.end(), min(len(text), found.end() + _LIST_LENGTH))) if found else None
        group = roles.coordinated_right(spoken, spoken.mentions[0]) if spoken and spoken.mentions else []
        codes, _ = roles.codes_of(group)
        if publisher not in codes:
            return (publisher,) if publisher else ()
        return tuple(code for code in codes if "EU" not in codes or code not in lexicon.words("eu_members"))

    @cached_property
    def is_talk(self) -> bool:
        """It is the transcript of a talk, in which what "they" means cannot be told."""
        return len(_TURNS.findall(self.text.text)) > _MOST_TURNS

    def is_asked(self, number: int) -> bool:
        """A sentence is a question, or said by whoever only asks: in the press of a government it tells nothing."""
        span = self.spans[number]
        if self.text.publisher_issuer_code is None:
            return False
        ends = self.text.text[span.start : span.end].rstrip("\"”’')")
        return ends.endswith("?") or any(turn.start <= span.start < turn.end for turn in self._questions)

    @cached_property
    def _questions(self) -> list[Span]:
        turns = list(_TURN.finditer(f"\n{self.text.text}"))  # so that the first line begins like the others
        ends = [*(turn.start() for turn in turns[1:]), len(self.text.text)]
        return [Span(turn.start(), end) for turn, end in zip(turns, ends, strict=False) if turn["asks"]]

    @cached_property
    def is_of_meeting(self) -> bool:
        """Its title says that it is about whom one talked to."""
        title = self.title or (self.sentence(0).text if self.spans else "")
        return bool(_MEETING.search(title)) and len(self.we) < _TOGETHER

    @cached_property
    def tells_of(self) -> tuple[str, ...]:
        """Of whose steps a release tells by its title: "Welcoming Norway's New Sanctions"; its publisher's where nobody's."""
        title = self.title
        for each in self._title_mentions if title else ():
            if each.code not in {"", self.publisher} and _STEPS_OF.match(title.replace("’", "'"), each.end):
                return (each.code,)
        return self.we

    def is_of_sport(self, sentence: Sentence) -> bool:
        """A sentence is about sport, which has sanctions and bans of its own; in a short text one such sentence is enough."""
        return self._is_short_and_of_sport if len(self.text.text) < _SHORT else _speaks_of_sport(sentence)

    @cached_property
    def _is_short_and_of_sport(self) -> bool:
        return any(_speaks_of_sport(self.sentence(number)) for number in range(len(self.spans)))

    @cached_property
    def is_of_sanctions(self) -> bool:
        """In it, to designate means to put on a list."""
        return any(mark in self.text.text for mark in _OF_SANCTIONS)

    @cached_property
    def is_of_terrorism(self) -> bool:
        """It rests on an act against terrorism at large."""
        words = f"{self.title}\n{self.text.text}"
        return any(mark in words for mark in _OF_TERRORISM) and bool(lexicon.pattern("of_terrorism").search(words))

    @cached_property
    def is_of_blocking(self) -> bool:
        """It says that property is blocked; an emergency alone does not say what it brings."""
        return bool(_OF_BLOCKING.search(self.text.text.replace("\n", " ")))

    @cached_property
    def is_of_export_controls(self) -> bool:
        """Its emergency keeps export controls in force, for which there is no other law."""
        return "Export Control" in self.title or "Export Administration Act" in self.text.text

    @cached_property
    def is_of_emergency(self) -> bool:
        """It is, by its title, an order or a notice on an emergency, which need not repeat against whom that is."""
        return not self.title or bool(_OF_EMERGENCY.search(self.title))

    @cached_property
    def is_of_united_nations(self) -> bool:
        """It speaks of the United Nations."""
        return bool(_OF_UNITED_NATIONS.search(self.text.text))

    def earlier(self, before: list[Frame], issuers: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The territories of earlier frames, the last first, without those that hit none but the issuers."""
        frames = (*reversed(before), *reversed(self.frames))
        return [frame.territories for frame in frames if set(frame.territories) - set(issuers)]

    def main(self, issuers: tuple[str, ...]) -> tuple[str, ...]:
        """The territory that a press release is about: of its first measure, else in its title, else the one most named."""
        for frame in self.frames:
            if not frame.is_inferred and set(frame.territories) - set(issuers):
                return frame.territories
        if self.is_of_meeting:
            return ()
        named = [each.code for each in self._title_mentions if each.code not in {*_NOT_SALIENT, *issuers, *self.attacked}]
        return tuple(named[:1]) or self._most_named(issuers)

    @cached_property
    def attacked(self) -> frozenset[str]:
        """Against whom a war is waged of which the text speaks: a measure without a territory is directed at somebody else."""
        text = self.text.text
        places = (found.end() for found in _WAR_ON.finditer(text))
        return frozenset(
            each.code for at in places for each in gazetteer.mentions(text[at : at + _NAME_LENGTH])[:1] if each.start == 0
        )

    @cached_property
    def _title_mentions(self) -> tuple[Mention, ...]:
        """The mentions of the title; of the first sentence where no title is known."""
        if self.title:
            return tuple(gazetteer.mentions(self.title))
        return self.sentence(0).mentions if self.spans else ()

    def _most_named(self, issuers: tuple[str, ...]) -> tuple[str, ...]:
        """The territory that a short release names far more often than any other."""
        named = Counter({code: count for code, count in self._named.items() if code not in {*issuers, *self.attacked}})
        (most, count), (_, next_count) = [*named.most_common(2), ("", 0), ("", 0)][:2]
        return (most,) if count >= _OFTEN and count > 2 * next_count else ()

    @cached_property
    def _named(self) -> Counter[str]:
        if len(self.text.text) > _OF_ONE_MATTER:
            return Counter()
        return Counter(each.code for number in range(len(self.spans)) for each in _others(self.sentence(number), ()))

    def salient(self, number: int, issuers: tuple[str, ...]) -> tuple[str, ...]:
        """Whom the sentences before one speak of: the nearest that acts, else the nearest at all."""
        nearest: tuple[str, ...] = ()
        for sentence in self._before(number):
            for each in _others(sentence, (*issuers, *self.attacked)):
                nearest = nearest or (each.code,)
                if roles.acts(sentence, each) and roles.may_be_subject(sentence, each):
                    return (each.code,)
        return nearest

    def _before(self, number: int) -> Iterator[Sentence]:
        """The sentences before one, the nearest first, as far back as a reader would look."""
        for near in range(number - 1, max(-1, number - 1 - _MEMORY), -1):
            yield self.sentence(near)

    def pair(self, number: int, at: int) -> tuple[str, ...]:
        """Whom "both countries" means at a place of a sentence: the two named last in one sentence."""
        here = [each.code for each in self.sentence(number).mentions if each.end <= at and each.code]
        earlier = ([each.code for each in sentence.mentions if each.code] for sentence in self._before(number))
        return next((tuple(dict.fromkeys(codes))[:2] for codes in (here, *earlier) if len(set(codes)) > 1), ())

    def answered(self, before: list[Frame], issuers: tuple[str, ...]) -> tuple[str, ...]:
        """Who was the last to impose something on the issuers, which they may answer."""
        frames = (*reversed(before), *reversed(self.frames))
        return next((frame.issuers for frame in frames if frame.issuers and set(issuers) & set(frame.territories)), ())

    def other(self, number: int, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Who else than the codes is named in a sentence, or around it: whom a retaliation must mean."""
        around = [self.sentence(near) for near in (number, number - 1, number + 1) if 0 <= near < len(self.spans)]
        named = (each for sentence in around for each in sentence.mentions if each.kind != "group" and each.code)
        return next(((each.code,) for each in named if each.code not in codes and len(each.code) == len("XX")), ())

    @property
    def told(self) -> tuple[str, ...]:
        """Who imposed the last measure that was told: whom "the group" means."""
        return self.frames[-1].issuers if self.frames else ()

    def bloc(self, number: int, at: int) -> Mention | None:
        """Which body of states "the bloc" means at a place of a sentence: the last that is named before it."""
        found = roles.bloc(self.sentence(number), at)
        earlier = (roles.bloc(sentence, len(sentence.masked)) for sentence in self._before(number))
        return found or next(filter(None, earlier), None)

    def acting_near(self, number: int) -> list[Mention]:
        """Who acts in the sentences before one; else the leader or body in the three after it."""
        for sentence in self._before(number):
            for each in sentence.mentions:
                if roles.acts(sentence, each) and roles.may_be_subject(sentence, each):
                    return [each]
        for near in range(number + 1, min(number + 4, len(self.spans))):
            home = [each for each in self.sentence(near).mentions if each.kind in {"leader", "body"}]
            if home:
                return home[:1]
        return []


def _parts_of(paragraph: Span, text: str, lower: str, marks: list[lexicon.Mark]) -> Iterator[tuple[Span, bool]]:
    """A paragraph in sentences; as a whole where nothing in it can speak of a measure, unless it is a list under a head."""
    if text[paragraph.start] in _BULLETS or lexicon.may_speak(lower, *paragraph, marks):
        yield from ((span, lexicon.may_speak(lower, *span, marks)) for span in sentences(text, *paragraph))
    else:
        yield paragraph, False


_BULLETS = "-–•*·"
_BULLET = re.compile(rf"[{_BULLETS}]\s+")
_HEAD = re.compile(
    r"\b(?P<verb>(?:[Bb]an|[Pp]rohibit|[Ss]uspend|[Rr]estrict|[Bb]lock|[Ii]mpos|[Ii]nclud|[Ff]orbid)(?:s|e|es|ed|ned|ing|ning)?)"
    r"(?: (?:the )?following)?:\W*$"
)


def _uncapitalized(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() and words.split(" ", 1)[0] in _ARTICLES else words


_ARTICLES = frozenset({"The", "A", "An", "All", "Any", "New", "Imports", "Exports", "Certain", "Additional", "Importation"})


def _speaks_of_sport(sentence: Sentence) -> bool:
    """It is about sport, and not about the owner of a club or about officials who stay away from the games."""
    return bool(lexicon.pattern("sports").search(sentence.masked)) and not _NOT_OF_SPORT.search(sentence.masked)


def _others(sentence: Sentence, issuers: tuple[str, ...]) -> list[Mention]:
    return [each for each in sentence.mentions if each.code not in _NOT_SALIENT and each.code not in issuers]
