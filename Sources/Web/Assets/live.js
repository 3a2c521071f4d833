// Renews the page as things happen, and says whether it still does.
"use strict";
const state = document.getElementById("state");
const live = document.getElementById("live");
let last = live.dataset.since;
let pause = 2000;

function say(name, words) {
  if (state.dataset.state === name) return;
  state.dataset.state = name;
  state.textContent = words;
}

function show(html) {
  const before = new Map([...live.querySelectorAll("[id]")].map((part) => [part.id, part.textContent]));
  const isFirst = live.dataset.drawn === undefined;
  live.dataset.drawn = "";
  live.innerHTML = html;
  if (isFirst) return;
  for (const part of live.querySelectorAll("span[id], td[id], li[id]")) {
    if (before.get(part.id) !== part.textContent) part.classList.add("changed");
  }
}

function follow() {
  const source = new EventSource(`${live.dataset.feed}?since=${encodeURIComponent(last)}`);
  source.addEventListener("open", () => { pause = 2000; say("live", "Live"); });
  source.addEventListener("activity", (event) => { last = event.lastEventId; });
  source.addEventListener("picture", (event) => show(event.data));
  source.addEventListener("error", () => {
    say("lost", "Connection lost. Trying again…");
    // The browser tries again by itself, unless it was turned away: then we do, from where we were.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(follow, pause);
    pause = Math.min(pause * 2, 30000);
  });
}
follow();
