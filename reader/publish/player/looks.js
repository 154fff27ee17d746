// How it looks, and the listener's other settings; they hold for all narrations of the site.

const SIZES = [100, 115, 130, 150, 175, 200];
const COLOURS = ["system", "light", "dark", "contrast"];
const USUAL = { size: 100, colours: "system", follow: true, shortcuts: true, volume: 100, speed: 1 };
let settings = checked(recall(SETTINGS));

/** What was kept, as far as it makes sense. */
function checked(kept) {
  const found = { ...USUAL };
  for (const key of Object.keys(USUAL)) if (typeof kept[key] === typeof USUAL[key]) found[key] = kept[key];
  if (!SIZES.includes(found.size)) found.size = USUAL.size;
  if (!COLOURS.includes(found.colours)) found.colours = USUAL.colours;
  found.volume = Math.min(100, Math.max(0, found.volume));
  return found;
}

function change(changes) {
  settings = { ...settings, ...changes };
  keep(SETTINGS, changes);
  look();
}

function look() {
  root.style.fontSize = `${settings.size}%`;
  root.classList.toggle("large", settings.size >= 150);
  if (settings.colours === "system") delete root.dataset.colours;
  else root.dataset.colours = settings.colours;
  $("size").textContent = number(settings.size / 100, { style: "percent" });
  turnOff("smaller-text", settings.size === SIZES[0]);
  turnOff("larger-text", settings.size === SIZES.at(-1));
  for (const each of document.querySelectorAll("[name=colours]")) each.checked = each.value === settings.colours;
  $("follow").checked = settings.follow;
  $("use-shortcuts").checked = $("shortcuts-on").checked = settings.shortcuts;
  $("volume").value = settings.volume;
  $("volume").style.setProperty("--done", `${settings.volume}%`);
  $("volume").setAttribute("aria-valuetext", number(settings.volume / 100, { style: "percent" }));
  audio.volume = settings.volume / 100;
}

function resize(steps) {
  const size = SIZES[SIZES.indexOf(settings.size) + steps];
  if (size) change({ size });
  announce(`${say("text_size")}: ${$("size").textContent}`);
}

function nextColours() {
  const colours = COLOURS[(COLOURS.indexOf(settings.colours) + 1) % COLOURS.length];
  change({ colours });
  announce(`${say("colours")}: ${say(`colours_${colours}`)}`);
}

function toggleFollow() {
  change({ follow: !settings.follow });
  if (settings.follow && marked) bring(marked);
}

$("smaller-text").addEventListener("click", () => resize(-1));
$("larger-text").addEventListener("click", () => resize(1));
$("colours").addEventListener("change", (event) => change({ colours: event.target.value }));
$("volume").addEventListener("input", () => change({ volume: Number($("volume").value) }));
$("follow").addEventListener("change", toggleFollow);
for (const id of ["use-shortcuts", "shortcuts-on"])
  $(id).addEventListener("change", () => change({ shortcuts: $(id).checked }));
$("reset").addEventListener("click", () => {
  change({ ...USUAL });
  setSpeed(USUAL.speed);
  showSpeed();
});
$("open-settings").addEventListener("click", () => open("settings"));
$("open-shortcuts").addEventListener("click", () => open("shortcuts"));
