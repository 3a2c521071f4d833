// Says that a file is too large before it is sent, and that one is on its way.
"use strict";
const form = document.getElementById("add-file");
const file = form.elements.file;
const button = form.querySelector("button");

file.addEventListener("change", () => {
  const isTooLarge = file.files.length > 0 && file.files[0].size > Number(form.dataset.limit);
  file.setCustomValidity(isTooLarge ? form.dataset.tooLarge : "");
  file.reportValidity();
});
form.addEventListener("submit", (event) => {
  if (button.ariaDisabled === "true") { event.preventDefault(); return; }
  button.ariaDisabled = "true";
  button.textContent = "Uploading…";
});
// Going back finds the form ready again.
window.addEventListener("pageshow", () => {
  button.ariaDisabled = null;
  button.textContent = "Upload";
});
