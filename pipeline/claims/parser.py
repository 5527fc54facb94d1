"""A second opinion by a dependency parser: who and against whom by the tree of the sentence, instead of the words around.

Needs spaCy and a model of it (the extra `parser`, see pyproject.toml); nothing else imports this module. Where rules and
parser read the same claim, its confidence rises by one.
"""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.claims import kinds, objects, roles, rules
from pipeline.claims.context import Context
from pipeline.claims.gazetteer import Mention
from pipeline.claims.model import Claim, Text
from pipeline.claims.occurrences import Occurrence, occurrences

MODEL_VARIABLE = "SANCTIONS_PARSER"
"""Environment variable of the name of the model."""
_MODEL = "en_core_web_sm"
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OWNERS = frozenset({"poss", "compound", "amod", "nmod"})
_LEADS = frozenset({"on", "against", "to", "from", "for", "with", "upon", "of", "in", "targeting"})
_RISES = {"low": "medium", "medium": "high", "high": "high"}


def claims(text: Text) -> list[Claim]:
    """What the parser reads, without dates and goods: it only has an opinion on who does what to whom."""
    context = Context(text)
    found: dict[tuple[object, ...], Claim] = {}
    for number in range(len(context.spans)):
        if context.may_speak(number):
            for claim in _of_sentence(number, context):
                found.setdefault((claim.issuer_codes, claim.territory_codes, claim.measure_type_code, claim.evidence), claim)
    return list(found.values())


def seconded(text: Text) -> list[Claim]:
    """The claims of the rules, more confident where the parser reads the same."""
    same = {_core(claim) for claim in claims(text)}
    return [
        claim._replace(confidence_code=_RISES[claim.confidence_code], extractor_name="rules+parser")
        if _core(claim) in same
        else claim
        for claim in rules.claims(text)
    ]


def _core(claim: Claim) -> tuple[frozenset[str], frozenset[str], str]:
    return frozenset(claim.issuer_codes), frozenset(claim.territory_codes), claim.measure_type_code


@functools.cache
def load() -> Any:
    """The model; raises ImportError without spaCy, OSError without the model."""
    return importlib.import_module("spacy").load(os.environ.get(MODEL_VARIABLE) or _MODEL, exclude=["ner", "lemmatizer"])


def _of_sentence(number: int, context: Context) -> Iterator[Claim]:
    sentence = context.sentence(number)
    parsed = load()(sentence.plain)
    for occurrence in occurrences(number, sentence, is_of_sanctions=context.is_of_sanctions):
        span = parsed.char_span(occurrence.start, occurrence.end, alignment_mode="expand")
        if span is None:
            continue
        issuing, hit = _issuing(span.root, occurrence), _hit(span.root, occurrence)
        codes, _ = roles.codes_of([each for each in issuing if each.code])
        territories = tuple(dict.fromkeys(each.code for each in hit if each.code and each.code not in codes))
        if territories:
            code = kinds.code(occurrence, hit, objects.direct(occurrence).words, ())
            action, status = occurrence.deed[:2]
            evidence = (context.spans[number],)
            yield Claim(codes, territories, code, status, action, evidence, confidence_code="low", extractor_name="parser")


def _issuing(root: Any, occurrence: Occurrence) -> list[Mention]:
    """Whoever owns the noun, is the agent of its passive, or the subject of the verb above it."""
    owners = [child for child in root.children if child.dep_ in _OWNERS]
    if mine := _mentions(owners, occurrence):
        return mine
    for token in (root, *root.ancestors):
        agents = [child for child in token.subtree if child.dep_ == "agent" and child.i > token.i]
        if by := _mentions(agents, occurrence):
            return by
        subjects = [child for child in token.children if child.dep_ in _SUBJECTS and child.i < root.i]
        if doing := _mentions(subjects, occurrence):
            return doing
    return []


def _hit(root: Any, occurrence: Occurrence) -> list[Mention]:
    """Whatever a preposition of the noun or of its verb leads to, or the object of the verb."""
    for token in (root, root.head):
        leads = [child for child in token.children if child.dep_ == "prep" and child.lower_ in _LEADS and child.i > root.i]
        if led := _mentions(leads, occurrence):
            return led
    if occurrence.is_verb:
        return _mentions([child for child in root.children if child.dep_ in {"dobj", "nsubjpass"}], occurrence)
    return []


def _mentions(tokens: Iterable[Any], occurrence: Occurrence) -> list[Mention]:
    """The mentions in the subtrees of tokens, in their order."""
    places = [(token.left_edge.idx, token.right_edge.idx + len(token.right_edge)) for token in tokens]
    return [each for each in occurrence.sentence.mentions if any(start <= each.start < end for start, end in places)]
