"""What changed between two graphs, in words: things, facts and numbers that sources disagree on.

Read from their `graph.ttl`, whose canonical order makes it cheap: only what is written differently
about a subject is parsed, so comparing costs little even for large graphs. Of folders, the claims
that dispute one another are compared too; two bare files show only where numbers lie apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph import vocabulary as v
from kg.graph.folder import GraphFolder
from kg.graph.store import Store
from kg.inventory import ACTOR_ROLES, QUANTITY_KINDS, words

ADDED, GONE, CHANGED = "+", "-", "~"
LABELS = (v.PREF_LABEL, v.LABEL)
PARTICIPANT = v.KG + "participant"
DERIVED = frozenset(v.KG + name(kind) for kind in QUANTITY_KINDS for name in (v.minimum, v.maximum))
"""Predicates that follow from others, and are told as disagreements if at all."""

Facts = Mapping[str, frozenset[str]]
"""By predicate (an IRI) its values: IRIs of things, and literals as text."""


@dataclass(frozen=True)
class Change:
    """One change: `sign` is + for new, - for gone, ~ for other than before.

    `kind` is entity, event, fact or disagreement; `text` tells it in words.
    """

    kind: str
    sign: str
    text: str


KINDS = ("entity", "event", "fact", "disagreement")


@dataclass(frozen=True)
class Difference:
    """All changes from an old graph to a new one, by kind, then by what they are about."""

    changes: tuple[Change, ...]

    def counts(self) -> dict[str, int]:
        """How many changes there are of each kind and sign: "+ fact" leads to a number."""
        found: dict[str, int] = defaultdict(int)
        for change in self.changes:
            found[f"{change.sign} {change.kind}"] += 1
        return dict(found)


Disputes = Mapping[tuple[str, str], frozenset[str]]
"""By thing and predicate (IRIs) the values of which not all can be true."""

_DISPUTES = """
SELECT ?thing ?predicate ?value WHERE {
  ?claim kg:disputes ?other ;
         rdf:subject ?thing ; rdf:predicate ?predicate ; rdf:object ?value .
}
"""


def diff(old: str | PathLike[str], new: str | PathLike[str]) -> Difference:
    """What changed from `old` to `new`, each a graph folder or a `graph.ttl`.

    Raises `GraphError` for what is neither.
    """
    return _difference(_text(Path(old)), _text(Path(new)))


def changes_to(folder: Path, new: Path, store: Store) -> Difference | None:
    """What changes when `new`, whose store is open, takes the place of the graph in `folder`.

    None when `folder` holds no graph yet.
    """
    if not (folder / "graph.ttl").is_file():
        return None
    with Store.open(folder / "store") as old:
        before = _Text.read(folder / "graph.ttl", disputes(old))
    return _difference(before, _Text.read(new / "graph.ttl", disputes(store)))


def disputes(store: Store) -> Disputes:
    """Which claims of a graph cannot all be true."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in store.query(_DISPUTES):
        found[row["thing"].value, row["predicate"].value].add(row["value"].value)
    return {place: frozenset(values) for place, values in found.items()}


def _text(path: Path) -> _Text:
    """A graph, in whichever form it is given."""
    if path.is_dir():
        folder = GraphFolder(path)
        folder.require()
        with Store.open(folder.store) as store:
            return _Text.read(folder.part("graph.ttl"), disputes(store))
    if not path.is_file():
        raise GraphError(f"{path} does not exist; give a graph folder or its graph.ttl")
    return _Text.read(path, None)


class _Text:
    """A Turtle file by subjects (IRIs): what is written about each, unparsed.

    `disputes` are None where only the file is at hand.
    """

    def __init__(
        self, path: Path, head: str, blocks: dict[str, str], disputes: Disputes | None
    ) -> None:
        self.path = path
        self.head = head
        self.blocks = blocks
        self.disputes = disputes

    @classmethod
    def read(cls, path: Path, disputes: Disputes | None) -> _Text:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(f"{path} cannot be read as Turtle ({error})") from None
        blocks: dict[str, str] = {}
        head = []
        for block in re.split(r"^(?=\S)", text, flags=re.MULTILINE):
            if block.startswith("@"):
                head.append(block)
            elif block.strip():
                subject = _iri(block.split(None, 1)[0])
                blocks[subject] = blocks.get(subject, "") + block
        return cls(path, "".join(head), blocks, disputes)

    def facts(self, subjects: Iterable[str]) -> dict[str, Facts]:
        """What is said of `subjects`, by IRI."""
        text = self.head + "".join(self.blocks[name] for name in subjects if name in self.blocks)
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        try:
            for quad in ox.parse(text.encode("utf-8"), format=ox.RdfFormat.TURTLE):
                value = quad.object
                told = str(value) if isinstance(value, ox.Triple) else value.value
                found[str(quad.subject).strip("<>")][quad.predicate.value].add(told)
        except SyntaxError as error:
            raise GraphError(
                f"{self.path} is no graph.ttl as newsgraph writes it ({error}); load it with: kg "
                "load, and compare the folders"
            ) from None
        return {
            subject: {predicate: frozenset(values) for predicate, values in facts.items()}
            for subject, facts in found.items()
        }


def _difference(before: _Text, after: _Text) -> Difference:
    """The changes between two files: only what differs is parsed."""
    touched = sorted(
        name
        for name in {*before.blocks, *after.blocks}
        if before.blocks.get(name) != after.blocks.get(name)
    )
    old, new = before.facts(touched), after.facts(touched)
    return Difference(_Teller(before, after, old, new).changes())


class _Teller:
    """Tells changes in words."""

    def __init__(
        self, before: _Text, after: _Text, old: dict[str, Facts], new: dict[str, Facts]
    ) -> None:
        self.old = old
        self.new = new
        self.disputes = (
            (before.disputes, after.disputes)
            if before.disputes is not None and after.disputes is not None
            else None
        )
        self.labels = self._all_labels(before, after)

    def _all_labels(self, before: _Text, after: _Text) -> dict[str, str]:
        """What everything is called that the changes speak of, in the new graph if it is there."""
        spoken = {
            value
            for facts in (*self.old.values(), *self.new.values())
            for values in facts.values()
            for value in values
            if _is_thing(value)
        }
        for disputes in self.disputes or ():
            for (thing, _), values in disputes.items():
                spoken |= {thing, *filter(_is_thing, values)}
        labels = {}
        for text, known in ((before, self.old), (after, self.new)):
            names = sorted(spoken - set(known))
            for iri, facts in (text.facts(names) | known).items():
                for label in sorted(name for key in LABELS for name in facts.get(key, ()))[:1]:
                    labels[iri] = label
        return labels

    def changes(self) -> tuple[Change, ...]:
        """All of them, in order."""
        found = [change for iri in sorted({*self.old, *self.new}) for change in self.about(iri)]
        if self.disputes is not None:
            found += self._disputed(*self.disputes)
        return tuple(sorted(found, key=lambda change: KINDS.index(change.kind)))

    def about(self, iri: str) -> Iterator[Change]:
        """The changes of one thing."""
        old, new = self.old.get(iri, {}), self.new.get(iri, {})
        if not iri.startswith((v.ENT, v.EV)):
            return
        kind = "event" if iri.startswith(v.EV) else "entity"
        name = self.labels.get(iri, _bare(iri))
        if not old or not new:
            sign, facts = (ADDED, new) if new else (GONE, old)
            merged = "" if new else self._merged(iri, old)
            yield Change(kind, sign, f"{name} ({_kind(facts)}){merged}")
        else:
            yield from self._renamed(kind, name, old, new)
        yield from self._facts(name, old, new)
        if self.disputes is None:
            yield from self._ranges(name, old, new)

    def _merged(self, iri: str, old: Facts) -> str:
        """Where a thing went that is gone: another bears its name now."""
        names = {label for predicate in LABELS for label in old.get(predicate, ())}
        for other, facts in sorted(self.new.items()):
            borne = facts.get(v.ALT_LABEL, frozenset()) | facts.get(v.PREF_LABEL, frozenset())
            if other != iri and names & borne:
                return f", now the same as {self.labels.get(other, _bare(other))}"
        return ""

    def _renamed(self, kind: str, name: str, old: Facts, new: Facts) -> Iterator[Change]:
        for predicate in LABELS:
            was = old.get(predicate, frozenset()) - new.get(predicate, frozenset())
            if was:
                yield Change(kind, CHANGED, f"{name} was called {' and '.join(sorted(was))}")
        if _kind(old) != _kind(new):
            yield Change(kind, CHANGED, f"{name}: {_kind(new)}, was {_kind(old)}")
        aliases = new.get(v.ALT_LABEL, frozenset()) - old.get(v.ALT_LABEL, frozenset())
        if aliases:
            yield Change(kind, CHANGED, f"{name} is also called {' and '.join(sorted(aliases))}")

    def _facts(self, name: str, old: Facts, new: Facts) -> Iterator[Change]:
        for predicate in sorted({*old, *new}):
            if not predicate.startswith(v.KG) or predicate in DERIVED:
                continue
            was, now = _told(old, predicate), _told(new, predicate)
            gone, come = was - now, now - was
            about = f"{name}: {_words(predicate)}"
            if len(gone) == len(come) == 1 and not any(_is_thing(value) for value in gone | come):
                told = f"{about} {self._value(*come)}, was {self._value(*gone)}"
                yield Change("fact", CHANGED, told)
                continue
            for sign, values in ((ADDED, come), (GONE, gone)):
                for value in sorted(values, key=self._value):
                    yield Change("fact", sign, f"{about} {self._value(value)}")

    def _disputed(self, old: Disputes, new: Disputes) -> Iterator[Change]:
        """The values that sources disagree on, where they are other than before."""
        for place in sorted({*old, *new}):
            if old.get(place) == new.get(place):
                continue
            thing, predicate = place
            sign = CHANGED if place in old and place in new else ADDED if place in new else GONE
            told = " or ".join(sorted(map(self._value, new.get(place) or old[place]), key=_order))
            about = f"{self.labels.get(thing, _bare(thing))}: {_words(predicate)} {told}"
            if sign == CHANGED:
                about += ", was " + " or ".join(sorted(map(self._value, old[place]), key=_order))
            yield Change("disagreement", sign, about)

    def _ranges(self, name: str, old: Facts, new: Facts) -> Iterator[Change]:
        """The numbers of which the least and the greatest told are other than before."""
        for kind in QUANTITY_KINDS:
            before, after = _range(kind, old), _range(kind, new)
            if before == after:
                continue
            about = f"{name}: {_words(v.KG + kind)}"
            if before and after:
                yield Change("disagreement", CHANGED, f"{about} {after}, was {before}")
            else:
                sign = ADDED if after else GONE
                yield Change("disagreement", sign, f"{about} {after or before}")

    def _value(self, value: str) -> str:
        return self.labels.get(value, _bare(value))


def _told(facts: Facts, predicate: str) -> frozenset[str]:
    """The values of a predicate. Who has a role is a participant anyway, and not told as one."""
    values = facts.get(predicate, frozenset())
    if predicate != PARTICIPANT:
        return values
    roles = (facts.get(v.KG + role, frozenset()) for role in ACTOR_ROLES if role != "participant")
    return values.difference(*roles)


def _range(kind: str, facts: Facts) -> str:
    """The numbers that sources disagree between ("11 to 12"), "" where they agree."""
    least, most = (
        sorted(facts.get(v.KG + name(kind), ()), key=float) for name in (v.minimum, v.maximum)
    )
    return f"{least[0]} to {most[-1]}" if least and most and least[0] != most[-1] else ""


def _is_thing(value: str) -> bool:
    return value.startswith((v.ENT, v.EV))


def _kind(facts: Facts) -> str:
    """The type of a thing in words."""
    types = facts.get(v.RDF_TYPE, frozenset())
    told = [_words(kind) for kind in sorted(types) if kind.startswith(v.KG)]
    return ", ".join(told) or "of no accepted type"


def _words(iri: str) -> str:
    return words(_bare(iri))


def _bare(iri: str) -> str:
    for start in (v.ENT, v.EV, v.KG):
        if iri.startswith(start):
            return iri.removeprefix(start)
    return iri


def _order(value: str) -> tuple[float, str]:
    """Sorts numbers as such, before words."""
    try:
        return float(value), value
    except ValueError:
        return float("inf"), value


def _iri(written: str) -> str:
    """The IRI of a subject as it is written in the file."""
    for prefix, start in (("ent:", v.ENT), ("ev:", v.EV)):
        if written.startswith(prefix):
            return start + written.removeprefix(prefix).replace("\\", "")
    return written.strip("<>")


def lines(difference: Difference, *, most: int | None = None) -> Iterator[str]:
    """The changes for a person, one a line; after `most` of them only how many more there are."""
    changes = difference.changes
    for change in changes[:most]:
        yield f"{change.sign} {change.kind:<12} {change.text}"
    if most is not None and len(changes) > most:
        left = Difference(changes[most:]).counts()
        yield "  and " + ", ".join(f"{count} × {kind}" for kind, count in left.items())
