// The buttons, the slider, the chapters, the sleep timer, and the keys of the lock screen.

const STEP_S = 10;

function name(id, text) {
  $(id).setAttribute("aria-label", text);
  $(id).title = text;
}

/** A button that can do nothing now keeps the focus of whoever has just pressed it. */
function turnOff(id, isOff) {
  $(id).setAttribute("aria-disabled", String(isOff));
}

function playingChanged() {
  root.classList.toggle("playing", !audio.paused);
  name("play", say(audio.paused ? "play" : "pause"));
  if (!audio.paused) $("resume").hidden = true;
  if ("mediaSession" in navigator) navigator.mediaSession.playbackState = audio.paused ? "paused" : "playing";
}

function chapterTitle(at) {
  return say("chapter_of", {
    number: number(at + 1),
    count: number(chapters.length),
    title: chapters[at].title,
  });
}

function chapterChanged(isTold = true) {
  for (const link of document.querySelectorAll("[data-chapter]")) {
    if (Number(link.dataset.chapter) === chapter) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  $("now").textContent = chapterTitle(chapter);
  $("position").max = Math.floor(chapters[chapter].duration / 1000);
  $("total").textContent = clock(chapters[chapter].duration / 1000);
  turnOff("previous-chapter", chapter === 0);
  turnOff("next-chapter", chapter + 1 === chapters.length);
  if (isTold) announce(chapterTitle(chapter), false);
  if ("mediaSession" in navigator)
    navigator.mediaSession.metadata = new MediaMetadata({
      title: chapters[chapter].title,
      artist: data.artist,
      album: data.title,
    });
}

let second = -1;
function showPosition(time) {
  const now = Math.floor(time / 1000);
  if (now === second) return;
  second = now;
  const slider = $("position");
  slider.value = now;
  slider.style.setProperty("--done", `${(100 * now) / Math.max(1, slider.max)}%`);
  $("elapsed").textContent = clock(now);
  // Said when it is asked for, not every second.
  if (audio.paused || document.activeElement !== slider) nameSlider();
  if (navigator.mediaSession?.setPositionState) {
    const length = chapters[chapter].duration / 1000;
    navigator.mediaSession.setPositionState({
      duration: length,
      playbackRate: speed,
      position: Math.min(time / 1000, length),
    });
  }
}

function nameSlider() {
  const text = { elapsed: duration(second), total: duration(chapters[chapter].duration / 1000) };
  $("position").setAttribute("aria-valuetext", say("elapsed", text));
}

function changeSpeed(value) {
  setSpeed(value);
  keep(SETTINGS, { speed });
  showSpeed();
  announce(say("speed_value", { speed: speedText() }));
}

function speedText() {
  return `${number(speed, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}×`;
}

function showSpeed() {
  $("speed").textContent = speedText();
  name("speed", `${speedText()} – ${say("normal_speed")}`);
}

// The sleep timer runs by the clock on the wall, whatever the speed.

const SLEEP_MINUTES = [5, 10, 15, 20, 30, 45, 60];
let sleepAt = Infinity;
let isWarned = false;

function sleepsAtChapter() {
  return $("sleep").value === "chapter";
}

function setSleep() {
  const minutes = Number($("sleep").value);
  sleepAt = minutes ? Date.now() + minutes * 60_000 : Infinity;
  isWarned = false;
}

function fallAsleep() {
  const wasAwake = !audio.paused || sleepsAtChapter();
  audio.pause();
  $("sleep").value = "off";
  setSleep();
  if (wasAwake) announce(say("sleep_now"));
}

setInterval(() => {
  const left = sleepAt - Date.now();
  if (left <= 0) {
    fallAsleep();
  } else if (left <= 60_000 && !isWarned) {
    isWarned = true;
    if (!audio.paused) announce(say("sleep_soon"));
  }
}, 500);

$("sleep").append(
  new Option(say("sleep_off"), "off"),
  ...SLEEP_MINUTES.map((each) => new Option(say("sleep_minutes", { duration: duration(each * 60) }), each)),
  new Option(say("sleep_chapter"), "chapter"),
);
$("sleep").addEventListener("change", setSleep);

/** The next entry of the sleep timer, for the keyboard. */
function nextSleep() {
  const list = $("sleep");
  list.selectedIndex = (list.selectedIndex + 1) % list.length;
  setSleep();
  announce(`${say("sleep_timer")}: ${list.selectedOptions[0].text}`);
}

name("back", say("back", { duration: duration(STEP_S) }));
name("forward", say("forward", { duration: duration(STEP_S) }));
for (const each of document.querySelectorAll(".ten")) each.textContent = number(STEP_S);
name("previous-sentence", say("previous_sentence"));
name("next-sentence", say("next_sentence"));
name("previous-chapter", say("previous_chapter"));
name("next-chapter", say("next_chapter"));
name("slower", say("slower"));
name("faster", say("faster"));

const press = (id, act) => $(id).addEventListener("click", act);
press("play", toggle);
press("back", () => skip(-STEP_S * 1000));
press("forward", () => skip(STEP_S * 1000));
press("previous-sentence", () => stepSentence(-1));
press("next-sentence", () => stepSentence(1));
press("previous-chapter", () => goToChapter(chapter - 1));
press("next-chapter", () => goToChapter(chapter + 1));
press("slower", () => changeSpeed(speed - 0.1));
press("faster", () => changeSpeed(speed + 0.1));
press("speed", () => changeSpeed(1));

$("position").addEventListener("input", () => {
  excursion = null;
  go(chapter, Number($("position").value) * 1000);
  nameSlider();
});
$("position").addEventListener("focus", nameSlider);

$("chapters").addEventListener("click", (event) => {
  const link = event.target.closest("[data-chapter]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goToChapter(Number(link.dataset.chapter));
  play();
});

const keys = {
  play,
  pause: () => audio.pause(),
  stop: () => audio.pause(),
  seekbackward: (wanted) => skip(-(wanted.seekOffset ?? STEP_S) * 1000),
  seekforward: (wanted) => skip((wanted.seekOffset ?? STEP_S) * 1000),
  seekto: (wanted) => go(chapter, wanted.seekTime * 1000),
  previoustrack: () => goToChapter(chapter - 1),
  nexttrack: () => goToChapter(chapter + 1),
};
for (const [key, act] of Object.entries(keys))
  try {
    navigator.mediaSession?.setActionHandler(key, act);
  } catch {
    // An older browser does not know this key.
  }
