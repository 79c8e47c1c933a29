// What the reader has chosen. All of it is in the address (after #), so that a view can be sent
// to a colleague with the file, and so that back and forward work.

class State {
  constructor(graph) {
    this.graph = graph;
    this.listeners = [];
    this.reset();
  }

  reset() {
    this.limit = this.graph.first;   // nodes shown, best first
    this.lonely = false;             // also those without any tie
    this.focus = null;               // {id, hops}: only what is near this node
    this.selected = null;            // {kind: "node" | "edge", id}
    this.path = [];                  // node ids of the path found last
    this.added = new Set();          // nodes asked for one by one
    this.removed = new Set();        // nodes hidden one by one
    this.offTypes = new Set();       // "group:Type"
    this.offPredicates = new Set();
    this.offCertainty = new Set();
    this.article = null;             // number of the only article looked at
    this.publisher = "";             // the only publisher looked at
    this.sources = 1;                // least number of articles behind an edge
    this.from = "";                  // ISO days, "" for open
    this.to = "";
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  /** Take `changes` and tell everyone. A step is one to go back to, unless `quiet`. */
  set(changes, { quiet = false } = {}) {
    Object.assign(this, changes);
    this.write(quiet);
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener(this);
  }

  get filtered() {
    return Boolean(this.offTypes.size || this.offPredicates.size || this.offCertainty.size
      || this.article !== null || this.publisher || this.sources > 1 || this.from || this.to);
  }

  write(quiet) {
    const hash = this.toHash();
    if (hash === window.location.hash.slice(1)) return;
    const address = hash ? `#${hash}` : window.location.href.split("#")[0] || "#";
    try {
      if (quiet) window.history.replaceState(null, "", address);
      else window.history.pushState(null, "", address);
    } catch {
      // A frame without an address of its own (a mail preview, a notebook) keeps no history.
    }
  }

  toHash() {
    const { graph } = this;
    const parts = new URLSearchParams();
    const put = (name, value) => value && parts.set(name, value);
    const keys = (ids) => [...ids].map((id) => graph.keys[id]).join("|");
    if (this.limit !== graph.first) put("show", String(this.limit));
    put("lonely", this.lonely ? "1" : "");
    if (this.focus) put("focus", `${this.focus.hops}|${graph.keys[this.focus.id]}`);
    if (this.selected?.kind === "node") put("node", graph.keys[this.selected.id]);
    if (this.selected?.kind === "edge") {
      const edge = graph.edges[this.selected.id];
      put("edge", `${keys([edge.from])}|${edge.predicate}|${keys([edge.to])}`);
    }
    put("path", keys(this.path));
    put("add", keys(this.added));
    put("hide", keys(this.removed));
    put("types", [...this.offTypes].join("|"));
    put("relations", [...this.offPredicates].join("|"));
    put("certainty", [...this.offCertainty].join("|"));
    if (this.article !== null) put("article", graph.tables.articles[this.article].id);
    put("publisher", this.publisher);
    if (this.sources > 1) put("sources", String(this.sources));
    put("from", this.from);
    put("to", this.to);
    return parts.toString();
  }

  /** Take the state from the address; names it does not know are left out. */
  read() {
    const { graph } = this;
    const parts = new URLSearchParams(window.location.hash.slice(1));
    const list = (name) => (parts.get(name) || "").split("|").filter(Boolean);
    const ids = (name) => list(name).map((key) => graph.idOfKey.get(key))
      .filter((id) => id !== undefined);
    const day = (name) => (/^\d{4}-\d\d-\d\d$/.test(parts.get(name) ?? "") ? parts.get(name) : "");
    this.reset();
    this.limit = Math.max(1, Number(parts.get("show")) || graph.first);
    this.lonely = parts.get("lonely") === "1";
    const [hops, focus] = list("focus");
    if (graph.idOfKey.has(focus)) {
      this.focus = { id: graph.idOfKey.get(focus), hops: Math.min(6, Number(hops) || 1) };
    }
    const [node] = ids("node");
    if (node !== undefined) this.selected = { kind: "node", id: node };
    const [source, predicate, target] = list("edge");
    const edge = graph.edges.find((e) => graph.keys[e.from] === source
      && e.predicate === predicate && graph.keys[e.to] === target);
    if (edge) this.selected = { kind: "edge", id: edge.id };
    this.path = ids("path");
    this.added = new Set(ids("add"));
    this.removed = new Set(ids("hide"));
    this.offTypes = new Set(list("types"));
    this.offPredicates = new Set(list("relations"));
    this.offCertainty = new Set(list("certainty"));
    const article = graph.tables.articles.findIndex((item) => item.id === parts.get("article"));
    this.article = article >= 0 ? article : null;
    this.publisher = graph.articlesBy.has(parts.get("publisher")) ? parts.get("publisher") : "";
    this.sources = Math.max(1, Number(parts.get("sources")) || 1);
    this.from = day("from");
    this.to = day("to");
    this.tell();
  }
}
