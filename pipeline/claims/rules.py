"""The reader by rules: sentences, mentions, triggers and roles become claims; no model, no network, no chance."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.claims import (
    acts,
    deeds,
    denials,
    frames,
    gazetteer,
    issuers,
    kinds,
    lexicon,
    moments,
    objects,
    performed,
    roles,
    targets,
    wares,
)
from pipeline.claims.context import Context
from pipeline.claims.frames import SANCTIONS, Frame
from pipeline.claims.gazetteer import Mention
from pipeline.claims.masks import Sentence
from pipeline.claims.model import Claim, ClaimDate, Text
from pipeline.claims.occurrences import Occurrence, occurrences

_SIMILAR = re.compile(
    r"\b(?:similar|the same|comparable|parallel|matching) (?:measures?|steps?|moves?|bans?|actions?|sanctions|restrictions?)\b"
    r"|\bfollow(?:s|ed|ing)? suit\b|\bd(?:o|oes|id|oing) (?:the same|likewise)\b"
)
_STATE_AT_ONCE = re.compile(r"\W*(?:the |president )?[XL]")
_SANCTIONS_DO = re.compile(r"sanctions(?:, which [^;]*,)? (?:that |which )?(?:[\w-]+ )?$|\bthe sanctions (?:\w+ ){1,10}and $")
_THESE_DO = re.compile(
    r"(?:these|those|such) (?:new |additional )?(?:actions|measures|steps|sanctions) (?:will |would |also )?(?:\w+ly )?"
    r"(?:[^;.]*(?:,|\band) )?$"
)
""" "These measures will cut off its banks": they are those of whom the sentence before speaks."""
_PACKAGE_HAS = re.compile(
    r"(?:the|these|those|its|their) (?:[\w-]+ ){0,3}?(?:sanctions|measures|restrictions|package|steps|penalties|curbs|decree)"
    r" (?:[\w-]+ ){0,3}?(?:includ|consist|compris|involv|contain|cover)\w*\b"
)
_LATEST = 12
"""Frames of the last sentences; none has more of them."""
_AGAIN_BY_NAME = re.compile(
    r"\b(?:the|this|these|those|its|both) (?:new |latest |revised |amended |export |import |travel |X+ |A+ )?"
    r"(?:bans?|measures?|embargo|restrictions?|sanctions|tariffs?|freeze|prohibitions?|controls|penalties|curbs|order|decision"
    r"|move|designations?)\b"
    r"|^the (?:[\w%-]+ ){0,6}?(?:tariffs|sanctions|bans?|restrictions|duties|measures)\b"
    r"|^(?:it|they)(?= (?:will |would |is to |are to |is due to |are due to |is set to |are set to )?"
    r"(?:take|come|came|took|enter|go into|remain|stay|last|expire|run until|begin|start|appl))"
)
_AGAIN = re.compile(r"\b(?:the|these|those|such|this|its) (?:current|existing|present|same|latest|previous|earlier)? ?$")
_THE_DESIGNATION = re.compile(r"(?:the|these|this|such) designations?")
_MODELLED = frozenset({"sanctions", "embargo", "designation", "designations", "ban"})
_PARTICIPLE = re.compile(
    r"(?:barring|banning|freezing|blocking|prohibiting|forbidding|denying|restricting|suspending|halting|closing|cutting"
    r"|limiting|expelling)\b"
)
_NAMED = frozenset(
    {
        "listing",
        "terrorist_designation",
        "asset_freeze",
        "asset_seizure",
        "travel_ban",
        "financial_messaging_ban",
        "export_control",
        "central_bank_restriction",
        "transaction_ban",
        "procurement_ban",
        "broadcast_ban",
        "arms_embargo",
        "airspace_ban",
        "port_vessel_ban",
        "diplomatic_measure",
    }
)
"""Measures that hit parties by their names."""
_BLACKLISTS = re.compile(r"blacklist(?:s|ed|ing)? |add|put|plac|remov|drop|de-?list|strik|struck|tak|took|delet")
_OF_LISTS = frozenset({"listing", "terrorist_designation"})
_OF_PARTIES = _OF_LISTS | {"asset_freeze", "travel_ban", "director_disqualification"}
"""Measures on persons and bodies: goods that their texts name are those of an exemption or of another measure."""
_OF_STATES = frozenset(
    {"airspace_ban", "port_vessel_ban", "road_transport_ban", "arms_embargo", "trade_restriction", "comprehensive_embargo"}
)
"""Measures that one state takes against another, so that the other is looked for where it does not stand with them."""
_UNMISTAKABLE = frozenset({"financial_messaging_ban", "central_bank_restriction"})
"""Measures that nobody but a state takes."""
_AGAINST_OTHERS = re.compile(
    r"\b(?:retaliatory|reciprocal|sweeping|global|worldwide|universal|countries|nations|partners|imported|foreign|foreign-made"
    r"|steel|alumini?um|copper|cars|imposed|L+)\b"
)
""" "drops its tariffs on imported steel", where merely cheaper food is no measure."""
_SUPPOSED = re.compile(r"\b(?:if|unless|until|should|in case)\b[^,;.]*$")
_TARIFF_AT_HOME = re.compile(
    r"\b(?:exports?|electricity|power|water|energy (?:tariffs|prices)|utilit(?:y|ies)|telecom\w*|mobile|data|internet|roaming"
    r"|transport|bus|rail|metro|taxi|postal|hotel|feed-in|households|bills|non-tariff"
    r"|free trade|trade (?:deal|agreement|pact))\b"
)
"""What tariffs are paid for at home, or where they are only spoken of among others."""
_SOMEBODY = re.compile("[XA]")
""" "bans American cigarettes": what comes from there is no affair at home."""
_OWN_STEPS = frozenset({"impose", "widen", "renew", "lift", "ease", "suspend", "waive"})


def claims(text: Text) -> list[Claim]:
    """What a text with plain blanks says of measures, in the order in which it does."""
    context = Context(text)
    for number in range(len(context.spans)):
        if context.may_speak(number) and context.is_asked(number):
            continue
        alone = _of_sentence(number, context.sentence(number), context) if context.may_speak(number) else []
        found = alone if any(map(_is_whole, alone)) else _under_head(number, context) or alone
        context.frames += found or _of_order(number, context) or _of_next_sentence(number, context)
    return _claims(context)


# Frames


def _is_whole(frame: Frame) -> bool:
    """It says by itself who does what against whom."""
    return bool(frame.issuers and frame.territories) and frame.action != "mention"


def _under_head(number: int, context: Context) -> list[Frame]:
    """What an item of a list says together with its head; the words of a date stand elsewhere than in both together."""
    whole = context.under_head(number)
    found = _of_sentence(number, whole, context) if whole else []
    return [replace(frame, dates=()) for frame in found]


def _of_sentence(number: int, sentence: Sentence, context: Context) -> list[Frame]:
    if context.is_of_sport(sentence) or _is_heading(sentence):
        return []
    found: list[Frame] = []
    for occurrence in occurrences(number, sentence, is_of_sanctions=context.is_of_sanctions):
        frame = _frame(occurrence, found, context)
        if frame is not None:
            found += [*_joined(occurrence, frame), *_mutual(frame), *_each_way(occurrence, frame)]
    found = _without_label(frames.settled(frames.shared(found), sentence), sentence)
    found += _reciprocated(found, sentence)
    similar = None if found else _similar(number, sentence, context)
    return [similar] if similar else found


def _without_label(found: list[Frame], sentence: Sentence) -> list[Frame]:
    """The frames without that of the words over an item, where the item tells the same measure: "Limiting entry – Today"."""
    label = _LABEL.match(sentence.masked)
    told = {(frame.issuers, frame.territories, frame.code) for frame in found if label and frame.start >= label.end()}
    return [
        frame
        for frame in found
        if not label or frame.start >= label.end() or (frame.issuers, frame.territories, frame.code) not in told
    ]


_LABEL = re.compile(r"\W*\w+ing [^–:;.]{3,80}(?: –|:) ")


def _is_heading(sentence: Sentence) -> bool:
    """ "Asset freezes", "VESSELS IDENTIFIED AS BLOCKED": over a paragraph, without a word on who or whom."""
    is_short = sentence.text.isupper() or len(sentence.text.split()) <= _HEADING
    return is_short and not sentence.mentions and sentence.text[-1:] not in _ENDS


_HEADING = 4
"""Words that a heading has at most."""
_ENDS = frozenset('.!?;,。”"’')


def _of_next_sentence(number: int, context: Context) -> list[Frame]:
    """The measure of the sentence before, where one that names none tells when "the ban" takes effect or ends."""
    before = [frame for frame in context.frames[-_LATEST:] if number - frame.sentence in {1, 2} and not frame.is_inferred]
    if not before:
        return []
    sentence = context.sentence(number)
    again = _AGAIN_BY_NAME.search(sentence.masked)
    if again is None:
        return []
    deed = deeds.Deed("impose", "in_force", again.start(), again.start(), "do", "impose")
    dates = moments.told(sentence, again.start(), again.end(), deed, context.text.published)
    tied = tuple(date for date in dates if date.step == "effective" or date.action == "expire")
    model = before[0]
    same = replace(model, sentence=number, start=again.start(), end=again.end(), is_near=True, names=(), dates=tied)
    return [same] if tied else []


def _of_order(number: int, context: Context) -> list[Frame]:
    """The emergency of a sentence before, where one tells of an order that took further steps without naming it again."""
    emergency = next((frame for frame in context.frames if frame.trigger == "national_emergency"), None)
    if emergency is None:
        return []
    dates = moments.of_order(context.sentence(number), context.text.published)
    return [replace(emergency, sentence=number, start=0, end=0, is_near=True, names=(), dates=dates)] if dates else []


def _frame(occurrence: Occurrence, before: list[Frame], context: Context) -> Frame | None:
    """What an occurrence says; None where it says nothing of a measure, or too little."""
    by = issuers.issuers(occurrence, context)
    hit = objects.direct(occurrence)
    if occurrence.passive is not None and not by.codes and _is_surely_hit(occurrence, hit):
        by = by._replace(has_nobody=True)
    if occurrence.code in _OF_LISTS and before and not by.codes and _is_besides(occurrence):
        by = by._replace(codes=before[-1].issuers)
    pair = _pair(occurrence, by, context)
    if pair:
        by = by._replace(codes=pair)
    if _is_its_own_object(occurrence, by, hit):
        by = by._replace(codes=())
    by = by._replace(codes=_others_than(occurrence.code, hit.group, by.codes))
    territories = tuple(
        dict.fromkeys(
            each.code for each in hit.group if each.code not in {*by.codes, ""} and roles.is_ever_hit(occurrence.sentence, each)
        )
    )
    if not territories and by.hit is not None and by.hit.code and roles.is_ever_hit(occurrence.sentence, by.hit):
        territories = (by.hit.code,)
    territories = pair or territories
    is_alone = len(by.codes) == len({each.code for each in hit.group})
    is_domestic = is_alone and not territories and not hit.names and _is_domestic(hit.group, by.codes)
    if (occurrence.is_adjective and not by.codes) or (is_domestic and not _is_effect(occurrence, context)):
        return None
    code = kinds.code(occurrence, hit.group, hit.words, hit.names)
    if (occurrence.code, code) == ("sanctions", "sanctions_unspecified") and _are_counted_next(occurrence.number, context):
        code = "listing"
    if occurrence.code == "national_emergency" and not context.is_of_blocking:
        code = "export_control" if context.is_of_export_controls else "sanctions_unspecified"
    action, status = (
        deeds.called(occurrence.deed) if by.is_called and occurrence.deed.action != "mention" else occurrence.deed[:2]
    )
    if (action, status) == ("impose", "in_force") and _is_of_others(occurrence, by, context):
        action = "mention"
    if status == "announced" and context.publisher in by.codes and _announces_done(occurrence):
        status = "lifted" if action == "lift" else "in_force"
    frame = Frame(
        occurrence.number, occurrence.start, occurrence.end, code, occurrence.code, by.codes, by.has_nobody, territories,
        is_inferred=False, is_near=by.is_near, action=action, status=status, goods=wares.goods(occurrence, code),
        names=_names(occurrence, code, hit),
    )  # fmt: skip
    frame = _completed(frame, occurrence, hit, before, context)
    whole = frames.inherited(frame, before, occurrence.sentence)
    if whole is frame and _is_nobodys(occurrence, by):
        return None
    is_of_other = (
        bool(context.publisher)
        and context.publisher not in whole.issuers
        and (not whole.territories or (whole.territories == (context.publisher,) and not whole.issuers))
    )
    is_vague = is_of_other or (bool(context.publisher) and _is_vague(whole, occurrence.sentence, context))
    whole = _without_guess(whole, occurrence.sentence)
    is_enough = _says_enough(whole, occurrence.sentence) and not is_vague
    return _of_their_trade(whole, occurrence.sentence) if is_enough else None


def _are_counted_next(number: int, context: Context) -> bool:
    """The next sentence counts those whom the sanctions hit: "Ten people and six companies have been affected."."""
    return number + 1 < len(context.spans) and bool(_COUNTS_THEM.match(context.words(number + 1)))


_PARTIES = r"(?:people|persons|individuals|officials|entities|companies|firms|organi[sz]ations|banks|vessels)"
_COUNTS_THEM = re.compile(
    rf"(?:the sanctions|they|these) (?:\w+ )?(?:affect|target|hit|cover|name)\w* (?:\d+|[a-z]+) (?:[\w-]+ ){{0,3}}?{_PARTIES}\b"
    rf"|(?:(?:a total of|in total,?|some|about) )?(?:\d+|[a-z]+) (?:[\w'’-]+ ){{0,3}}?{_PARTIES}\b[^.;]*? (?:are|were"
    r"|have been) (?:\w+ly )?(?:affected|targeted|listed|sanctioned|hit|named|designated|included|added|blacklisted)\b",
    re.IGNORECASE,
)


def _without_guess(frame: Frame, sentence: Sentence) -> Frame:
    """The frame without a territory that nothing bears out, where it may do without any."""
    if not frame.is_inferred or not frame.issuers or _may_be_inferred(frame, sentence):
        return frame
    is_whole = frame.code in _OF_LISTS and _needs_no_territory(frame, sentence)
    return replace(frame, territories=(), is_inferred=False) if is_whole else frame


def _others_than(code: str, group: list[Mention], codes: tuple[str, ...]) -> tuple[str, ...]:
    """Who of several imposes what hits one of them: "Norway and Chile announce a deal that cuts tariffs on Chilean fish".

    A state lists terrorist groups of its own: "Turkey and Canada list the PKK as a terrorist group".
    """
    is_own_group = code == "terrorist_designation"
    hit = {each.code for each in group if not (is_own_group and each.kind == "group")}
    return tuple(code for code in codes if code not in hit) if hit < set(codes) else codes


def _is_vague(frame: Frame, sentence: Sentence, context: Context) -> bool:
    """In a release: an emergency of another matter, or that somebody may be or has been listed, whoever that is."""
    if frame.trigger == "national_emergency":
        is_told_here = {each.code for each in sentence.mentions} & set(frame.territories)
        return frame.action == "propose" or not (is_told_here or context.is_of_emergency)
    is_of_somebody = bool(frame.territories or frame.names or frame.dates)
    return frame.code == "listing" and not is_of_somebody and (frame.is_near or frame.status == "proposed")


def _of_their_trade(frame: Frame, sentence: Sentence) -> Frame:
    """What the United Nations restrict of whom they sanction: none may sell what one may not import."""
    comma = sentence.masked.find(",", frame.end)
    end = comma if comma >= 0 else len(sentence.masked)
    is_told = any(each.code in frame.territories and frame.start <= each.start < end for each in sentence.mentions)
    return frame if is_told or frame.issuers != ("UN",) else replace(frame, code=kinds.of_their_trade(frame.code))


def _is_besides(occurrence: Occurrence) -> bool:
    return occurrence.passive is not None and roles.is_told_besides(occurrence.sentence, occurrence.passive)


def _pair(occurrence: Occurrence, by: issuers.Issuers, context: Context) -> tuple[str, ...]:
    """Who do it to each other; nobody where the words do not say so."""
    if not _EACH_OTHER.search(occurrence.sentence.masked, max(0, occurrence.start - 30), occurrence.end + 60):
        return ()
    return by.codes if len(by.codes) > 1 else context.pair(occurrence.number, occurrence.start)


_EACH_OTHER = re.compile(r"\beach other\b|\bone another\b|\bmutual(?:ly)? ")


def _names(occurrence: Occurrence, code: str, hit: objects.Object) -> tuple[str, ...]:
    """The parties that it names; a body of several states is one, whatever the kind of measure."""
    if code in _NAMED:
        return targets.names(occurrence, max(hit.begin, occurrence.end))
    bodies = [each for each in hit.group if each.code in gazetteer.bodies()]
    return hit.names or tuple(occurrence.sentence.plain[each.start : each.end] for each in bodies)


def _is_its_own_object(occurrence: Occurrence, by: issuers.Issuers, hit: objects.Object) -> bool:
    """ "Iran hopes for the removal of sanctions on Iran": a state named as the object at once did not impose them on itself."""
    if occurrence.is_verb or occurrence.code not in SANCTIONS or not _is_domestic(hit.group, by.codes):
        return False
    return bool(_STATE_AT_ONCE.match(hit.words))


def _is_surely_hit(occurrence: Occurrence, hit: objects.Object) -> bool:
    """What is banned, and not merely stopped, concerns somebody whom measures have long been directed at."""
    is_ban = occurrence.code in _UNMISTAKABLE or (
        occurrence.trigger.is_passive and not occurrence.match[0].endswith(("suspended", "halted", "stopped", "cut"))
    )
    return is_ban and bool(hit.group) and all(each.code in lexicon.words("often_hit") for each in hit.group)


def _is_domestic(group: list[Mention], codes: tuple[str, ...]) -> bool:
    """Whoever imposes it is the only one whom it names: a state's own affair."""
    return bool(group) and all(each.code in codes for each in group)


def _is_of_others(occurrence: Occurrence, by: issuers.Issuers, context: Context) -> bool:
    """What others have imposed is background in the press of an issuer, unless it tells that as news."""
    is_theirs = bool(context.publisher and by.codes) and context.publisher not in by.codes
    return is_theirs and not _AS_NEWS.search(occurrence.sentence.masked)


_AS_NEWS = re.compile(
    r"\b(?:today|yesterday|this week|\w+day|announc\w+|welcom\w+|commend\w*|applaud\w*|appreciat\w+|congratulat\w+|thank\w*"
    r"|join(?:s|ed|ing)?|prais\w+)\b"
)


def _announces_done(occurrence: Occurrence) -> bool:
    """Whoever announces in its own press what it does, and not what it will do, has done it."""
    masked, deed = occurrence.sentence.masked, occurrence.deed
    return bool(_ANNOUNCES.match(masked, deed.start)) and not _TO_COME.search(masked, deed.start, occurrence.start)


_ANNOUNCES = re.compile(r"(?:announc|unveil|confirm|outlin|reveal)")
_TO_COME = re.compile(
    r"\b(?:will|would|shall|intend\w*|commit\w*|plan\w*|going to|intention|its intent|to (?!\w+ sanctions))\b"
)


def _is_effect(occurrence: Occurrence, context: Context) -> bool:
    """It is told by its issuer what a measure means at home: "their property in the United States is blocked"."""
    return bool(context.publisher) and occurrence.code in {"asset_freeze", "travel_ban"}


def _is_nobodys(occurrence: Occurrence, by: issuers.Issuers) -> bool:
    """A verb of banning of which nobody known is the subject: a company stops its exports."""
    is_deed = occurrence.is_verb and occurrence.code not in SANCTIONS and occurrence.passive is None
    return is_deed and not by.codes and not by.has_nobody and not _SANCTIONS_DO.search(occurrence.left)


def _completed(frame: Frame, occurrence: Occurrence, hit: objects.Object, before: list[Frame], context: Context) -> Frame:
    """The frame with its dates, and with what the text has said before where it does not say it again."""
    model = None if frame.territories else _model(occurrence, before, context)
    if model is not None and not set(frame.issuers) & set(model.territories):
        frame = replace(
            frame, code=model.code, territories=model.territories, issuers=frame.issuers or model.issuers, is_near=True
        )  # fmt: skip
    explained, effected = _explained(occurrence, before), _effected(occurrence, frame, before, context)
    whole = effected or (explained if explained and set(frame.territories) <= set(explained.issuers) else None)
    if whole:
        action, status = (whole.action, whole.status) if frame.action == "mention" else (frame.action, frame.status)
        frame = replace(frame, territories=whole.territories, issuers=whole.issuers, action=action, status=status)
    frame = _answered(frame, before, occurrence.sentence)
    if not frame.territories and (answered := objects.answered(occurrence, frame.issuers)):
        frame = replace(frame, territories=answered)
    if frame.code == "tariff_increase" and not frame.issuers and before and before[-1].code == frame.code:
        frame = replace(frame, issuers=before[-1].issuers)
    if not frame.territories and not (occurrence.code in SANCTIONS and _is_domestic(hit.group, frame.issuers)):
        territories, is_inferred = objects.elsewhere(occurrence, hit, frame.issuers, before, context)
        if (frame.code == "tariff_increase" and is_inferred) or _hits_any_foreigner(occurrence, frame.issuers):
            territories, is_inferred = (), False
        is_near = bool(frame.is_near or (territories and not is_inferred))
        frame = replace(frame, territories=territories, is_inferred=is_inferred, is_near=is_near)
    dates = _dates(occurrence, context)
    return replace(frame, dates=tuple(map(moments.delisted, dates)) if frame.code in _OF_LISTS else dates)


def _hits_any_foreigner(occurrence: Occurrence, issuers: tuple[str, ...]) -> bool:
    """Whom it hits may be of any state, and no other is named after: "visa restrictions on foreign nationals who censor"."""
    sentence = occurrence.sentence
    named = (mention.code for mention in sentence.mentions if mention.start >= occurrence.end)
    return bool(_FOREIGNERS.match(sentence.masked, occurrence.end)) and set(named) <= set(issuers)


_FOREIGNERS = re.compile(
    r"(?: policy)?(?: targeting| on| for| against) (?:certain |all |any )?foreign (?:nationals|persons|officials|individuals)\b"
)


def _model(occurrence: Occurrence, before: list[Frame], context: Context) -> Frame | None:
    """The frame that "the sanctions" or "these designations" speaks of again."""
    is_again = occurrence.match[0].split()[0] in _MODELLED and _AGAIN.search(occurrence.left)
    if not is_again and not _THE_DESIGNATION.fullmatch(occurrence.match[0]):
        return None
    return next((frame for frame in reversed([*context.frames, *before]) if frame.territories), None)


def _explained(occurrence: Occurrence, before: list[Frame]) -> Frame | None:
    """The measure that a participle explains: "sanctions five officials, barring them from entering"."""
    if not before or not _PARTICIPLE.match(occurrence.match[0]):
        return None
    return before[-1] if before[-1].issuers and before[-1].territories else None


def _effected(occurrence: Occurrence, frame: Frame, before: list[Frame], context: Context) -> Frame | None:
    """The sanctions whose effect is told: "The sanctions freeze his assets and bar him", "The package includes a ban on"."""
    is_effect = occurrence.is_verb and _SANCTIONS_DO.search(occurrence.left)
    is_of_those = frame.is_near and _THESE_DO.match(occurrence.left)
    if is_of_those and context.frames and context.frames[-1].territories:
        return context.frames[-1]
    if (frame.issuers and not frame.is_near) or not (is_effect or _PACKAGE_HAS.match(occurrence.left)):
        return None
    found = [each for each in (*context.frames, *before) if each.issuers and each.territories]
    return found[-1] if found else None


def _answered(frame: Frame, before: list[Frame], sentence: Sentence) -> Frame:
    """A measure to which another answers hits whoever answers, and is imposed by whom the answer hits; tariffs may hit all."""
    if not before or not _ANSWERS.search(sentence.masked, before[-1].start, frame.start):
        return frame
    answer = before[-1]
    who, whom = frame.issuers, frame.territories
    is_theirs = _THEIR.search(sentence.masked, 0, frame.start) and set(who) < set(answer.territories)
    if (is_theirs or not who) and not frame.has_nobody and set(whom) <= set(answer.issuers):
        who = tuple(code for code in answer.territories if code not in answer.issuers)
    if frame.code == "tariff_increase" and not whom:
        return replace(frame, issuers=who, action="impose", status="in_force")
    if not whom:
        whom = tuple(code for code in answer.issuers if code not in who)
    return replace(frame, issuers=who, territories=whom)


def _reciprocated(found: list[Frame], sentence: Sentence) -> list[Frame]:
    """What the last measure of a sentence answers, of its kind where the words say no more: "in response to Norway's ban"."""
    answer = found[-1] if found and found[-1].issuers and found[-1].territories and not found[-1].is_mutual else None
    told = _ANSWERED.search(sentence.masked, answer.end) if answer else None
    if answer is None or told is None:
        return []
    who = tuple(each.code for each in sentence.mentions if each.start == told.start("whom") and each.code) or answer.territories
    if set(who) & set(answer.issuers):
        return []
    return [
        replace(
            answer, start=told.end(), end=told.end(), issuers=who, territories=answer.issuers, action="mention",
            status="in_force", goods=None, names=(), dates=(),
        )
    ]  # fmt: skip


_ANSWERED = re.compile(
    rf"{roles.ANSWER.pattern} (?:the |a |an )?(?:(?P<whom>[XAB]+)(?:'s?)?|their|similar|identical) (?:[\w-]+ ){{0,3}}?"
    r"(?:bans?|restrictions?|closures?|measures|expulsions?|embargo|curbs|tariffs|duties)\b"
)
_THEIR = re.compile(r"\btheir (?:[\w-]+ )?$")
_ANSWERS = re.compile(rf"{roles.ANSWER.pattern}(?:(?!\b(?:but|while)\b)[^;])*$")


def _dates(occurrence: Occurrence, context: Context) -> tuple[ClaimDate, ...]:
    sentence, published = occurrence.sentence, context.text.published
    if "national emergency" in sentence.masked and occurrence.code in {"national_emergency", "asset_freeze"}:
        return tuple(moments.of_emergency(sentence, published))
    return moments.of_order(sentence, published) or tuple(
        moments.told(sentence, occurrence.start, occurrence.end, occurrence.deed, published)
    )


def _mutual(frame: Frame) -> list[Frame]:
    """What several impose on each other, by each of them; the frame itself stays only where it is one way."""
    if not frame.is_mutual:
        return []
    codes = frame.issuers
    return [replace(frame, issuers=(code,), territories=tuple(each for each in codes if each != code)) for code in codes]


def _each_way(occurrence: Occurrence, frame: Frame) -> list[Frame]:
    """A measure for each way that is closed or kind that is named: "all sea and air links", "trade and travel sanctions"."""
    if frame.is_mutual:
        return []
    named = occurrence.match.groupdict()
    ways = named.get("ways") or named.get("ways_too") or ""
    codes = [_OF_ALL.get(code, code) if occurrence.is_verb else code for code, pattern in _WAYS.items() if pattern.search(ways)]
    return [replace(frame, code=code) for code in codes] or [frame]


_WAYS = {
    "airspace_ban": re.compile(r"\b(?:air|aviation|flights?|transport|transportation)\b"),
    "port_vessel_ban": re.compile(r"\b(?:sea|maritime|naval|ferry|shipping)\b"),
    "road_transport_ban": re.compile(r"\b(?:land|road|rail|railway|bus|overland)\b"),
    "trade_restriction": re.compile(r"\b(?:trade|commercial|business|commerce)\b"),
    "financial_restriction": re.compile(r"\b(?:financial|banking)\b"),
    "travel_ban": re.compile(r"\b(?:travel|visa)\b"),
    "diplomatic_measure": re.compile(r"\bdiplomatic\b"),
    "arms_embargo": re.compile(r"\b(?:arms|weapons)\b"),
}
_OF_ALL = {"trade_restriction": "comprehensive_embargo"}
"""Ways that are closed altogether, not restricted: "ends all air and trade links"."""


def _joined(occurrence: Occurrence, frame: Frame) -> list[Frame]:
    """Whoever adopts or carries out the sanctions of another imposes them too."""
    found = lexicon.pattern("joins").search(occurrence.left)
    if not found or not frame.issuers or denials.is_not(occurrence.left[: found.start()]):
        return []
    codes, _ = roles.codes_of(roles.subject(occurrence.sentence, found.start()))
    others = tuple(code for code in codes if code not in {*frame.issuers, *frame.territories, "UN", "US", "EU"})
    status = "announced" if _WILL.search(occurrence.left, 0, found.start()) else "in_force"
    return [replace(frame, issuers=others, action="impose", status=status)] if others else []


_WILL = re.compile(r"\b(?:will|would|to|shall) (?:also )?$")


def _similar(number: int, sentence: Sentence, context: Context) -> Frame | None:
    """The kind of measure and its territory from the sentence that "similar measures" resembles."""
    match = _SIMILAR.search(sentence.masked)
    if match is None or not context.frames:
        return None
    model = context.frames[-1]
    codes, _ = roles.codes_of(roles.subject(sentence, match.start()))
    named = roles.first_group(sentence, match.end())[0] if _UPON.match(sentence.masked, match.end()) else []
    answered = model.issuers if codes and set(codes) <= set(model.territories) else model.territories
    territories = tuple(dict.fromkeys(each.code for each in named)) or answered
    others = tuple(code for code in codes if code not in territories)
    if not others or set(others) == set(model.issuers):
        return None
    return replace(
        model, sentence=number, start=match.start(), end=match.end(), issuers=others, territories=territories, action="mention",
        status="in_force", is_near=True, names=(), dates=(),
    )  # fmt: skip


_UPON = re.compile(r" (?:for|on|to|against|with|from|of) ")


# What is enough


def _says_enough(frame: Frame, sentence: Sentence) -> bool:
    """It speaks of no other world, and says who and against whom as far as its kind of measure needs it."""
    is_of_sanctions = frame.trigger in SANCTIONS or "sanction" in sentence.masked or "embargo" in sentence.masked
    if frame.territories and set(frame.territories) <= set(frame.issuers) and not frame.is_mutual:
        return False
    if not is_of_sanctions and _is_of_another_world(frame, sentence):
        return False
    if not frame.territories:
        return bool(frame.issuers) and _needs_no_territory(frame, sentence)
    if frame.is_inferred:
        return _may_be_inferred(frame, sentence)
    if frame.code == "tariff_increase" and frame.action == "mention":
        return bool(frame.issuers) and not frame.is_near
    return bool(frame.issuers) or frame.has_nobody or is_of_sanctions


def _needs_no_territory(frame: Frame, sentence: Sentence) -> bool:
    """Parties may be listed wherever they are, tariffs be on whoever sells, and an emergency be about what somebody does."""
    if frame.trigger == "national_emergency":
        return frame.action in {"renew", "lift"} and "export control" not in sentence.masked
    if frame.code == "tariff_increase":
        return _is_tariff_on_all(frame, sentence.masked)
    if frame.code in _OF_VISITORS:
        return _is_of_visitors(frame, sentence)
    if frame.code in _OF_ASSISTANCE:
        return frame.action == "impose" and len(frame.issuers) > 1 and "join" in sentence.masked
    is_told = frame.action in {"impose", "lift", "propose"} or frame.trigger == "designation"
    return frame.code in {"listing", "terrorist_designation", "export_privilege_denial"} and is_told


def _is_of_visitors(frame: Frame, sentence: Sentence) -> bool:
    """Those whom it names, and no students or workers, may not come, or a court suspends it for all."""
    if frame.action == "suspend":
        is_known = not _ANY.search(sentence.masked, 0, frame.start) and not _ON.match(sentence.masked, frame.end)
        return is_known and not frame.names and not frame.is_near
    is_told = frame.action == "impose" and frame.names and _FROM_ABROAD.search(sentence.masked, frame.start, frame.end)
    return bool(is_told) and not (_ANYBODY.search(sentence.masked) or lexicon.pattern("home").search(sentence.masked))


_OF_VISITORS = frozenset({"travel_ban"})
_ANY = re.compile(r"\b(?:an?|any|his|her|their) $")
_ON = re.compile(r" (?:on|for|against|imposed) ")
_ANYBODY = re.compile(r"\b(?:aliens|those|anyone|anybody|nationals|citizens|immigrants|refugees)\b")
_FROM_ABROAD = re.compile(r"\bvisas?\b|\b(?:entering|visiting)\b|\b(?:den(?:y|ies|ied)|refus(?:e|es|ed)) entry\b")
""" "bars the preacher from entering": whom one's own state keeps from leaving is its own affair."""
_OF_ASSISTANCE = frozenset({"aid_suspension", "military_assistance_ban"})
"""What a state joins others in stopping it gave abroad, and to somebody of whom the text need not speak again."""


def _is_tariff_on_all(frame: Frame, masked: str) -> bool:
    """Tariffs on whoever sells, no prices at home, duties on what one sells oneself, or duties lowered for trade."""
    is_of_goods = bool(frame.goods) or masked.startswith(" on ", frame.end)
    is_told = frame.action not in {"mention", "propose"} or (not frame.is_near and is_of_goods)
    if not is_told or _SUPPOSED.search(masked, 0, frame.start) or _TARIFF_AT_HOME.search(masked):
        return False
    is_less = frame.action in {"ease", "lift", "suspend", "waive"}
    return not is_less or bool(_AGAINST_OTHERS.search(masked))


def _may_be_inferred(frame: Frame, sentence: Sentence) -> bool:
    """A territory that does not stand with sanctions is told where somebody imposes them, or it is the only likely one."""
    if frame.trigger not in SANCTIONS and "sanctions" not in sentence.masked[frame.start : frame.end]:
        is_against_state = all(len(code) == len("XX") or "-" in code for code in frame.territories)
        is_said = is_against_state and bool(frame.issuers) and frame.action != "mention"
        return is_said and (_follows(frame, sentence) if frame.code in _OF_STATES else "sanction" in sentence.masked)
    likely = {each.code for each in sentence.mentions} & lexicon.words("often_hit")
    return bool(frame.issuers) or (frame.trigger == "sanctions" and likely == set(frame.territories))


def _follows(frame: Frame, sentence: Sentence) -> bool:
    """The territory is spoken of after the measure, and not as a reason for it, or in the sentences before alone."""
    after = next((each for each in sentence.mentions if each.start >= frame.end and each.code in frame.territories), None)
    if after is None:
        return not any(each.code in frame.territories for each in sentence.mentions)
    between = slice(frame.end, after.start)
    return not lexicon.pattern("reasons").search(sentence.masked[between]) and " and " not in sentence.masked[between]


def _is_of_another_world(frame: Frame, sentence: Sentence) -> bool:
    """Rules on health, on what is done at home, on whole peoples at a border, and lists of other things."""
    m = sentence.masked
    reason = lexicon.pattern("reasons").search(m, frame.end)
    is_of_visas = frame.code == "travel_ban" and "visa" in m[frame.start : frame.end]
    is_foreign = frame.code == "tariff_increase" or (frame.code == "import_ban" and _SOMEBODY.search(m, frame.start, frame.end))
    is_at_home = (
        not is_of_visas and not is_foreign and lexicon.pattern("home").search(m, 0, reason.start() if reason else len(m))
    )
    if is_at_home or lexicon.pattern("health").search(m):
        return True
    if frame.trigger == "listing":
        return not _BLACKLISTS.match(m, frame.start)
    if frame.code != "travel_ban":
        return False
    if "asset freeze" in m or any(_is_people(each, sentence) for each in sentence.mentions):
        return False
    if is_of_visas or set(frame.territories) <= lexicon.words("often_hit"):
        return False
    of_persons = lexicon.pattern("people").search(m) or lexicon.pattern("persons").match(m[frame.end :]) or frame.names
    return not of_persons


def _is_people(mention: Mention, sentence: Sentence) -> bool:
    """ "Russians", "Pakistanis"."""
    words = sentence.text[mention.start : mention.end]
    is_plural = mention.kind == "adjective" and words.endswith("s") and not words.endswith("ss")
    return is_plural and not _COUNTED.search(sentence.masked, 0, mention.start)


_COUNTED = re.compile(r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|dozens of|some|prominent|senior|the) $")
""" "23 Britons" are persons, "Britons" are a people."""


# Claims


def _claims(context: Context) -> list[Claim]:
    """The frames that say the same become one claim; a mere mention joins the first deed told of its measure."""
    found = _located(_with_effects(_particular(_known(_of_one_emergency(context.frames))), context))
    deeds_of: dict[tuple[object, ...], str] = {}
    for frame in found:
        if frame.action != "mention":
            deeds_of.setdefault((frame.issuers, frame.territories, frame.code), frame.action)
    of_some_goods = {(frame.issuers, frame.territories, frame.code) for frame in found if frame.goods}
    together: dict[tuple[object, ...], list[Frame]] = {}
    for frame in found:
        measure = (frame.issuers, frame.territories, frame.code)
        action = deeds_of.get(measure, "mention") if frame.action == "mention" else frame.action
        is_total = frame.goods is None and measure in of_some_goods and _is_of_all(frame, context)
        together.setdefault((*measure, action, is_total), []).append(frame)
    return _with_day_of_release([_claim(same, context) for same in together.values()], context)


def _is_of_all(frame: Frame, context: Context) -> bool:
    """ "has since banned all exports": another measure than the ban on some goods before it."""
    return bool(_ALL.search(context.sentence(frame.sentence).masked, frame.start, frame.end))


_ALL = re.compile(r"\ball (?:\w+ )?(?:exports?|imports?|shipments|sales|goods)\b")


def _known(found: list[Frame]) -> list[Frame]:
    """The frames, where a mere mention of sanctions by nobody is one of those that somebody is said to impose."""
    return [_of_somebody(frame, number, found) for number, frame in enumerate(found)]


def _of_somebody(frame: Frame, number: int, found: list[Frame]) -> Frame:
    if frame.issuers or frame.has_nobody or frame.action != "mention" or frame.code not in _GENERAL or not frame.territories:
        return frame
    for other in (*reversed(found[:number]), *found[number:]):
        if other.issuers and set(frame.territories) <= set(other.territories):
            return replace(
                frame, issuers=other.issuers, territories=other.territories, code=other.code, status=other.status, is_near=True
            )  # fmt: skip
    return frame


_GENERAL = frozenset({"sanctions_unspecified", "listing"})


def _located(found: list[Frame]) -> list[Frame]:
    """The frames without those that leave open against whom, where another of their issuer and kind says it."""
    known = {(frame.issuers, frame.code) for frame in found if frame.territories}
    return [frame for frame in found if frame.territories or (frame.issuers, frame.code) not in known]


def _of_one_emergency(found: list[Frame]) -> list[Frame]:
    """What continues or ends a national emergency tells its declaration, and what that blocked, as a part of it."""
    told = next((frame for frame in found if frame.trigger == "national_emergency" and frame.action in {"renew", "lift"}), None)
    if told is None:
        return found
    return [
        replace(frame, action=told.action, status=told.status)
        if frame.trigger == "national_emergency" or frame.code == "asset_freeze"
        else frame
        for frame in found
        if frame.action != "propose"
    ]


def _with_effects(found: list[Frame], context: Context) -> list[Frame]:
    """The frames, where a listing whose effect the text states is told as that effect."""
    effects = [frame for frame in found if _states_effect(frame, context.sentence(frame.sentence))]
    return [each for frame in found for each in _as_effects(frame, effects, context.sentence(frame.sentence))]


def _states_effect(frame: Frame, sentence: Sentence) -> bool:
    pattern = _EFFECTS.get(frame.code)
    return pattern is not None and bool(pattern.search(sentence.masked))


def _as_effects(frame: Frame, effects: list[Frame], sentence: Sentence) -> list[Frame]:
    if frame.code != "listing" or frame.action not in {"impose", "mention"}:
        return [frame]
    of_entry, of_property = _OF_ENTRY.search(sentence.masked), _OF_PROPERTY.search(sentence.masked)
    codes = {
        effect.code
        for effect in effects
        if (effect.issuers, effect.territories) == (frame.issuers, frame.territories)
        and (effect.code != "travel_ban" or of_entry or (not of_property and abs(effect.sentence - frame.sentence) <= _CLOSE))
    }
    return [replace(frame, code=code) for code in sorted(codes)] or [frame]


_EFFECTS = {
    "travel_ban": re.compile(r"\bineligible for entry\b|\bsanctions (?:\w+ )?(?:bar|ban)\b|\bthe sanctions .*\bbar\b"),
    "asset_freeze": re.compile(
        r"\b(?:propert\w+|interests|assets)\b.* (?:are|is|must be|be|will be|hereby) (?:\w+ )?(?:blocked|frozen)\b"
        r"|\bsanctions (?:\w+ )?(?:freeze|block)\b"
    ),
}
"""By code how a text states it as the effect of a listing."""
_CLOSE = 3
"""Sentences within which an entry ban is told of those just designated, and not of others in the same release."""
_OF_ENTRY = re.compile(r"\b7031|\bsection 353\b|\bcorruption\b")
_OF_PROPERTY = re.compile(r"\bexecutive order\b|\be\.o\.|\bB+'?s? office\b")


def _particular(found: list[Frame]) -> list[Frame]:
    """The frames, where "sanctions" that the text elsewhere calls a listing are that listing."""
    return [_as_listing(frame, found) for frame in found]


def _as_listing(frame: Frame, found: list[Frame]) -> Frame:
    if frame.code != "sanctions_unspecified" or frame.action not in {"impose", "mention"}:
        return frame
    for other in found:
        if other.code == "listing" and other.issuers == frame.issuers and set(frame.territories) <= set(other.territories):
            return replace(
                frame, code="listing", action=other.action, status=other.status, territories=other.territories
            )  # fmt: skip
    return frame


def _claim(same: list[Frame], context: Context) -> Claim:
    first = next((frame for frame in same if frame.action != "mention"), same[0])
    if _is_still_to_come(same, first, context.text.published):
        first = replace(first, status="announced")
    if _is_long_ago(same, first, context.text.published):
        first = replace(first, action="mention")
    evidence = tuple(dict.fromkeys(context.evidence(frame.sentence, frame.start) for frame in same))
    named = tuple(dict.fromkeys(act for frame in same for act in acts.named(context.sentence(frame.sentence).plain)))
    return Claim(
        first.issuers, first.territories, first.code, first.status, first.action, evidence,
        goods_text=None if first.code in _OF_PARTIES else next((frame.goods for frame in same if frame.goods), None),
        instrument_texts=named,
        target_names=tuple(dict.fromkeys(name for frame in same for name in frame.names)),
        dates=_once(date for frame in same for date in frame.dates),
        confidence_code="low" if first.is_inferred else "medium" if first.is_near else "high",
        is_performed=any(performed.is_performed(frame, context) for frame in same),
        is_of_terrorism=_is_of_terrorism(named, context),
    )  # fmt: skip


def _is_of_terrorism(named: tuple[str, ...], context: Context) -> bool:
    """The text rests on an act against terrorism at large, and the claim cites no other."""
    return context.is_of_terrorism and all(lexicon.pattern("of_terrorism").search(act) for act in named)


_LONG = dt.timedelta(days=31)


def _is_long_ago(same: list[Frame], first: Frame, published: dt.date | None) -> bool:
    """What was imposed more than a month before the text was published, and not again, is its background."""
    days = [date.latest for frame in same for date in frame.dates if date.action == "impose"]
    if published is None or (first.action, first.status) != ("impose", "in_force") or not days:
        return False
    return all(day is not None and published - day > _LONG for day in days)


def _is_still_to_come(same: list[Frame], first: Frame, published: dt.date | None) -> bool:
    """What takes effect after the text was published is only announced in it."""
    if published is None or (first.action, first.status) != ("impose", "in_force"):
        return False
    begins = [date.earliest for frame in same for date in frame.dates if date.step == "effective" and date.earliest]
    return bool(begins) and min(begins) > published


def _once(dates: Iterable[ClaimDate]) -> tuple[ClaimDate, ...]:
    """The dates, the same day of the same step told once; days that could not be read count by their words."""
    found: dict[tuple[object, ...], ClaimDate] = {}
    for date in dates:
        found.setdefault((date.action, date.step, date.earliest, date.latest, date.earliest or date.text), date)
    return tuple(found.values())


_SO_FAR = re.compile(
    r"\b[Ss]ince\b[^.;]*\b(?:has|have)\b|\b(?:has|have)\b[^.;]*\bsince\b|\b[Ii]n recent (?:weeks|months|years)\b|\bto date\b"
)
"""Words by which a release sums up what was done before: that is not "today's action"."""


def _with_day_of_release(found: list[Claim], context: Context) -> list[Claim]:
    """A press release that speaks of "today's action", or is signed, dates the publisher's own first measure."""
    publisher = context.publisher
    own = [claim for claim in found if publisher in claim.issuer_codes and claim.action_code in _OWN_STEPS]
    own = [claim for claim in own if not _SO_FAR.search(context.text.text, *claim.evidence[0])]
    if not own or context.is_of_meeting:
        return found
    dates = moments.of_release(context.text.text, own[0].action_code, context.text.published)
    dates = list(map(moments.delisted, dates)) if own[0].measure_type_code in _OF_LISTS else dates
    told = {(date.action, date.earliest) for date in own[0].dates}
    new = tuple(date for date in dates if date.step == "signed" or (date.action, date.earliest) not in told)
    return [
        _as_imposed(claim, new if claim is own[0] else (), context) if publisher in claim.issuer_codes else claim
        for claim in found
    ]


def _as_imposed(claim: Claim, new: tuple[ClaimDate, ...], context: Context) -> Claim:
    if claim.status_code == "announced":
        return claim._replace(dates=_once((*claim.dates, *map(moments.announced_on, new))))
    own = (moments.imposed_on(date, context.text.published) for date in claim.dates)
    return claim._replace(dates=_once((*own, *new)))
