/*
  The search box: "/" leads to it from everywhere, and it suggests while one types. A combobox with a list
  box, as the ARIA Authoring Practices describe it. Without this script it is a form.
*/
(() => {
  "use strict";
  const PAUSE = 120; // milliseconds without a key before anything is asked
  const SHORTEST = 2; // signs that are worth asking for
  const box = document.getElementById("site-search");

  /* --- "/" --- */

  const isWriting = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const link = document.querySelector("a.search-link");
    event.preventDefault();
    if (box?.checkVisibility()) box.select();
    else link?.click();
  });

  if (!box) return;

  /* --- Suggestions --- */

  const form = box.form;
  const list = document.getElementById("site-search-list");
  const options = () => [...list.children];
  let pause = 0;
  let asking = null;
  let active = -1;

  for (const [name, value] of Object.entries({
    "role": "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) box.setAttribute(name, value);

  const close = () => {
    clearTimeout(pause);
    asking?.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  };

  const choose = (place) => {
    active = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    const option = options()[place];
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(box.value)}`, { signal });
      const html = answer.ok ? await answer.text() : "";
      if (signal.aborted || document.activeElement !== box) return;
      list.innerHTML = html;
      const count = options().length;
      list.hidden = !count;
      box.setAttribute("aria-expanded", String(count > 0));
      choose(-1);
      document.getElementById("said").textContent = count ? `${count} suggestion${count > 1 ? "s" : ""}` : "";
    } catch {
      if (!signal.aborted) close();
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(pause);
    if (box.value.trim().length < SHORTEST) close();
    else pause = setTimeout(ask, PAUSE);
  });
  box.addEventListener("blur", close);

  box.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count && !event.altKey) {
      event.preventDefault();
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      /* one place more than options: before the first and after the last it is what was typed */
      choose(((active + 1 + (event.key === "ArrowDown" ? 1 : -1) + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      location.assign(options()[active].dataset.href);
    }
  });

  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
})();
