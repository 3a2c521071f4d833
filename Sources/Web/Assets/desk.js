// Keeps the field ready for the next scan, and follows print jobs until they are done.
"use strict";
const field = document.getElementById("text");
const form = document.getElementById("scan");
let isSending = false;

field.select();
form.addEventListener("submit", (event) => {
  if (isSending) { event.preventDefault(); return; }
  isSending = true;
});
window.addEventListener("pageshow", () => { isSending = false; });

// A scanner types wherever the focus is: what is typed outside of a field goes to the scan field.
document.addEventListener("keydown", (event) => {
  const at = document.activeElement;
  const isTyping = at && (at.matches("input, select, textarea") || (event.key === " " || event.key === "Enter"));
  if (isTyping || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  field.value = "";
  field.focus();
});

async function followJobs() {
  const jobs = document.getElementById("jobs");
  if (!jobs || !jobs.hasAttribute("data-pending")) return;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("jobs");
    const isUsed = jobs.contains(document.activeElement);
    if (answer.ok && fresh && !isUsed && fresh.innerHTML !== jobs.innerHTML) jobs.replaceWith(fresh);
  } catch {
    // The network is away: the next look may find it back.
  }
  setTimeout(followJobs, 1500);
}
setTimeout(followJobs, 1000);
