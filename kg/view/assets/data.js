// The data of the page: unpacked, indexed, never changed afterwards.

async function unpack() {
  const packed = byId("data").textContent;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  byId("data").remove();
  return JSON.parse(await new Response(plain).text());
}

/** The whole network. Node and edge ids are their places in `nodes` and `edges`. */
class Graph {
  constructor({ nodes, edges, tables }) {
    this.nodes = nodes;
    this.edges = edges;
    this.tables = tables;
    this.first = tables.first;
    this.categories = new Map(tables.categories.map((category) => [category.name, category]));
    this.articlesBy = new Map();   // publisher -> numbers of its articles
    tables.articles.forEach(({ source }, number) => {
      if (!this.articlesBy.has(source)) this.articlesBy.set(source, new Set());
      this.articlesBy.get(source).add(number);
    });
    this.edgesOf = nodes.map(() => []);
    for (const edge of edges) {
      this.edgesOf[edge.from].push(edge.id);
      if (edge.to !== edge.from) this.edgesOf[edge.to].push(edge.id);
    }
    this.order = nodes.map((node) => node.id).sort((a, b) => nodes[a].rank - nodes[b].rank);
    this.connected = this.order.filter((id) => this.edgesOf[id].length);
    this.keys = this.makeKeys();
    this.idOfKey = new Map(this.keys.map((key, id) => [key, id]));
    this.hasOpening = nodes.some((node) => "x0" in node);
  }

  /** Short stable names of nodes for the address bar: the end of the IRI where that is unique. */
  makeKeys() {
    const ends = this.nodes.map((node) => node.iri.replace(/^.*[/#]/, ""));
    const count = new Map();
    for (const end of ends) count.set(end, (count.get(end) ?? 0) + 1);
    return this.nodes.map((node, id) => (count.get(ends[id]) > 1 ? node.iri : ends[id]));
  }

  isEvent(id) {
    return this.nodes[id].group === "event";
  }

  category(id) {
    return this.categories.get(this.nodes[id].group);
  }

  other(edge, id) {
    return edge.from === id ? edge.to : edge.from;
  }

  neighbours(id) {
    return [...new Set(this.edgesOf[id].map((e) => this.other(this.edges[e], id)))];
  }

  /** One row of evidence, spelled out. */
  evidence(row) {
    const [sentence, highlights, speaker, factuality, status, confidence] =
      this.tables.evidence[row];
    const [article, start, end, text] = this.tables.sentences[sentence];
    return { sentence, article, start, end, text, highlights, speaker, factuality, status,
      confidence };
  }

  /** The numbers of the articles behind some rows of evidence. */
  articlesOf(rows) {
    const { evidence, sentences } = this.tables;
    return new Set(rows.map((row) => sentences[evidence[row][0]][0]));
  }
}
