"""Given mentions, whether an extractor found them or not, to the things they refer to.

Resolution proper ties what an extractor found: named things. Some uses bring mentions of their
own, unnamed people and places among them ("the gunman", "a Brooklyn apartment"): annotators, and
the test sets of cross-document coreference. A mention that an extractor found is what resolution
says. Any other is resolved by its words, in its article and in articles about the same news:

* the same words, articles and possessives aside, are the same thing within a story;
* a description whose head is the head of only one other thing of its story is that thing.

Articles are about the same news when their rarer words agree (cosine of tf-idf); "the suspect"
of one robbery is not the suspect of the next.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Document, Span
from kg.resolve.cluster import Clusters
from kg.resolve.name import fold

SAME_NEWS = 0.16
"""Cosine from which two articles tell the same news. Of 0.08, 0.12 and 0.16 the best on the
training articles of ECB+ (CoNLL 70, 72.5, 73.2)."""

PRONOUNS = frozenset(
    "i me my mine myself you your yours he him his himself she her hers herself it its itself "
    "we us our ours ourselves they them their theirs themselves who whom whose which that this "
    "these those one someone anyone everyone somebody anybody nobody here there where".split()
)
"""Words that say nothing of what they refer to."""

BACKWARD = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs themselves who "
    "whom whose which where there".split()
)
"""Pronouns that take up what was last mentioned before them."""

_BEFORE = re.compile(
    r"^(?:(?:in|at|on|to|from|near|off|across|outside|inside|of|by|the|a|an|this|that|these|those|his|her|its|their|our|my|your|some|any|all|both|other|"
    r"another|two|three|four|five|several|many|least) )+"
)
_AFTER = re.compile(r" (?:of|in|from|at|on|for|with|who|which|that|near|to|by|and|including) .*$")


def words_of(mention: str) -> str:
    """A mention's folded words without articles and possessives in front."""
    folded = fold(mention)
    return _BEFORE.sub("", folded) or folded


def head_of(words: str) -> str:
    """The noun on which the other words hang, in the singular: "officer" of "police officers"."""
    before = _AFTER.sub("", words).split()
    head = before[-1] if before else words
    return head.removesuffix("s") if len(head) > 3 and not head.endswith("ss") else head


def same_news(documents: Sequence[Document]) -> list[int]:
    """For each document, the number of the story it belongs to."""
    counts = [Counter(_content(document.text)) for document in documents]
    spread = Counter(word for count in counts for word in count)
    vectors = [_vector(count, spread, len(documents)) for count in counts]
    postings: dict[str, list[int]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for word in vector:
            postings[word].append(number)
    links: dict[tuple[int, int], float] = defaultdict(float)
    for word, numbers in postings.items():
        for i, left in enumerate(numbers):
            for right in numbers[i + 1 :]:
                links[left, right] += vectors[left][word] * vectors[right][word]
    stories = Clusters(range(len(documents)))
    for (left, right), cosine in sorted(links.items()):
        if cosine >= SAME_NEWS:
            stories.join(left, right)
    return [min(stories.members(number)) for number in range(len(documents))]


def _content(text: str) -> Iterable[str]:
    return (word for word in re.findall(r"[a-z]{4,}|\d+", text.casefold()))


def _vector(count: Counter[str], spread: Mapping[str, int], size: int) -> dict[str, float]:
    weights = {
        word: (1 + math.log(n)) * math.log(size / spread[word])
        for word, n in count.items()
        if spread[word] <= max(2, size // 10)
    }
    length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
    return {word: value / length for word, value in weights.items()}


def resolve_mentions(
    documents: Sequence[Document],
    mentions: Sequence[Sequence[Span]],
    known: Sequence[Mapping[Span, str]],
) -> list[dict[Span, str]]:
    """The thing of every mention, for each document; equal ids are one thing.

    `known` gives the thing of those mentions that were found by an extractor. Pronouns that are
    not known stay alone.
    """
    story_of = same_news(documents)
    by_story: dict[int, list[int]] = defaultdict(list)
    for number, story in enumerate(story_of):
        by_story[story].append(number)
    result: list[dict[Span, str]] = [dict(found) for found in known]
    for story, numbers in sorted(by_story.items()):
        texts = {
            span: words_of(span.of(documents[number].text))
            for number in numbers
            for span in mentions[number]
        }
        given = {span: known[n][span] for n in numbers for span in mentions[n] if span in known[n]}
        for span, thing in _story(story, texts, given).items():
            result[story_number(numbers, documents, span)][span] = thing
    return result


def story_number(numbers: Sequence[int], documents: Sequence[Document], span: Span) -> int:
    """Which of the documents `numbers` the span is of."""
    return next(number for number in numbers if documents[number].id == span.document)


def _story(story: int, texts: Mapping[Span, str], known: Mapping[Span, str]) -> dict[Span, str]:
    """The things of the mentions of one story, those not known among them."""
    nodes = Clusters[str]([*map(str, texts), *set(known.values())])
    for span, thing in known.items():
        nodes.join(thing, str(span))
    owners: dict[str, Counter[str]] = defaultdict(Counter)
    for span, thing in known.items():
        owners[texts[span]][thing] += 1
    unknown = [span for span in sorted(texts) if span not in known and texts[span] not in PRONOUNS]
    first: dict[str, Span] = {}
    for span in unknown:
        words = texts[span]
        if owners[words]:
            thing = max(sorted(owners[words]), key=lambda name: owners[words][name])
            nodes.join(thing, str(span))
        elif words in first:
            nodes.join(str(first[words]), str(span))
        else:
            first[words] = span
    _join_heads(nodes, unknown, texts)
    _join_pronouns(nodes, texts, known)
    unknown = [span for span in sorted(texts) if span not in known]
    found = {span: f"story {story} {nodes.root(str(span))}" for span in unknown}
    for span in unknown:
        members = nodes.members(str(span))
        named = sorted(set(members) & set(known.values()))
        if named:
            found[span] = named[0]
    return found


def _join_heads(
    nodes: Clusters[str],
    unknown: Sequence[Span],
    texts: Mapping[Span, str],
) -> None:
    """Joins descriptions with the only other thing of the story that has their head."""
    holders: dict[str, set[str]] = defaultdict(set)
    for span, words in texts.items():
        if words not in PRONOUNS:
            holders[head_of(words)].add(nodes.root(str(span)))
    for span in unknown:
        head = head_of(texts[span])
        roots = {nodes.root(root) for root in holders[head]}
        if len(roots) == 2:
            left, right = sorted(roots)
            nodes.join(left, right)


def _join_pronouns(
    nodes: Clusters[str], texts: Mapping[Span, str], known: Mapping[Span, str]
) -> None:
    """Joins each pronoun that nobody resolved with the mention before it in its article."""
    before: Span | None = None
    for span in sorted(texts):
        if span not in known and texts[span] in BACKWARD:
            if before and before.document == span.document:
                nodes.join(str(before), str(span))
        else:
            before = span
