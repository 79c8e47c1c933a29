// Building elements. Names and sentences come from articles nobody vetted: they enter the page
// only through here, as text nodes, never as markup.

/** An element with attributes, event handlers (`onclick: f`) and children (nodes or text). */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "") element.append(child);
  }
  return element;
}

/** A name or sentence from an article, in its own direction of writing. */
function bdi(text) {
  return el("bdi", {}, text);
}

/** A push button; `label` is its text, `title` its longer explanation. */
function button(label, title, onclick, attributes = {}) {
  return el("button", { type: "button", title, onclick, ...attributes }, label);
}

function byId(id) {
  return document.getElementById(id);
}

/** Hand `blob` to the reader as a file called `name`. */
function save(blob, name) {
  const link = el("a", { download: name });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const SVG = "http://www.w3.org/2000/svg";

/** The outline of a category's shape, `r` pixels around the middle, as SVG path data. */
function shapePath(shape, x, y, r) {
  const corners = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
    triangle: [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
    triangleDown: [[0, 1.1], [1.05, -0.8], [-1.05, -0.8]],
    hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]],
  }[shape];
  const at = (value) => Math.round(value * 10) / 10;
  if (!corners) {
    return `M${at(x - r)} ${at(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  }
  return `M${corners.map(([dx, dy]) => `${at(x + dx * r)} ${at(y + dy * r)}`).join("L")}Z`;
}

/** A small drawing of a category, as used in the network. */
function icon(category) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-8 -8 16 16");
  svg.setAttribute("class", `icon ${category.name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shapePath(category.shape, 0, 0, 5.5));
  svg.append(path);
  return svg;
}
