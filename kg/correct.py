"""A person's corrections of a graph: merge, split, rename, retype, reject, and undo.

Each function adds one line to the folder's `corrections.jsonl` and writes the graph anew. Things
are given by name, alias, IRI or `ent:`/`ev:` id; what is not there is an error that names what is
close, and changes nothing. Every later build plays the corrections again.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.graph import vocabulary as v
from kg.graph.folder import GraphFolder
from kg.graph.lookup import folded, lookup
from kg.graph.store import DEFAULT_GRAPH, Store
from kg.inventory import ENTITY_TYPES, EVENT_TYPES
from kg.model import Action, Corrected, Correction, EntityRef, EventRef, Quote, Span, Target
from kg.pipeline import Outcome, Progress
from kg.pipeline import correct as add
from kg.resolve.correction import in_force, read_corrections

ANCHORS = 5
"""Articles in which a correction remembers where its thing is mentioned: enough that some are
still there when articles come and go, few enough that a line can be read."""

_THINGS: dict[str, type[EntityRef] | type[EventRef]] = {v.ENT: EntityRef, v.EV: EventRef}
_CURIES = {"ent": v.ENT, "ev": v.EV, "claim": v.CLAIM, "span": v.SPAN, "doc": v.DOC}

Folder = str | PathLike[str]
Made = tuple[Correction, Outcome]


def silent(stage: str, done: int, total: int) -> None:
    """Reports no progress."""


@dataclass(frozen=True)
class Author:
    """Who corrects, and why; both may be empty. `at` is the time in UTC, now unless given."""

    by: str = ""
    because: str = ""
    at: datetime | None = None


def merge(
    out: Folder, things: Sequence[str], author: Author, *, progress: Progress = silent
) -> Made:
    """Makes the things one, which keeps the IRI of the first."""

    def make(graph: _Graph) -> Correction:
        targets = [graph.target(name) for name in things]
        if len({target.ref for target in targets}) < 2:
            raise UsageError(f"{' and '.join(map(repr, things))} are one thing already.")
        if len({type(target.ref) for target in targets}) > 1:
            raise UsageError("An entity and an event cannot be one thing; give two of a kind.")
        return graph.correction(Action.MERGE, author, targets=tuple(targets))

    return _add(out, make, progress)


def split(
    out: Folder, thing: str, mentions: Sequence[str], author: Author, *,
    progress: Progress = silent,
) -> Made:  # fmt: skip
    """Makes the `mentions` of the thing speak of another one, with an IRI of its own.

    A mention is `span:ARTICLE_START_END`, the id or title of an article (all mentions in it), or
    words by which the thing is mentioned.
    """

    def make(graph: _Graph) -> Correction:
        ref = graph.ref(thing)
        all_quotes = graph.quotes(ref)
        chosen = {quote for words in mentions for quote in graph.meant(words, all_quotes, thing)}
        kept = [quote for quote in all_quotes if quote not in chosen]
        if not kept:
            raise UsageError(
                f"These are all mentions of {thing!r}, so nothing is split; to give it another "
                "name, rename it."
            )
        return graph.correction(
            Action.SPLIT,
            author,
            targets=(graph.target_of(ref, kept),),
            quotes=tuple(quote for quote in all_quotes if quote in chosen),
        )

    return _add(out, make, progress)


def rename(
    out: Folder, thing: str, name: str, author: Author, *, progress: Progress = silent
) -> Made:
    """Gives the thing another main name; its IRI stays, the old name becomes an alias."""
    to = " ".join(name.split())
    if not to:
        raise UsageError("The new name is empty.")
    return _add(
        out,
        lambda graph: graph.correction(
            Action.RENAME, author, targets=(graph.target(thing),), to=to
        ),
        progress,
    )


def retype(
    out: Folder, thing: str, type: str, author: Author, *, progress: Progress = silent
) -> Made:
    """Gives the thing another type of the inventory ("ArmedGroup"); case does not matter."""

    def make(graph: _Graph) -> Correction:
        target = graph.target(thing)
        known = ENTITY_TYPES if isinstance(target.ref, EntityRef) else EVENT_TYPES
        by_fold = {name.casefold(): name for name in known}
        wanted = type.removeprefix("kg:").removeprefix(v.KG).replace(" ", "").casefold()
        if wanted not in by_fold:
            kind = "an entity" if isinstance(target.ref, EntityRef) else "an event"
            close = difflib.get_close_matches(wanted, by_fold, n=3, cutoff=0.5)
            names = ", ".join(by_fold[name] for name in close) or ", ".join(known)
            raise UsageError(f"{type!r} is no type of {kind}. Close: {names}.")
        return graph.correction(Action.RETYPE, author, targets=(target,), to=by_fold[wanted])

    return _add(out, make, progress)


def reject(out: Folder, claim: str, author: Author, *, progress: Progress = silent) -> Made:
    """Takes the claim as wrong: it stays, with status Rejected, and makes no direct triple."""
    return _add(out, lambda graph: graph.rejection(claim, author), progress)


def undo(out: Folder, number: int, author: Author, *, progress: Progress = silent) -> Made:
    """Takes the correction back, as if it had never been made; undoing an undo restores it."""

    def make(graph: _Graph) -> Correction:
        made = {item.number: item for item in graph.made}
        if number not in made:
            count = f"there are {len(made)}" if made else "none was made yet"
            raise QueryError(
                f"There is no correction {number}; {count}. See: kg correct {out} list"
            )
        undoings = {int(item.to) for item in _standing(graph.made) if item.action is Action.UNDO}
        if number in undoings:
            raise UsageError(f"Correction {number} is undone already.")
        return graph.correction(Action.UNDO, author, to=str(number))

    return _add(out, make, progress)


def _standing(made: Sequence[Correction]) -> list[Correction]:
    """All that nobody has undone, undoings included."""
    undone: set[int] = set()
    kept = []
    for item in reversed(made):
        if item.number not in undone:
            kept.append(item)
            if item.action is Action.UNDO:
                undone.add(int(item.to))
    return kept


@dataclass(frozen=True)
class Listed:
    """A correction and how it stands: "in force", "undone", "overruled by 3", "waits: ..."."""

    correction: Correction
    state: str


def corrections(out: Folder) -> tuple[Listed, ...]:
    """All corrections ever made to the graph in `out`, in order."""
    folder = GraphFolder(out)
    folder.require()
    made = read_corrections(folder.corrections)
    standing = {item.number for item in _standing(made)}
    playing = {item.number for item in in_force(made)}
    with Store.open(folder.store) as store:
        overruled = _by_number(store, "overruledBy")
        about = _by_number(store, "corrects")

    def state(item: Correction) -> str:
        if item.number not in standing:
            return "undone"
        if item.number not in playing:
            return "in force"
        if item.number in overruled:
            return f"overruled by {overruled[item.number].rsplit('/', 1)[-1]}"
        return "in force" if item.number in about else "waits: no article speaks of it now"

    return tuple(Listed(item, state(item)) for item in made)


def _by_number(store: Store, term: str) -> dict[int, str]:
    graph = ox.NamedNode(v.CORRECTIONS_GRAPH)
    return {
        int(quad.subject.value.removeprefix(v.CORRECTION)): quad.object.value
        for quad in store.quads(predicate=ox.NamedNode(v.KG + term), graph=graph)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    }


def notes(corrected: Iterable[Corrected]) -> Iterator[str]:
    """What people should know of corrections without effect: overruled ones and those that wait."""
    for item in corrected:
        words = f"correction {item.correction.number} ({described(item.correction)})"
        if item.overruled_by is not None:
            yield f"{words} is overruled by correction {item.overruled_by}"
        elif item.missing:
            yield f"{words} waits: no article speaks of {item.missing}"


def described(correction: Correction) -> str:
    """A correction in a few words."""
    names = [target.name or target.ref.id for target in correction.targets]
    match correction.action:
        case Action.MERGE:
            return f"merge {' and '.join(names)}"
        case Action.SPLIT:
            words = list(dict.fromkeys(repr(quote.words) for quote in correction.quotes))
            shown = ", ".join(words[:3]) + (" ..." if len(words) > 3 else "")
            articles = sorted({quote.span.document for quote in correction.quotes})
            where = ", ".join(articles[:3]) + (" ..." if len(articles) > 3 else "")
            return f"split {names[0]}: {shown} in {where}"
        case Action.RENAME:
            return f"rename {names[0]} to {correction.to}"
        case Action.RETYPE:
            return f"{names[0]} is a {correction.to}"
        case Action.REJECT:
            said = " ".join([names[0], correction.predicate, *names[1:], correction.value])
            return f"reject claim:{correction.to}: {said.strip()}"
        case _:
            return f"undo {correction.to}"


def _add(out: Folder, make: Callable[[_Graph], Correction], progress: Progress) -> Made:
    return add(out, lambda store, made: make(_Graph(store, made)), progress=progress)


class _Graph:
    """The graph that a correction is made on: finds in it what people name."""

    def __init__(self, store: Store, made: Sequence[Correction]) -> None:
        self.store = store
        self.made = made

    def correction(
        self,
        action: Action,
        author: Author,
        *,
        targets: tuple[Target, ...] = (),
        quotes: tuple[Quote, ...] = (),
        to: str = "",
        predicate: str = "",
        value: str = "",
    ) -> Correction:
        """The next one."""
        number = max((item.number for item in self.made), default=0) + 1
        at = (author.at or datetime.now(UTC)).replace(microsecond=0)
        by, because = " ".join(author.by.split()), " ".join(author.because.split())
        return Correction(number, action, by, because, at, targets, quotes, to, predicate, value)

    def target(self, name: str) -> Target:
        """The thing called `name`, with some places that mention it."""
        ref = self.ref(name)
        return self.target_of(ref, self.quotes(ref))

    def target_of(self, ref: EntityRef | EventRef, quotes: Sequence[Quote]) -> Target:
        """The thing, with the first of `quotes` in each of the first articles."""
        first: dict[str, Quote] = {}
        for quote in quotes:
            first.setdefault(quote.span.document, quote)
        return Target(ref, self.label(ref), tuple(first.values())[:ANCHORS])

    def ref(self, name: str) -> EntityRef | EventRef:
        """The entity or event called `name`, or that has this IRI or id."""
        iri = self._iri(name) or lookup(self.store, name).value
        for namespace, kind in _THINGS.items():
            if iri.startswith(namespace):
                return kind(_unescaped(iri.removeprefix(namespace)))
        raise UsageError(f"{name!r} is an article; entities, events and claims can be corrected.")

    def _iri(self, name: str) -> str | None:
        """The IRI that `name` is or stands for, when the graph has it."""
        prefix, _, local = name.partition(":")
        iri = _CURIES[prefix] + local if prefix in _CURIES else name.strip("<>")
        if not iri.startswith(tuple(_CURIES.values())):
            return None
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return None
        if any(True for _ in self.store.quads(subject=node)):
            return iri
        self._say_what_became_of(name, node)
        local = _unescaped(re.split(r"[/#]", iri)[-1]).replace("_", " ")
        return lookup(self.store, local).value if iri.startswith((v.ENT, v.EV)) else None

    def _say_what_became_of(self, name: str, node: ox.NamedNode) -> None:
        invalidated = ox.NamedNode(v.PROV + "invalidated")
        for quad in self.store.quads(predicate=invalidated, value=node):
            number = str(quad.subject).rstrip(">").rsplit("/", 1)[-1]
            for now in self.store.quads(
                subject=quad.subject, predicate=ox.NamedNode(v.KG + "corrects")
            ):
                local = str(now.object).rstrip(">").rsplit("/", 1)[-1]
                raise QueryError(f"{name} became {local} by correction {number}; name that.")

    def label(self, ref: EntityRef | EventRef) -> str:
        """The main name."""
        node = _node(ref)
        for predicate in (v.PREF_LABEL, v.LABEL):
            for quad in self.store.quads(
                subject=node, predicate=ox.NamedNode(predicate), graph=DEFAULT_GRAPH
            ):
                if isinstance(quad.object, ox.Literal):
                    return quad.object.value
        return ref.id

    def quotes(self, ref: EntityRef | EventRef) -> list[Quote]:
        """Every place that speaks of the thing: earliest article first, names before the rest."""
        pattern = (
            "?span kg:refersTo ?thing . OPTIONAL { ?span kg:mentionKind ?kind }"
            if isinstance(ref, EntityRef)
            else "?claim rdf:subject ?thing ; rdf:predicate rdf:type ; kg:expressedBy ?span ."
        )
        rows = self.store.query(
            f"""SELECT DISTINCT ?thing ?article ?published ?kind ?begin ?end ?words WHERE {{
                {pattern}
                ?span nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?words ;
                      nif:referenceContext ?document .
                ?document schema:identifier ?article .
                OPTIONAL {{ ?document schema:datePublished ?published }}
            }}""",
            bindings={"thing": _node(ref)},
        )
        found = []
        for row in rows:
            day = row["published"].value if row["published"] else "9999"
            is_name = row["kind"] is None or row["kind"].value == v.KG + "NameMention"
            begin, end = int(row["begin"].value), int(row["end"].value)
            quote = Quote(Span(row["article"].value, begin, end), row["words"].value)
            found.append((day, quote.span.document, not is_name, quote))
        return list(dict.fromkeys(quote for *_, quote in sorted(found)))

    def meant(self, words: str, quotes: Sequence[Quote], thing: str) -> list[Quote]:
        """The mentions that `words` stand for: a span, all of an article, or those words."""
        if span := re.fullmatch(rf"<?(?:span:|{re.escape(v.SPAN)})(.+)_(\d+)_(\d+)>?", words):
            article, start, end = _unescaped(span[1]), int(span[2]), int(span[3])
            found = [quote for quote in quotes if quote.span == Span(article, start, end)]
        else:
            id = _unescaped(words.removeprefix("doc:").strip("<>").removeprefix(v.DOC))
            found = [quote for quote in quotes if quote.span.document == id]
            found = found or [quote for quote in quotes if quote.words == words]
            found = found or [q for q in quotes if folded(q.words) == folded(words)]
            found = found or self._of_headline(words, quotes)
        if not found:
            known = list(dict.fromkeys(quote.words for quote in quotes))
            articles = list(dict.fromkeys(quote.span.document for quote in quotes))
            raise QueryError(
                f"{words!r} is no mention of {thing!r}, which is mentioned as "
                f"{_some(map(repr, known))} in {_some(articles)}."
            )
        return found

    def _of_headline(self, words: str, quotes: Sequence[Quote]) -> list[Quote]:
        articles = {
            _unescaped(quad.subject.value.removeprefix(v.DOC))
            for quad in self.store.quads(predicate=ox.NamedNode(v.SCHEMA + "headline"))
            if isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.Literal)
            and folded(quad.object.value) == folded(words)
        }
        return [quote for quote in quotes if quote.span.document in articles]

    def rejection(self, claim: str, author: Author) -> Correction:
        """The rejection of the claim, with all that finds it again when its id has changed."""
        id = claim.strip("<>").removeprefix(v.CLAIM).removeprefix("claim:")
        found = self._claim(id)
        if found is None:
            raise QueryError(
                f"There is no claim {claim!r}.{self._close_claims(id)} `kg show DIR NAME` prints "
                "the ids of all claims about a thing."
            )
        subject, predicate, value = found
        targets = [self.target(subject)]
        is_thing = value.startswith((v.ENT, v.EV))
        if is_thing:
            targets.append(self.target(value))
        return self.correction(
            Action.REJECT,
            author,
            targets=tuple(targets),
            quotes=self._evidence(id),
            to=id,
            predicate=v.TYPE if predicate == v.RDF_TYPE else predicate.removeprefix(v.KG),
            value="" if is_thing else value.removeprefix(v.KG),
        )

    def _claim(self, id: str) -> tuple[str, str, str] | None:
        """Subject, predicate and object of the claim."""
        if not re.fullmatch(r"\w+", id):
            return None
        node = ox.NamedNode(v.CLAIM + id)
        parts = []
        for name in ("subject", "predicate", "object"):
            quads = self.store.quads(subject=node, predicate=ox.NamedNode(v.RDF + name))
            parts += [str(getattr(quad.object, "value", "")) for quad in quads][:1]
        return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None

    def _close_claims(self, id: str) -> str:
        claims = {
            quad.subject.value.removeprefix(v.CLAIM)
            for quad in self.store.quads(predicate=ox.NamedNode(v.KG + "status"))
            if isinstance(quad.subject, ox.NamedNode)
        }
        close = [c for c in sorted(claims) if id and c.startswith(id)][:3]
        close = close or difflib.get_close_matches(id, sorted(claims), n=3, cutoff=0.7)
        return f" Close: {', '.join('claim:' + item for item in close)}." if close else ""

    def _evidence(self, id: str) -> tuple[Quote, ...]:
        """The claim's evidence as it is kept in the model: sentences, then the words in them."""
        node = ox.NamedNode(v.CLAIM + id)
        quotes: list[Quote] = []
        for link in (v.DERIVED_FROM, v.KG + "expressedBy"):
            spans = self.store.quads(subject=node, predicate=ox.NamedNode(link))
            quotes += sorted(self._quote(quad.object) for quad in spans)
        return tuple(quotes)

    def _quote(self, span: object) -> Quote:
        def value(subject: object, predicate: str) -> str:
            (quad,) = self.store.quads(subject=subject, predicate=ox.NamedNode(predicate))
            return str(getattr(quad.object, "value", ""))

        (context,) = self.store.quads(
            subject=span, predicate=ox.NamedNode(v.NIF + "referenceContext")
        )
        article = value(context.object, v.SCHEMA + "identifier")
        begin, end = value(span, v.NIF + "beginIndex"), value(span, v.NIF + "endIndex")
        return Quote(Span(article, int(begin), int(end)), value(span, v.NIF + "anchorOf"))


def _node(ref: EntityRef | EventRef) -> ox.NamedNode:
    from kg.graph import iri

    return iri.thing(ref)


def _unescaped(local: str) -> str:
    """The id behind the local name of an IRI (see `kg.graph.iri.local_name`)."""
    from urllib.parse import unquote

    return unquote(local, errors="surrogatepass")


def _some(words: Iterable[str], most: int = 5) -> str:
    listed = list(words)
    return ", ".join(listed[:most]) + (" ..." if len(listed) > most else "")
