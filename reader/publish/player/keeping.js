// Where the listener stopped, and what she wants to find again: ids of sentences, never seconds.

function keepPlace() {
  if (excursion || !hasStarted) return;
  const id = chapters[chapter].spans[Math.max(0, sentence)]?.[0];
  if (id) keep(PLACES, { place: id });
}

/** Nothing is kept before the listener has done something. */
let hasStarted = false;

function time([at, nth]) {
  return clock(Math.floor(chapters[at].spans[nth][1] / 1000));
}

function offerToGoOn() {
  const place = find(recall(PLACES).place);
  if (!place || (place[0] === 0 && place[1] === 0)) return;
  const [at, nth] = place;
  go(at, chapters[at].spans[nth][1]);
  const text = say("resume", { title: chapters[at].title, time: time(place) });
  $("go-on").textContent = text;
  $("resume").hidden = false;
}

$("go-on").addEventListener("click", () => {
  play();
  $("play").focus();
});
$("start-over").addEventListener("click", () => {
  goToChapter(0);
  play();
  $("play").focus();
});

function bookmarks() {
  const kept = recall(PLACES).bookmarks;
  return Array.isArray(kept) ? kept.map(String) : [];
}

const LONGEST = 80;
function textOf(id) {
  const words = [...($(id)?.textContent ?? "").trim()];
  return words.length > LONGEST ? `${words.slice(0, LONGEST).join("").trimEnd()}…` : words.join("");
}

function addBookmark() {
  const id = chapters[chapter].spans[Math.max(0, sentence)]?.[0];
  if (!id) return;
  if (!bookmarks().includes(id)) keep(PLACES, { bookmarks: [...bookmarks(), id] });
  showBookmarks();
  announce(say("bookmark_added", { text: textOf(id) }));
}

function removeBookmark(id) {
  const at = placed().findIndex(([each]) => each === id);
  keep(PLACES, { bookmarks: bookmarks().filter((each) => each !== id) });
  showBookmarks();
  announce(say("bookmark_removed"));
  const left = $("bookmarks").querySelectorAll(".remove");
  (left[Math.min(at, left.length - 1)] ?? $("add-bookmark")).focus();
}

/** [id, place] of the bookmarks that this narration has, in its order. */
function placed() {
  return bookmarks()
    .map((id) => [id, find(id)])
    .filter(([, place]) => place)
    .sort(([, one], [, other]) => one[0] - other[0] || one[1] - other[1]);
}

function showBookmarks() {
  const items = placed().map(([id, place]) => {
    const text = textOf(chapters[place[0]].spans[place[1]][0]);
    const item = document.createElement("li");
    const link = document.createElement("button");
    link.type = "button";
    link.className = "mark";
    const words = document.createElement("span");
    words.textContent = text;
    const where = document.createElement("span");
    where.className = "length";
    where.textContent = `${chapters[place[0]].title}, ${time(place)}`;
    link.append(words, where);
    link.addEventListener("click", () => {
      if (listen(id)) play();
    });
    const remove = $("remove-icon").content.firstElementChild.cloneNode(true);
    remove.setAttribute("aria-label", say("remove_bookmark", { text }));
    remove.addEventListener("click", () => removeBookmark(id));
    item.append(link, remove);
    return item;
  });
  $("bookmarks").replaceChildren(...items);
  $("bookmarks").hidden = !items.length;
  $("no-bookmarks").hidden = items.length > 0;
}

$("add-bookmark").addEventListener("click", addBookmark);
addEventListener("pagehide", keepPlace);
