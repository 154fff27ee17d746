// The sound: one audio element, which plays chapter after chapter. Times are milliseconds from a chapter's start.

const chapters = data.chapters;
const audio = new Audio();
audio.preload = "metadata";

/** Where each sentence is: its id to [chapter, number in it]. */
const places = new Map(chapters.flatMap(({ spans }, at) => spans.map(([id], nth) => [id, [at, nth]])));

let chapter = 0;
let sentence = -1;
let speed = 1;
/** A definition that is heard in between: where it ends, and where the listener was. */
let excursion = null;

function milliseconds() {
  return Math.round(audio.currentTime * 1000);
}

/** The number of the sentence that sounds at a time of a chapter; -1 before the first. */
function sentenceAt(at, time) {
  const spans = chapters[at].spans;
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle][1] <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function go(to, time) {
  const seconds = Math.max(0, time) / 1000;
  if (to !== chapter || !audio.src) {
    const playing = !audio.paused;
    const isNew = to !== chapter;
    chapter = to;
    audio.src = chapters[to].file;
    setSpeed(speed);
    audio.currentTime = seconds;
    if (playing) play();
    // A new file drops the events of the old one.
    playingChanged();
    if (isNew) chapterChanged();
  } else {
    audio.currentTime = seconds;
  }
  update();
}

function play() {
  if (!audio.src) go(chapter, 0);
  // A browser may refuse to play before the first click; then the button stays as it is.
  audio.play().catch(() => {});
}

function toggle() {
  if (audio.paused) play();
  else audio.pause();
}

/** The place of a sentence; of one that another language has cut otherwise: of the first of its paragraph. */
function find(id) {
  return places.get(id) ?? places.get(`${String(id).replace(/\.\d+$/, "")}.1`);
}

function listen(id) {
  const [at, nth] = find(id) ?? [];
  if (at === undefined) return false;
  excursion = null;
  go(at, chapters[at].spans[nth][1]);
  lead(chapters[at].spans[nth][0]);
  return true;
}

/** Ten seconds on or back, over the borders of chapters. */
function skip(change) {
  excursion = null;
  const time = milliseconds() + change;
  if (time < 0 && chapter > 0) go(chapter - 1, Math.max(0, chapters[chapter - 1].duration + time));
  else if (time >= chapters[chapter].duration && chapter + 1 < chapters.length)
    go(chapter + 1, time - chapters[chapter].duration);
  else go(chapter, Math.min(time, chapters[chapter].duration - 1));
}

/** Who is well into a sentence hears it again; else the one before it. */
function stepSentence(change) {
  excursion = null;
  const spans = chapters[chapter].spans;
  const now = sentenceAt(chapter, milliseconds());
  const again = change < 0 && now >= 0 && milliseconds() - spans[now][1] > 1500 * speed;
  const wanted = again ? now : now + change;
  if (spans[wanted]) go(chapter, spans[wanted][1]);
  else if (change > 0 && chapter + 1 < chapters.length) go(chapter + 1, firstTime(chapter + 1));
  else if (change < 0 && chapter > 0) go(chapter - 1, chapters[chapter - 1].spans.at(-1)?.[1] ?? 0);
  else if (change < 0) go(chapter, 0);
  lead(marked?.id);
}

function firstTime(at) {
  return chapters[at].spans[0]?.[1] ?? 0;
}

function goToChapter(at) {
  if (!chapters[at]) return;
  excursion = null;
  go(at, 0);
  lead(chapters[at].spans[0]?.[0]);
}

function setSpeed(value) {
  speed = Math.min(3, Math.max(0.5, Math.round(value * 10) / 10)) || 1;
  audio.preservesPitch = audio.webkitPreservesPitch = true;
  // The first holds for the next chapter, too.
  audio.defaultPlaybackRate = audio.playbackRate = speed;
}

/** Hear a definition, then be where one was. */
function hear(ids) {
  const [first, last] = [places.get(ids[0]), places.get(ids.at(-1))];
  if (!first || !last || first[0] !== last[0]) return;
  const back = excursion?.back ?? { chapter, time: milliseconds() };
  go(first[0], chapters[first[0]].spans[first[1]][1]);
  excursion = { end: chapters[last[0]].spans[last[1]][2], back };
  play();
}

function endExcursion() {
  if (!excursion) return;
  const { back } = excursion;
  excursion = null;
  audio.pause();
  go(back.chapter, back.time);
}

function update() {
  const time = milliseconds();
  if (excursion && time >= excursion.end) {
    endExcursion();
    return;
  }
  const now = sentenceAt(chapter, time);
  mark(chapters[chapter].spans[now]?.[0] ?? "");
  if (now !== sentence) {
    sentence = now;
    keepPlace();
  }
  showPosition(time);
}

// A frame is 16 ms: the mark is never later than that. `timeupdate` comes four times a second, and in the dark, too.
let frame = 0;
function follow() {
  cancelAnimationFrame(frame);
  if (audio.paused) return;
  update();
  frame = requestAnimationFrame(follow);
}

audio.addEventListener("play", () => {
  hasStarted = true;
  playingChanged();
  follow();
});
audio.addEventListener("pause", () => {
  playingChanged();
  keepPlace();
});
audio.addEventListener("timeupdate", update);
audio.addEventListener("seeked", update);
audio.addEventListener("error", () => announce(say("sound_error")));
audio.addEventListener("ended", () => {
  if (excursion) {
    endExcursion();
  } else if (chapter + 1 < chapters.length) {
    const stop = sleepsAtChapter();
    go(chapter + 1, 0);
    if (stop) fallAsleep();
    else play();
  } else {
    announce(say("finished"));
  }
});
