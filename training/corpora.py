"""Readers: every corpus becomes `Article`s that say what the corpus knows, and no more."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from kg.inventory import ENTITY_TYPES, EVENT_TYPES, ORGANIZATION_TYPES

from . import splits
from .layers import KAIROS, OUTSIDE, Article, Marked

ALL_ENTITIES = frozenset(ENTITY_TYPES)
ALL_EVENTS = frozenset(EVENT_TYPES)
NOTHING: frozenset[str] = frozenset()

WORLDWIDE = {
    "Person": frozenset({"Person"}),
    "Organization": frozenset({*ORGANIZATION_TYPES}),
    "Location": frozenset({"Country", "Region", "City"}),
    "Facility": frozenset({"Facility"}),
    "NORP": frozenset({"Country", "PopulationGroup", "Region", "City", "PoliticalParty", OUTSIDE}),
    "Product": frozenset({OUTSIDE, "Company"}),
    "Misc": frozenset({OUTSIDE, "Agreement", "Facility", "Organization", "MediaOrganization"}),
}
"""What a worldwide-ner tag may be in our inventory (our demonyms stand for their country)."""
WORLDWIDE_DEFAULT = frozenset({"Position"})
"""Titles are no entities there, so an untagged word may still belong to a Position."""

KAIROS_TO_OURS = {
    "Conflict.Attack": "Attack MilitaryStrike Bombing Shooting Clash Killing Abduction",
    "Conflict.Defeat": "Clash Attack",
    "Conflict.Demonstrate": "Protest",
    "Contact.Contact": "Meeting PhoneCall Negotiation Speech Visit O",
    "Contact.RequestCommand": "Request O",
    "Contact.ThreatenCoerce": "Threat Accusation O",
    "Disaster.Crash": "Accident Attack Bombing",
    "Disaster.DiseaseOutbreak": "Disaster",
    "Justice.Acquit": "Sentence Release Trial",
    "Justice.ArrestJailDetain": "Arrest Sentence",
    "Justice.ChargeIndict": "Trial Accusation",
    "Justice.Convict": "Sentence Trial",
    "Justice.InvestigateCrime": "Investigation O",
    "Justice.ReleaseParole": "Release Concession",
    "Justice.Sentence": "Sentence",
    "Justice.TrialHearing": "Trial",
    "Life.Die": "Attack MilitaryStrike Bombing Shooting Clash Killing Death Accident Disaster "
    "Sentence Protest",
    "Life.Injure": "Attack MilitaryStrike Bombing Shooting Clash Injury Accident Disaster Protest",
    "Personnel.EndPosition": "Departure",
    "Personnel.StartPosition": "Appointment Election",
    "Transaction.Donation": "Aid Transaction",
    "Transaction.ExchangeBuySell": "Transaction O",
}
"""wikievents types to ours; a type that is not here tells nothing of ours."""

ACE_TO_KAIROS = {
    "Conflict:Attack": "Conflict.Attack",
    "Conflict:Demonstrate": "Conflict.Demonstrate",
    "Life:Die": "Life.Die",
    "Justice:Arrest-Jail": "Justice.ArrestJailDetain",
    "Contact:Meet": "Contact.Contact",
    "Contact:Phone-Write": "Contact.Contact",
    "Movement:Transport": "Movement.Transportation",
}

UNSEEN_EVENTS = ALL_EVENTS
"""What a word without event in wikievents may still be: the corpus marks few of our types, and
not every word of an event, so it teaches our trigger layer only where it does mark one."""


def newsgraph(data: Path, part: str) -> list[Article]:
    """The articles of one part of newsgraph, every layer annotated."""
    articles = []
    left_out = splits.uk_government(data) if part == "train" else set()
    with (data / "newsgraph" / f"{part}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["id"] not in left_out:
                articles.append(_newsgraph_article(record))
    return articles


def _newsgraph_article(record: dict) -> Article:
    article = Article(record["id"], "newsgraph", record["text"], gold=record)
    names, nominals, triggers, times = [], [], [], []
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            if mention["kind"] == "name":
                names.append(_marked(mention, entity["type"]))
            elif mention["kind"] == "nominal":
                nominals.append(_marked(mention, "Nominal"))
    for event in record["events"]:
        triggers += [_marked(trigger, event["type"]) for trigger in event["triggers"]]
        if event.get("time") and event["time"].get("start") is not None:
            times.append(_marked(event["time"], "Time"))
    article.marked = {"name": names, "nominal": nominals, "trigger": triggers, "time": times}
    article.default = {"name": NOTHING, "nominal": NOTHING, "trigger": NOTHING}
    article.default["time"] = frozenset({"Time"})  # times without an event are not annotated
    return article


def _marked(span: dict, name: str) -> Marked:
    return Marked(span["start"], span["end"], frozenset({name}))


def worldwide(data: Path) -> tuple[list[Article], list[Article]]:
    """The training and the held-out articles of worldwide-ner."""
    ids = splits.newsgraph_ids(data)
    annotated = {identifier for part in ids.values() for identifier in part}
    train, held = [], []
    for identifier, sentences in _worldwide_documents(data / "worldwide-ner" / "train.tsv"):
        name = f"ww_{identifier}"
        if name in ids["dev"]:
            continue
        article = _worldwide_article(name, sentences)
        (held if splits.held_out(name, annotated) else train).append(article)
    return train, held


def _worldwide_documents(path: Path) -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
    identifier, sentences, sentence = "", [], []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if parts[0] == "-DOC-":
                if identifier:
                    yield identifier, [*sentences, sentence] if sentence else sentences
                identifier, sentences, sentence = parts[1], [], []
            elif len(parts) < 2 or not parts[0].strip():
                if sentence:
                    sentences.append(sentence)
                sentence = []
            else:
                sentence.append((parts[0].strip(), parts[1].strip()))
    if identifier:
        yield identifier, [*sentences, sentence] if sentence else sentences


def _worldwide_article(name: str, sentences: list[list[tuple[str, str]]]) -> Article:
    text, spans = joined(sentences, random.Random(name))
    names, times, demonyms = [], [], []
    flat = [tag for sentence in sentences for _, tag in sentence]
    for start, end, tag in _chunks(flat):
        begin, stop = spans[start][0], spans[end - 1][1]
        if tag in WORLDWIDE:
            names.append(Marked(begin, stop, WORLDWIDE[tag]))
        if tag == "Date":
            times.append(Marked(begin, stop, frozenset({"Time"})))
        if tag == "NORP":
            demonyms.append(Marked(begin, stop, frozenset({"Demonym"})))
    article = Article(name, "worldwide", text)
    article.marked = {"name": names, "time": times, "demonym": demonyms}
    article.default = {"name": WORLDWIDE_DEFAULT, "time": NOTHING, "demonym": NOTHING}
    article.gold = {"chunks": [(spans[s][0], spans[e - 1][1], t) for s, e, t in _chunks(flat)]}
    return article


def _chunks(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start, current = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        mark, _, kind = tag.partition("-")
        if current and not (mark == "I" and kind == current):
            yield start, index, current
            current = ""
        if mark == "B" or (mark == "I" and not current):
            start, current = index, kind


_CLOSING = frozenset(".,;:!?)]}%'’”") | {"'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'m", "'d"}
_OPENING = frozenset("([{$£€“‘#@")


def joined(
    sentences: list[list[tuple[str, str]]], chance: random.Random
) -> tuple[str, list[tuple[int, int]]]:
    """Tokens put back into running text, and where each token came to stand."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for sentence in sentences:
        quote_open = False
        glue = True
        if parts:
            parts.append("\n" if chance.random() < 0.3 else " ")
            position += 1
        for token, _ in sentence:
            straight = token == '"'
            closing = token in _CLOSING or (straight and quote_open)
            if straight:
                quote_open = not quote_open
            dashed = token in "-–/" and chance.random() < 0.5
            if not (glue or closing or dashed):
                parts.append(" ")
                position += 1
            parts.append(token)
            spans.append((position, position + len(token)))
            position += len(token)
            glue = token in _OPENING or (straight and quote_open) or dashed
    return "".join(parts), spans


def wikievents(data: Path) -> tuple[list[Article], list[Article]]:
    """The training and the dev articles of wikievents."""
    dev_ids = splits.dev_sources(data)
    train, dev = [], []
    with (data / "wikievents" / "train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if f"we_{record['doc_id']}" in dev_ids:
                continue
            events = [(*event["trigger"], event["event_type"]) for event in record["events"]]
            train.append(_wikievents_article(record["doc_id"], record["tokens"], events))
    with (data / "wikievents" / "dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            events = [
                (event["trigger"]["start"], event["trigger"]["end"], event["event_type"])
                for event in record["event_mentions"]
            ]
            dev.append(_wikievents_article(record["doc_id"], record["tokens"], events))
    return train, dev


def _wikievents_article(
    identifier: str, tokens: list[str], events: list[tuple[int, int, str]]
) -> Article:
    text, spans = joined([[(token, "O") for token in tokens]], random.Random(identifier))
    ours, kairos = [], []
    for start, end, full in events:
        kind = ".".join(full.split(".")[:2])
        begin, stop = spans[start][0], spans[end - 1][1]
        kairos.append(Marked(begin, stop, frozenset({kind})))
        if kind in KAIROS_TO_OURS:
            ours.append(Marked(begin, stop, frozenset(KAIROS_TO_OURS[kind].split())))
    article = Article(f"we_{identifier}", "wikievents", text)
    article.marked = {"trigger": ours, "kairos": kairos}
    article.default = {"trigger": UNSEEN_EVENTS, "kairos": NOTHING}
    return article


def m2e2(data: Path) -> list[Article]:
    """Runs of m2e2 sentences from one article that hold at least one event."""
    groups: dict[str, list[dict]] = {}
    with (data / "m2e2-text" / "sentences.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            groups.setdefault(record["id"].rpartition("_")[0], []).append(record)
    articles = []
    unseen = frozenset(KAIROS) - frozenset(ACE_TO_KAIROS.values())
    for identifier, records in groups.items():
        if not any(record["events"] for record in records):
            continue
        text, spans = joined(
            [[(word, "O") for word in record["words"]] for record in records],
            random.Random(identifier),
        )
        marked, first = [], 0
        for record in records:
            for event in record["events"]:
                trigger = event["trigger"]
                kind = ACE_TO_KAIROS.get(event["event_type"])
                begin = spans[first + trigger["start"]][0]
                stop = spans[first + trigger["end"] - 1][1]
                if kind:
                    marked.append(Marked(begin, stop, frozenset({kind})))
            first += len(record["words"])
        article = Article(f"m2e2_{identifier}", "m2e2", text)
        article.marked = {"kairos": marked}
        article.default = {"kairos": unseen}
        articles.append(article)
    return articles
