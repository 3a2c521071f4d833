// Renews the page as things happen, and says whether it still does.
"use strict";
const state = document.getElementById("state");
const live = document.getElementById("live");
const silenceLimit = 40000; // The server is heard every 15 s, if only to say that it is there.
let last = live.dataset.since;
let pause = 2000;
let heard = Date.now();
let source;

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

function listen(name, act) {
  source.addEventListener(name, (event) => { heard = Date.now(); act(event); });
}

function follow() {
  heard = Date.now();
  source = new EventSource(`${live.dataset.feed}?since=${encodeURIComponent(last)}`);
  listen("open", () => { pause = 2000; say("live", "Live"); });
  listen("activity", (event) => { last = event.lastEventId; });
  listen("picture", (event) => show(event.data));
  listen("beat", () => say("live", "Live"));
  listen("error", () => {
    say("lost", "Connection lost. Trying again…");
    // The browser tries again by itself, unless it was turned away: then we do, from where we were.
    if (source.readyState === EventSource.CLOSED) again();
  });
}

async function again() {
  try {
    const page = await fetch(location.href, { redirect: "manual", cache: "no-store" });
    if (page.type === "opaqueredirect") {
      say("ended", "Your sign-in has ended. Load the page again to sign in.");
      return;
    }
  } catch {
    // The network is away, which is what is being waited for.
  }
  setTimeout(follow, pause);
  pause = Math.min(pause * 2, 30000);
}

// A network that goes without a word, as with a lid that is closed, looks like silence.
setInterval(() => {
  if (state.dataset.state !== "live" || Date.now() - heard < silenceLimit) return;
  source.close();
  say("lost", "Connection lost. Trying again…");
  follow();
}, 5000);

follow();
