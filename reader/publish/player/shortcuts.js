// Keys: each has a button, too. They can be turned off, for screen readers that need the keys themselves.

const KEYS = [
  [["Space"], () => say("play") + " / " + say("pause"), toggle],
  [["ArrowLeft"], () => say("previous_sentence"), () => stepSentence(-1)],
  [["ArrowRight"], () => say("next_sentence"), () => stepSentence(1)],
  [["J"], () => say("back", { duration: duration(STEP_S) }), () => skip(-STEP_S * 1000)],
  [["L"], () => say("forward", { duration: duration(STEP_S) }), () => skip(STEP_S * 1000)],
  [["Shift", "ArrowLeft"], () => say("previous_chapter"), () => goToChapter(chapter - 1)],
  [["Shift", "ArrowRight"], () => say("next_chapter"), () => goToChapter(chapter + 1)],
  ...chapters.slice(0, 9).map((_chapter, at) => [
    [String(at + 1)],
    () => chapterTitle(at),
    () => {
      goToChapter(at);
      play();
    },
  ]),
  [["["], () => say("slower"), () => changeSpeed(speed - 0.1)],
  [["]"], () => say("faster"), () => changeSpeed(speed + 0.1)],
  [["0"], () => say("normal_speed"), () => changeSpeed(1)],
  [["S"], () => say("sleep_timer"), nextSleep],
  [["B"], () => say("add_bookmark"), addBookmark],
  [["F"], () => say("follow"), toggleFollow],
  [["+"], () => say("larger_text"), () => resize(1)],
  [["-"], () => say("smaller_text"), () => resize(-1)],
  [["C"], () => say("colours"), nextColours],
  [["?"], () => say("show_shortcuts"), () => open("shortcuts")],
  [["Escape"], () => say("close"), () => {}],
];

const NAMES = { Space: "key_space", ArrowLeft: "key_left", ArrowRight: "key_right", Escape: "key_escape" };

for (const [keys_, text] of KEYS) {
  const row = document.createElement("tr");
  const cell = document.createElement("th");
  cell.scope = "row";
  keys_.forEach((each, at) => {
    const key = document.createElement("kbd");
    key.textContent = each in NAMES ? say(NAMES[each]) : each;
    if (at) cell.append(" + ");
    cell.append(key);
  });
  const what = document.createElement("td");
  what.textContent = text();
  row.append(cell, what);
  $("keys").append(row);
}

/** The key's name, on whatever layout: a Russian keyboard has its B where Latin ones have it. */
function keyOf(event) {
  if (event.key === " ") return "Space";
  if (/^[[\]+?\-0-9]$/.test(event.key)) return event.key;
  if (event.key === "=" || event.key === "؟") return event.key === "=" ? "+" : "?";
  if (/^[a-z]$/i.test(event.key)) return event.key.toUpperCase();
  const plain = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code);
  if (plain && event.key.length === 1) return plain[1];
  const signs = { BracketLeft: "[", BracketRight: "]", Minus: "-", Equal: "+" };
  if (event.key.length === 1 && signs[event.code]) return signs[event.code];
  return event.key;
}

/** Whether what has the focus needs the key itself. */
function isTaken(element, key) {
  if (element.closest("dialog, select, textarea, [contenteditable]")) return true;
  if (element.closest("button, a, summary")) return key === "Space";
  const input = element.closest("input");
  return Boolean(input) && !/^[A-Z?[\]]$/.test(key);
}

document.addEventListener("keydown", (event) => {
  const isSign = /^[[\]+?\-]$/.test(event.key);
  if (event.defaultPrevented || event.metaKey || event.isComposing) return;
  // On many keyboards a bracket is AltGr with another key.
  if ((event.ctrlKey || event.altKey) && !(isSign && event.getModifierState("AltGraph"))) return;
  if (!settings.shortcuts || document.querySelector("dialog[open]")) return;
  const key = keyOf(event);
  const isShifted = event.shiftKey && key.startsWith("Arrow");
  const found = KEYS.find(([keys_]) => keys_.at(-1) === key && (keys_.length > 1) === isShifted);
  if (!found || key === "Escape" || isTaken(event.target, key)) return;
  event.preventDefault();
  found[2]();
});
