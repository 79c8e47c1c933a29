// When events happened: bars under the picture, a period to choose, and a button that plays it.

const MOST_BARS = 90;   // on a laptop a bar is then still 7 pixels wide
const UNITS = [
  ["day", (day) => day],
  ["week", (day) => shiftDays(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7))],
  ["month", (day) => `${day.slice(0, 7)}-01`],
  ["quarter", (day) => `${day.slice(0, 4)}-${["01", "04", "07", "10"][Math.floor((+day.slice(5, 7) - 1) / 3)]}-01`],
  ["year", (day) => `${day.slice(0, 4)}-01-01`],
  ["decade", (day) => `${day.slice(0, 3)}0-01-01`],
];

class Timeline {
  constructor(graph, state) {
    this.graph = graph;
    this.state = state;
    this.box = byId("timeline");
    this.days = graph.nodes.filter((node) => node.group === "event" && (node.from || node.to))
      .map((node) => node.from || node.to).sort();
    this.undated = graph.nodes.filter((node) => node.group === "event" && !node.from && !node.to).length;
    this.timer = null;
    this.starts = this.bins();
    if (this.starts.length > 1) this.build();
  }

  /** The first days of the bars: the finest unit that gives no more than `MOST_BARS`. */
  bins() {
    if (!this.days.length) return [];
    const last = this.days[this.days.length - 1];
    for (const [unit, floor] of UNITS) {
      const starts = [floor(this.days[0])];
      while (starts.length <= MOST_BARS) {
        const next = nextStart(starts[starts.length - 1], unit);
        if (next > last) break;
        starts.push(next);
      }
      this.unit = unit;
      if (starts.length <= MOST_BARS) return starts;
    }
    return [];
  }

  build() {
    const counts = this.starts.map(() => 0);
    for (const day of this.days) counts[this.binOf(day)] += 1;
    const most = Math.max(...counts);
    const last = this.starts.length - 1;
    this.play = button("▶", "Play: let time pass", () => this.toggle(), { class: "play", "aria-label": "Play" });
    this.label = el("span", { class: "period" });
    this.bars = el("div", { class: "bars", "aria-hidden": "true" }, counts.map((number, index) => {
      const bar = el("span", { title: `${this.words(index)}: ${count(number, "event")}`, onclick: () => this.choose(index, index) }, el("i"));
      bar.firstChild.style.height = number ? `${Math.max(6, Math.round(100 * Math.sqrt(number / most)))}%` : "0";
      return bar;
    }));
    const handle = (name) => el("input", { type: "range", min: 0, max: last, step: 1, "aria-label": name, oninput: () => this.slide() });
    this.first = handle("First time shown");
    this.last = handle("Last time shown");
    this.all = button("All time", "", () => this.choose(0, last));
    this.box.append(this.play, el("div", { class: "track" }, this.bars, this.first, this.last), this.label, this.all);
  }

  binOf(day) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  endOf(index) {
    return shiftDays(nextStart(this.starts[index], this.unit), -1);
  }

  words(index) {
    return periodWords(this.starts[index], this.endOf(index));
  }

  slide() {
    const [a, b] = [Number(this.first.value), Number(this.last.value)];
    this.choose(Math.min(a, b), Math.max(a, b));
  }

  /** Show the bars `first` to `last`; all of them means no limit, and undated events as well. */
  choose(first, last, { playing = false } = {}) {
    if (!playing) this.stop();
    const whole = first === 0 && last === this.starts.length - 1;
    this.state.set({
      from: whole ? "" : this.starts[first], to: whole ? "" : this.endOf(last),
    }, { quiet: true });
  }

  toggle() {
    if (this.timer) return this.stop();
    const end = this.starts.length - 1;
    const whole = !this.state.from && !this.state.to;
    // The whole of time grows from its start; a chosen period moves on as it is.
    let [first, last] = whole ? [0, 0] : this.range();
    const step = () => {
      this.choose(first, last, { playing: true });
      if (last >= end) return this.stop();
      last += 1;
      if (!whole) first += 1;
      return undefined;
    };
    this.timer = setInterval(step, 700);
    this.play.textContent = "❚❚";
    this.play.setAttribute("aria-label", "Pause");
    step();
    return undefined;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    if (!this.play) return;
    this.play.textContent = "▶";
    this.play.setAttribute("aria-label", "Play");
  }

  range() {
    const { from, to } = this.state;
    return [from ? this.binOf(from) : 0, to ? this.binOf(to) : this.starts.length - 1];
  }

  draw() {
    if (!this.bars) return;
    const [first, last] = this.range();
    const whole = !this.state.from && !this.state.to;
    this.first.value = first;
    this.last.value = last;
    [...this.bars.children].forEach((bar, index) => bar.classList.toggle("out", index < first || index > last));
    this.label.textContent = whole ? periodWords(this.days[0], this.days[this.days.length - 1])
      : periodWords(this.state.from || this.days[0], this.state.to || this.endOf(last));
    this.all.hidden = whole;
  }
}

function shiftDays(day, days) {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The first day of the unit after the one that starts on `day`. */
function nextStart(day, unit) {
  if (unit === "day") return shiftDays(day, 1);
  if (unit === "week") return shiftDays(day, 7);
  const months = { month: 1, quarter: 3, year: 12, decade: 120 }[unit];
  const date = new Date(`${day}T00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}
