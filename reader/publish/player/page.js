// What the page knows, its words, its numbers, and what it keeps. All parts of the script share one module.

const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const $ = (id) => document.getElementById(id);

/** A phrase in the listener's language, its placeholders filled in. */
function say(key, values = {}) {
  return data.words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** Told when the screen reader has time; it is seen below the buttons, too, if it does not stand there already. */
function announce(text, isSeen = true) {
  $("status").classList.toggle("unseen", !isSeen);
  $("status").textContent = text;
}

function number(value, options) {
  return new Intl.NumberFormat(data.language, options).format(value);
}

function parts(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return { hours: Math.floor(whole / 3600), minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 };
}

/** As on a clock: 1:05. */
function clock(seconds) {
  const { hours, minutes, seconds: rest } = parts(seconds);
  const two = { minimumIntegerDigits: 2 };
  return hours
    ? `${number(hours)}:${number(minutes, two)}:${number(rest, two)}`
    : `${number(minutes)}:${number(rest, two)}`;
}

/** As it is said: 1 minute, 5 seconds. */
function duration(seconds) {
  const units = Object.entries(parts(seconds)).filter(([, value]) => value);
  const said = (units.length ? units : [["seconds", 0]]).map(([unit, value]) =>
    number(value, { style: "unit", unit: unit.slice(0, -1), unitDisplay: "long" }),
  );
  return new Intl.ListFormat(data.language, { type: "unit" }).format(said);
}

const SETTINGS = "voice-reader";
// Places are ids of sentences, which are the same in every language of the article: so is what is kept of it.
const PLACES = `voice-reader/${data.article}`;
let warned = false;

function recall(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

function keep(key, changes) {
  try {
    localStorage.setItem(key, JSON.stringify({ ...recall(key), ...changes }));
  } catch {
    if (!warned) announce(say("not_kept"));
    warned = true;
  }
}

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
