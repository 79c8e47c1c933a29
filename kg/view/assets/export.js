// Taking away what is on the screen: as a picture, as Turtle, as a table.

class Export {
  constructor(graph, canvas, viewer) {
    this.graph = graph;
    this.canvas = canvas;
    this.viewer = viewer;
    this.name = (document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "network").slice(0, 60);
  }

  menu() {
    const item = (label, title, run) => button(label, title, () => {
      menu.open = false;
      run.call(this);
    });
    const menu = el("details", { class: "menu" }, el("summary", {}, "Save"), el("div", {},
      item("Picture (PNG)", "The view as it is now", this.png),
      item("Drawing (SVG)", "The view as it is now, to edit or print at any size", this.svg),
      item("Data (Turtle)", "The nodes and ties in the picture as RDF", this.turtle),
      item("Table (CSV)", "The ties in the picture with their sentences", this.csv)));
    menu.addEventListener("focusout", (event) => {
      if (!menu.contains(event.relatedTarget)) menu.open = false;
    });
    return menu;
  }

  // --- pictures ------------------------------------------------------------------------------

  svg() {
    save(new Blob([this.drawing()], { type: "image/svg+xml" }), `${this.name}.svg`);
  }

  /** The same drawing, twice as fine as the screen. */
  async png() {
    const { width, height } = this.size();
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([this.drawing()], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = el("canvas", { width: width * 2, height: height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((blob) => save(blob, `${this.name}.png`), "image/png");
  }

  size() {
    const box = byId("network");
    return { width: box.clientWidth, height: box.clientHeight + 56 };
  }

  /** The current view as an SVG document: lines, shapes, labels, a title and a legend. */
  drawing() {
    const { width, height } = this.size();
    const svg = svgElement("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, Segoe UI, Helvetica Neue, Arial, sans-serif" });
    svg.append(svgElement("rect", { width, height, fill: Theme.background }));
    const lit = this.canvas.lit();
    const dim = (set, id) => (lit.nodes.size && !set.has(id) ? 0.22 : 1);
    for (const id of this.canvas.shown.edges) svg.append(...this.edgeLines(id, dim(lit.edges, id)));
    for (const id of [...this.canvas.order].reverse()) svg.append(...this.nodeShapes(id, dim(lit.nodes, id)));
    svg.append(...this.canvas.drawn.map((label) => this.labelText(label)));
    svg.append(...this.caption(height));
    return new XMLSerializer().serializeToString(svg);
  }

  screen(id) {
    return this.canvas.network.canvasToDOM(this.canvas.network.getPosition(id));
  }

  edgeLines(id, opacity) {
    const edge = this.graph.edges[id];
    const [from, to] = [this.screen(edge.from), this.screen(edge.to)];
    const style = this.canvas.edgeStyle(id);
    const zoom = this.canvas.network.getScale();
    const bow = style.smooth ? style.smooth.roundness * (style.smooth.type === "curvedCW" ? -1 : 1) : 0;
    const middle = { x: (from.x + to.x) / 2 + (to.y - from.y) * bow, y: (from.y + to.y) / 2 - (to.x - from.x) * bow };
    const path = svgElement("path", {
      d: `M${at(from.x)} ${at(from.y)}Q${at(middle.x)} ${at(middle.y)} ${at(to.x)} ${at(to.y)}`,
      fill: "none", stroke: style.color.color, opacity, "stroke-width": at(Math.max(0.5, style.width * zoom)),
      "stroke-dasharray": style.dashes ? style.dashes.map((n) => at(n * zoom)).join(" ") : null,
    });
    const tip = edge.arrows === "to" ? [middle, to, edge.to] : edge.arrows === "from" ? [middle, from, edge.from] : null;
    return tip ? [path, this.arrow(...tip, style.color.color, opacity, zoom)] : [path];
  }

  arrow(middle, end, node, fill, opacity, zoom) {
    const angle = Math.atan2(end.y - middle.y, end.x - middle.x);
    const gap = this.graph.nodes[node].size * zoom + 2;
    const length = 8 * Math.min(1.4, Math.max(0.5, zoom));
    const point = (back, side) => `${at(end.x - Math.cos(angle) * back - Math.sin(angle) * side)} ${at(end.y - Math.sin(angle) * back + Math.cos(angle) * side)}`;
    return svgElement("path", { d: `M${point(gap, 0)}L${point(gap + length, length * 0.4)}L${point(gap + length, -length * 0.4)}Z`, fill, opacity });
  }

  nodeShapes(id, opacity) {
    const node = this.graph.nodes[id];
    const style = this.canvas.nodeStyle(id);
    const { x, y } = this.screen(id);
    const radius = Math.max(2, node.size * this.canvas.network.getScale());
    const shapes = [svgElement("path", {
      d: shapePath(node.shape, x, y, radius), fill: style.color.background, stroke: style.color.border, opacity,
      "stroke-width": node.factuality === "Factual" ? 1 : 1.8, "stroke-dasharray": style.shapeProperties.borderDashes ? "4 3" : null,
    })];
    if (node.factuality === "Denied") shapes.push(svgElement("path", { d: `M${at(x - radius)} ${at(y + radius)}L${at(x + radius)} ${at(y - radius)}`, stroke: Theme.text, "stroke-width": 1.5, opacity }));
    if (node.disputed.length) {
      shapes.push(svgElement("circle", { cx: at(x + radius), cy: at(y - radius), r: 7, fill: Theme.text, opacity }),
        svgText("≠", x + radius, y - radius + 4, { fill: Theme.background, "font-size": 11, "font-weight": "bold", opacity }));
    }
    return shapes;
  }

  labelText({ lines, middle, top, size, bold }) {
    const group = svgElement("g", {});
    lines.forEach((text, index) => group.append(svgText(text.replace(/[\u2068\u2069]/g, ""), middle, top + index * (size + 2) + size - 1, {
      fill: Theme.text, stroke: Theme.background, "stroke-width": 3.5, "paint-order": "stroke", "stroke-linejoin": "round",
      "font-size": size, "font-weight": index === 0 && bold ? 600 : 400,
    })));
    return group;
  }

  /** Under the picture: what it is, and what the shapes mean. */
  caption(height) {
    const parts = [svgText(document.title, 14, height - 36, { fill: Theme.text, "font-size": 13, "font-weight": 600, "text-anchor": "start" })];
    let x = 20;
    for (const category of this.graph.categories.values()) {
      parts.push(svgElement("path", { d: shapePath(category.shape, x, height - 16, 5.5), fill: Theme.colour(category) }),
        svgText(category.label, x + 12, height - 12, { fill: Theme.text, "font-size": 12, "text-anchor": "start" }));
      x += 34 + category.label.length * 6.4;
    }
    return parts;
  }

  // --- data ------------------------------------------------------------------------------------

  /** What is accepted as direct triples, what is only claimed as claims with their status. */
  turtle() {
    const { graph } = this;
    const { nodes, edges } = this.canvas.shown;
    const lines = [
      `@prefix kg: <${graph.tables.namespace}> .`,
      "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
      "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
      "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
      "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
      "",
    ];
    for (const id of [...nodes].sort((a, b) => a - b)) lines.push(this.nodeTurtle(graph.nodes[id]));
    for (const id of [...edges].sort((a, b) => a - b)) lines.push(this.edgeTurtle(graph.edges[id]));
    save(new Blob([`${lines.join("\n")}\n`], { type: "text/turtle" }), `${this.name}.ttl`);
  }

  nodeTurtle(node) {
    const parts = [];
    if (node.group !== "event") {
      parts.push(`a kg:${node.type}`, `skos:prefLabel ${turtleString(node.label)}`,
        ...node.aliases.map((alias) => `skos:altLabel ${turtleString(alias)}`));
    } else {
      parts.push(...(node.factuality === "Factual" ? [`a kg:${node.type}`]
        : ["a kg:UnrealizedEvent", `kg:eventType kg:${node.type}`, `kg:factuality kg:${node.factuality}`]),
      `rdfs:label ${turtleString(node.label)}`);
      if (node.from) parts.push(`kg:dateEarliest "${node.from}"^^xsd:date`);
      if (node.to) parts.push(`kg:dateLatest "${node.to}"^^xsd:date`);
    }
    return `${turtleIri(node.iri)} ${parts.join(" ;\n    ")} .`;
  }

  edgeTurtle(edge) {
    const { nodes } = this.graph;
    const source = nodes[edge.from];
    const [subject, object] = [turtleIri(source.iri), turtleIri(nodes[edge.to].iri)];
    const ofUnreal = edge.status === "Unrealized" && source.group === "event" && source.factuality !== "Factual";
    if (edge.status === "Accepted" || ofUnreal) return `${subject} kg:${edge.predicate} ${object} .`;
    return `[] a kg:Claim ;\n    rdf:subject ${subject} ;\n    rdf:predicate kg:${edge.predicate} ;\n    rdf:object ${object} ;\n    kg:status kg:${edge.status} ;\n    kg:factuality kg:${edge.factuality} .`;
  }

  csv() {
    const { graph } = this;
    const rows = [["source", "relation", "target", "certainty", "status", "said by", "sentence", "article", "published", "publisher", "url", "start", "end", "source IRI", "target IRI"]];
    for (const id of [...this.canvas.shown.edges].sort((a, b) => a - b)) {
      const edge = graph.edges[id];
      const [source, target] = [graph.nodes[edge.from], graph.nodes[edge.to]];
      for (const row of joined(graph, edge.evidence)) {
        const article = graph.tables.articles[row.article];
        rows.push([source.label, edge.predicate, target.label, row.factuality, row.status, row.speaker, row.text, article.title || article.id, article.published, article.source, article.url, row.start, row.end, source.iri, target.iri]);
      }
    }
    // The mark at the start tells spreadsheets that the letters are UTF-8.
    save(new Blob(["\ufeff", rows.map((row) => row.map(csvCell).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" }), `${this.name}.csv`);
  }
}

function at(value) {
  return Math.round(value * 10) / 10;
}

function svgElement(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  return element;
}

function svgText(text, x, y, attributes) {
  const element = svgElement("text", { x: at(x), y: at(y), "text-anchor": "middle", ...attributes });
  element.textContent = text;
  return element;
}

function turtleString(text) {
  return JSON.stringify(text).replace(/[\u007f-\u009f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function turtleIri(iri) {
  return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)}>`;
}

/** A cell in quotes; what a spreadsheet would take for a formula is made text. */
function csvCell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}
