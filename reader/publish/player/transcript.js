// The words: the sentence that is spoken is marked; each can be listened to; terms open their definition.

const sentences = [...document.querySelectorAll(".sentence")];
let marked = null;
/** The one sentence that Tab reaches; arrows lead from there to all others. */
let reachable = sentences[0];

function mark(id) {
  const next = id ? $(id) : null;
  if (next === marked) return;
  const wasSeen = marked === null || isSeen(marked);
  marked?.classList.remove("spoken");
  marked?.removeAttribute("aria-current");
  marked = next;
  if (!next) return;
  next.classList.add("spoken");
  next.setAttribute("aria-current", "true");
  if (!sentences.includes(document.activeElement)) reach(next);
  // Who has scrolled elsewhere is left there.
  if (settings.follow && wasSeen && !audio.paused && !isSeen(next)) bring(next);
}

function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight - 48 && bottom > covered();
}

/** How much of the window's top the player covers where it stays in view. */
function covered() {
  const box = $("player").getBoundingClientRect();
  const isOver = getComputedStyle($("player")).position === "sticky" && $("transcript").offsetLeft < box.right;
  return isOver && box.top <= 0 ? box.bottom : 0;
}

function bring(element) {
  element.scrollIntoView({ block: "center", behavior: STILL.matches ? "auto" : "smooth" });
}

/** Where the listener goes, the words go along. */
function lead(id) {
  if (settings.follow && $(id) && !isSeen($(id))) bring($(id));
}

function reach(element) {
  reachable?.setAttribute("tabindex", "-1");
  reachable = element;
  element.setAttribute("tabindex", "0");
}

for (const each of sentences) {
  each.setAttribute("tabindex", "-1");
  each.setAttribute("aria-describedby", "listen-hint");
}
if (reachable) reach(reachable);

function hearFrom(element) {
  reach(element);
  if (listen(element.id)) play();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.term");
  const element = event.target.closest(".sentence");
  if (link && document.body.contains(link) && openTerm(link.getAttribute("href").slice(1))) event.preventDefault();
  else if (element && !event.target.closest("a, dialog") && getSelection().isCollapsed) hearFrom(element);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const at = sentences.indexOf(event.target);
  if (at < 0) return;
  const change = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (change && sentences[at + change]) {
    reach(sentences[at + change]);
    reachable.focus();
  } else if (event.key === "Enter") {
    hearFrom(event.target);
  } else if (!change) {
    return;
  }
  event.preventDefault();
});

/** A copy of some sentences' paragraphs, without ids. */
function copy(ids) {
  const paragraph = document.createElement("p");
  for (const id of ids) {
    const twin = $(id)?.cloneNode(true);
    if (!twin) continue;
    for (const each of [twin, ...twin.querySelectorAll("*")])
      for (const name of ["id", "tabindex", "aria-describedby", "aria-current", "class"]) each.removeAttribute(name);
    // A definition's own terms are words here: a dialog does not open another.
    for (const link of twin.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    if (paragraph.childNodes.length) paragraph.append(" ");
    paragraph.append(twin);
  }
  return paragraph;
}

function openTerm(id) {
  const definition = data.terms[id];
  if (!definition) return false;
  const wasPlaying = !audio.paused;
  audio.pause();
  $("term-title").replaceChildren(...copy([id]).childNodes);
  $("term-text").replaceChildren(copy(definition));
  $("hear-term").onclick = () => hear([id, ...definition]);
  open("term", () => {
    endExcursion();
    if (wasPlaying) play();
  });
  return true;
}

function open(id, closed = () => {}) {
  const dialog = $(id);
  dialog.addEventListener("close", closed, { once: true });
  dialog.showModal();
  dialog.querySelector("h2").focus();
  dialog.scrollTop = 0;
}

for (const dialog of document.querySelectorAll("dialog"))
  dialog.addEventListener("click", (event) => {
    // The dialog's own box is what lies behind it, too.
    if (event.target.closest("[data-close]") || event.target === dialog) dialog.close();
  });
