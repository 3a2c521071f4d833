// One submission a click: the button says that it is being sent, and typed answers are not left by accident.
"use strict";
const form = document.getElementById("register");
const button = form.querySelector("button[type=submit]");
const words = button.textContent;
let isSending = false;
let isTyped = document.getElementById("problems") !== null;

form.addEventListener("input", (event) => {
  isTyped = true;
  const shown = document.querySelector(`[data-shows="${CSS.escape(event.target.name)}"]`);
  if (shown) shown.textContent = event.target.value;
});
form.addEventListener("submit", (event) => {
  if (isSending) { event.preventDefault(); return; }
  isSending = true;
  button.textContent = "Sending…";
  button.setAttribute("aria-disabled", "true");
});
// Coming back with the Back button shows the page as it was left.
window.addEventListener("pageshow", () => {
  isSending = false;
  button.textContent = words;
  button.removeAttribute("aria-disabled");
});
window.addEventListener("beforeunload", (event) => { if (isTyped && !isSending) event.preventDefault(); });
document.getElementById("problems")?.focus();
