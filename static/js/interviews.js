/* Practising by keys: space or enter shows the answer, 1 to 4 rate it, u undoes. Everything works without it. */
(() => {
  "use strict";
  const began = performance.now();
  const answer = document.getElementById("answer");
  const rate = document.getElementById("rate");
  const undo = document.getElementById("undo");

  const show = () => {
    answer.open = true;
    document.getElementById("said").textContent = "The answer is shown. Rate it from 1, again, to 4, easy.";
  };
  const isTyping = (target) => target.closest("input:not([type=hidden]), select, textarea, [contenteditable]");
  const isOperated = (target) => target.closest("a, button, summary");

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    const shows = (event.key === " " || event.key === "Enter") && answer && !answer.open && !isOperated(event.target);
    const choice = answer?.open && rate?.querySelector(`button[value="${CSS.escape(event.key)}"]`);
    if (shows) show();
    else if (choice) rate.requestSubmit(choice);
    else if (event.key === "u" && undo) undo.requestSubmit(undo.querySelector("button"));
    else return;
    event.preventDefault();
  });
  rate?.addEventListener("submit", () => {
    rate.elements.duration_ms.value = Math.round(performance.now() - began);
  });

  /* A new deck begins with the time zone of the browser, if the list has it. */
  const zone = document.querySelector("[data-guess-zone] select[name=time_zone]");
  if (zone) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if ([...zone.options].some((option) => option.value === own)) zone.value = own;
  }
})();
