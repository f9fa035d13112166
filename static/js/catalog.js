/*
  Lists of the catalog: filters apply in place, the address follows, and what is ticked for the comparison
  is kept while the list changes. Without this script the form and the links do the same by loading pages.
*/
(() => {
  const MOST = 4;
  const list = document.getElementById("browse");
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  if (!list || !form) return;

  /* --- In place: the field in which one types stays, what is around it is replaced --- */

  const PARTS = ["filter-count", "facets", "results"];
  let asked = 0;

  const addressOf = (filters) => {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(filters)) if (value) said.append(name, value);
    const words = said.toString();
    return filters.action.split("?")[0] + (words ? `?${words}` : "");
  };

  const show = async (address, { push = true } = {}) => {
    const turn = ++asked;
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== asked) return; // somebody went on meanwhile
      if (!page.getElementById("results")) throw new Error("not a list");
      swap(page);
      if (push) history.pushState(null, "", address);
      document.getElementById("said").textContent = document.getElementById("found").textContent;
    } catch {
      if (turn === asked) location.assign(address);
    } finally {
      if (turn === asked) list.removeAttribute("aria-busy");
    }
  };

  const swap = (page) => {
    const open = new Set([...form.querySelectorAll(".facet details[open]")].map(nameOf));
    const focused = selectorOf(document.activeElement);
    for (const id of PARTS) document.getElementById(id).replaceWith(page.getElementById(id));
    for (const details of form.querySelectorAll(".facet details")) if (open.has(nameOf(details))) details.open = true;
    if (document.activeElement !== search) search.value = page.getElementById("search").value;
    if (focused && document.activeElement === document.body) {
      (document.querySelector(focused) ?? document.getElementById("found")).focus({ preventScroll: true });
    }
    window.htmx?.process(document.getElementById("results"));
    recall();
  };

  const nameOf = (details) => details.closest("fieldset").querySelector("legend").textContent;

  /* What finds a control again once it was replaced; a link that did its work is not there any more. */
  const selectorOf = (control) => {
    if (!PARTS.some((id) => control?.closest(`#${id}`))) return null;
    if (control.id) return `#${CSS.escape(control.id)}`;
    return control.name ? `[name="${control.name}"][value="${CSS.escape(control.value)}"]` : "#found";
  };

  document.addEventListener("change", (event) => {
    if (event.target.form === form && event.target !== search) show(addressOf(form));
  });

  let pause;
  search.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(() => show(addressOf(form)), 350);
  });

  document.addEventListener("submit", (event) => {
    if (event.target !== form) return;
    event.preventDefault();
    clearTimeout(pause);
    show(addressOf(form));
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-live]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href);
    if (link.closest(".pager")) list.scrollIntoView({ block: "start" });
  });

  addEventListener("popstate", () => show(location.href, { push: false }));

  /* --- Ticked for the comparison --- */

  const compare = document.getElementById("compare");
  const chosen = new Set();

  const ticks = () => [...document.querySelectorAll('input[name="course"][form="compare"][type="checkbox"]')];

  const recall = () => {
    if (!compare) return;
    for (const tick of ticks()) {
      tick.checked = chosen.has(tick.value);
      tick.disabled = !tick.checked && chosen.size >= MOST;
    }
    compare.hidden = !ticks().length && !chosen.size;
    const here = new Set(ticks().map((tick) => tick.value));
    compare.querySelectorAll("input").forEach((field) => field.remove());
    for (const slug of chosen) if (!here.has(slug)) compare.append(hidden(slug));
    const words = chosen.size ? `${chosen.size} of ${MOST} chosen` : `Tick up to ${MOST} courses to see them side by side.`;
    compare.querySelector("span").textContent = words;
  };

  const hidden = (slug) => Object.assign(document.createElement("input"), { type: "hidden", name: "course", value: slug });

  document.addEventListener("change", (event) => {
    if (!compare || event.target.form !== compare) return;
    if (event.target.checked) chosen.add(event.target.value);
    else chosen.delete(event.target.value);
    recall();
  });

  for (const tick of ticks()) if (tick.checked) chosen.add(tick.value); // as the browser restored them
  recall();
})();
