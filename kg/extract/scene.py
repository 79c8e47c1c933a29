"""Who and what stands at each token: the entities of an article laid over its parse."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.extract.clusters import Cluster
from kg.extract.name import Name
from kg.extract.parse import Parse
from kg.model import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token


class Scene:
    """The clusters of an article by token. Indexes are into `clusters`.

    `posts` are the numbers of posts by the head word of their titles; they follow the clusters.
    """

    def __init__(self, parse: Parse, clusters: list[Cluster]) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.clusters = clusters
        self.names: dict[int, Name] = {}
        self.index: dict[int, int] = {}
        self.others: dict[int, int] = {}
        self.posts: dict[int, int] = {}
        self.other_bounds: dict[int, tuple[int, int]] = {}
        for number, cluster in enumerate(clusters):
            for name in cluster.names:
                for token in range(name.start, name.end):
                    self.names[token] = name
                    self.index[token] = number

    def cluster_at(self, token: int, types: Collection[str] | None = None) -> int | None:
        """The entity whose name covers the token, if it is of one of the types."""
        found = self.index.get(token)
        if found is None or (types is not None and self.clusters[found].type not in types):
            return None
        return found

    def name_at(self, token: int) -> Name:
        """The name that covers the token."""
        return self.names[token]

    def at(self, token: int) -> int | None:
        """The entity that a name, a pronoun or a description headed by the token means."""
        found = self.index.get(token)
        return self.others.get(token) if found is None else found

    def link(self, token: int, number: int, start: int, end: int) -> None:
        """Note that the phrase at tokens `start` to `end`, headed by `token`, means an entity."""
        if token not in self.index and token not in self.others:
            self.others[token] = number
        self.other_bounds[token] = (start, end)

    def mention(self, token: int, number: int, start: int, end: int, kind: MentionKind) -> None:
        """Record such a phrase as a mention of the entity."""
        if self.others.get(token) == number:
            self.clusters[number].others.append((start, end, kind))

    def bounds(self, token: int) -> tuple[int, int]:
        """The tokens of the name, pronoun or description headed by the token."""
        name = self.names.get(token)
        return (name.start, name.end) if name else self.other_bounds.get(token, (token, token + 1))

    def type_at(self, token: int) -> str:
        """The type of that entity, or an empty string."""
        found = self.at(token)
        return "" if found is None else self.clusters[found].type

    def person_headed(self, token: int) -> int | None:
        """The person meant by the phrase headed by the token."""
        found = self.at(token)
        if found is not None and self.clusters[found].type == "Person":
            return found
        return None

    def country(self, name: str) -> int | None:
        """The country of that name, if the article speaks of it."""
        for number, cluster in enumerate(self.clusters):
            if cluster.type == "Country" and cluster.name == name:
                return number
        return None

    def same_sentence(self, left: int, right: int) -> bool:
        """Whether two tokens stand in one sentence."""
        return self.parse.sentence_of[left] == self.parse.sentence_of[right]

    def subject_person(self, token: Token) -> int | None:
        """The person who is the subject of the clause that holds the token, or of one above."""
        for above in token.ancestors:
            for child in above.children:
                if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i:
                    found = self.person_headed(child.i)
                    if found is not None:
                        return found
        return None
