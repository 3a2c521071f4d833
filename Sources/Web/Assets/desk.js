// Keeps the field ready for the next scan, and follows print jobs until they are done.
"use strict";
const field = document.getElementById("text");
const form = document.getElementById("scan");
let isSending = false;

form.addEventListener("submit", (event) => {
  if (isSending) { event.preventDefault(); return; }
  isSending = true;
});
// Going back brings the last code back into the field: the next scan must not be added to it. What was searched
// for stays, and whatever is typed or scanned next takes its place.
window.addEventListener("pageshow", () => {
  isSending = false;
  field.value = field.defaultValue;
  field.focus();
  field.select();
});

// Once a printer is chosen, the next thing that types is the scanner.
document.addEventListener("change", (event) => {
  if (event.target.matches("select")) field.focus();
});

// A scanner types wherever the focus is: what is typed outside of a text field goes to the scan field.
document.addEventListener("keydown", (event) => {
  const at = document.activeElement;
  const isTyping = at && (at.matches("input, textarea") || (event.key === " " || event.key === "Enter"));
  if (at && at.matches("select") && event.key.length === 1 && event.key !== " ") event.preventDefault();
  if (isTyping || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  field.value = event.defaultPrevented ? event.key : "";
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
    if (answer.ok && fresh && !isUsed && fresh.innerHTML !== jobs.innerHTML) {
      // The element stays: a new one would be announced by no screen reader.
      jobs.innerHTML = fresh.innerHTML;
      jobs.toggleAttribute("data-pending", fresh.hasAttribute("data-pending"));
    }
  } catch {
    // The network is away: the next look may find it back.
  }
  setTimeout(followJobs, 1500);
}
setTimeout(followJobs, 1000);
