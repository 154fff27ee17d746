// Now that all is there: show it, go where the listener was, and look for the article's other languages.

for (const each of document.querySelectorAll("[data-script]")) each.hidden = false;
for (const each of document.querySelectorAll(".plain, .no-script")) each.remove();
document.querySelector("#languages").hidden = true;
look();
setSpeed(settings.speed);
showSpeed();
playingChanged();
chapterChanged(false);
showPosition(0);
showBookmarks();

function goToHash() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!find(id)) return false;
  listen(id);
  const [at, nth] = find(id);
  bring($(chapters[at].spans[nth][0]));
  return true;
}

if (!goToHash()) offerToGoOn();
addEventListener("hashchange", goToHash);
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (hasStarted = true), { capture: true });

// A file above the packs tells which there are; a pack alone has none, and needs none.
function showLanguages() {
  const packs = globalThis.readerPacks;
  if (!Array.isArray(packs) || packs.length < 2) return;
  for (const { language, direction, name: own, page } of packs) {
    if (!/^[A-Za-z0-9-]+\/index\.html$/.test(page)) continue;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.textContent = own;
    link.lang = link.hreflang = language;
    link.dir = direction;
    link.href = `../${page}`;
    if (language === data.language) link.setAttribute("aria-current", "true");
    // The same sentence, in the other language.
    link.addEventListener("click", () => {
      const id = chapters[chapter].spans[Math.max(0, sentence)]?.[0];
      if (id && (chapter || sentence > 0)) link.hash = id;
    });
    item.append(link);
    $("language-list").append(item);
  }
  $("languages").hidden = false;
}

const list = document.createElement("script");
list.src = "../languages.js";
list.onload = showLanguages;
document.head.append(list);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !$("languages").open) return;
  $("languages").open = false;
  $("languages").querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#languages")) $("languages").open = false;
});
