// How types, relations, dates and certainty are put to a reader.

/** "MilitaryStrike" as "military strike". */
function spaced(name) {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const ROLE_OF_EVENT = {
  agent: "by",
  participant: "with",
  target: "against",
  person: "who",
  victim: "victim",
  recipient: "to",
  instrument: "by means of",
  place: "in",
  origin: "from",
  destination: "to",
  topic: "about",
  position: "post",
  product: "product",
};

const RELATION = {
  holdsPosition: "holds the post",
  formerlyHeldPosition: "formerly held the post",
  positionOf: "post of",
  leaderOf: "leader of",
  memberOf: "member of",
  memberOfParty: "member of the party",
  employedBy: "works for",
  citizenOf: "citizen of",
  affiliatedWith: "affiliated with",
  representative: "representative of",
  bornIn: "born in",
  diedIn: "died in",
  residesIn: "lives in",
  educatedAt: "educated at",
  spouse: "married to",
  childOf: "child of",
  siblingOf: "sibling of",
  relativeOf: "relative of",
  alliedWith: "allied with",
  hostileTo: "hostile to",
  designatedTerroristBy: "designated as terrorist by",
  signatoryTo: "signed",
  diplomaticRelationWith: "has diplomatic relations with",
  capitalOf: "capital of",
  borders: "borders",
};

/** A relation or role as it reads from its source ("attack" - "against" - target). */
function predicateWords(predicate) {
  return ROLE_OF_EVENT[predicate] ?? RELATION[predicate] ?? spaced(predicate);
}

/** A relation or role as a heading on the page of its target ("posts held by", "as target"). */
function inverseWords(predicate) {
  return predicate in ROLE_OF_EVENT ? `as ${predicate}` : `${predicateWords(predicate)} (of others)`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "2023-12-15" as "15 Dec 2023". */
function dayWords(iso) {
  if (!iso) return "";
  const [year, month, day] = iso.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** The time between two days, no more exact than they are. */
function periodWords(from, to) {
  if (!from || !to || from === to) return dayWords(from || to);
  const lastDay = new Date(Date.UTC(+to.slice(0, 4), +to.slice(5, 7), 0)).getUTCDate();
  if (from.endsWith("-01-01") && to.endsWith("-12-31") && from.slice(0, 4) === to.slice(0, 4)) {
    return from.slice(0, 4);
  }
  if (from.slice(0, 7) === to.slice(0, 7) && from.endsWith("-01") && +to.slice(8) === lastDay) {
    return `${MONTHS[Number(from.slice(5, 7)) - 1]} ${from.slice(0, 4)}`;
  }
  return `${dayWords(from)} – ${dayWords(to)}`;
}

/** The same to the month, for labels: "Dec 2023", "2023", "2019 – 2023". */
function monthWords(from, to) {
  const [first, last] = [from || to, to || from];
  if (!first) return "";
  if (first.slice(0, 7) === last.slice(0, 7)) return `${MONTHS[Number(first.slice(5, 7)) - 1]} ${first.slice(0, 4)}`;
  if (first.slice(0, 4) === last.slice(0, 4)) return first.slice(0, 4);
  return `${first.slice(0, 4)} – ${last.slice(0, 4)}`;
}

const CERTAINTY = {
  Factual: "reported as fact",
  Planned: "planned",
  Possible: "possible",
  Denied: "denied",
};

const STATUS = {
  Attributed: "claimed, not taken as fact",
  Uncertain: "too uncertain to be taken as fact",
  Rejected: "rejected by a correction",
};

const BOUND = { AtLeast: "at least ", AtMost: "at most ", About: "about ", Exact: "" };

function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** Letters only as a search should see them: no accents, no case, no hyphens. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[-\u2010-\u2015'’`.]/g, " ").replace(/\s+/g, " ").trim();
}
