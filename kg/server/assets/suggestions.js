// A list under a text field, of names that begin or hold what was typed; arrows, Enter, Escape.

const PAUSE = 120;   // milliseconds without a key before the server is asked
const SVG = "http://www.w3.org/2000/svg";
let lists = 0;

export class Suggestions {
  /** `take` gets the item chosen: {label, alias, type, category, address}. */
  constructor(field, take) {
    this.field = field;
    this.take = take;
    this.items = [];
    this.active = -1;
    this.asked = 0;
    lists += 1;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${lists}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Names");
    field.after(this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
      ["aria-expanded", "false"], ["aria-controls", this.list.id]]) field.setAttribute(name, value);
    field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
  }

  async ask() {
    const text = this.field.value;
    this.asked += 1;
    const number = this.asked;
    if (!text.trim()) return this.close();
    const answer = await fetch(`/suggest?q=${encodeURIComponent(text)}`).catch(() => null);
    if (!answer?.ok || number !== this.asked || document.activeElement !== this.field) return undefined;
    this.items = await answer.json();
    this.draw();
    return undefined;
  }

  draw() {
    this.active = -1;
    this.list.replaceChildren(...this.items.map((item, number) => this.option(item, number)));
    this.list.hidden = !this.items.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.field.removeAttribute("aria-activedescendant");
  }

  option({ label, alias, type, category }, number) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const text = (value, name) => {
      const part = document.createElement("bdi");
      part.textContent = value;
      if (name) part.className = name;
      return part;
    };
    option.append(mark(category), text(label), text(alias || type, "quiet"));
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.choose(number);
    });
    return option;
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.items.length && !this.list.hidden) {
      const count = this.items.length;
      this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
      [...this.list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === this.active)));
      this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
      this.list.children[this.active].scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.field.blur();
      this.close();
    }
  }

  choose(number) {
    const item = this.items[number];
    this.close();
    this.take(item, this.field);
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.active = -1;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}

/** A dot in the colour of a category. */
function mark(category) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-8 -8 16 16");
  svg.setAttribute("class", `icon ${category}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[category] ?? SHAPES.person);
  svg.append(path);
  return svg;
}

// As in kg/view/assets/dom.js.
const SHAPES = {
  person: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z",
  organization: "M-5 -5L5 -5L5 5L-5 5Z",
  place: "M0 6L5.8 -4.4L-5.8 -4.4Z",
  event: "M0 -6.6L6.6 0L0 6.6L-6.6 0Z",
  position: "M5.5 0L2.8 4.8L-2.8 4.8L-5.5 0L-2.8 -4.8L2.8 -4.8Z",
  agreement: "M0 -6L5.8 4.4L-5.8 4.4Z",
};
