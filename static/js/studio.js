/* What the studio does beyond its markup. Everything works without it. */
(() => {
  "use strict";

  const make = (tag, className, text = "") => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const later = (wait, act) => {
    let timer = 0;
    return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
  };

  /* --- What was typed is not left without a question --- */
  const guarded = "form[data-guard], form:has(> input[name='seen'])";
  let isTyped = false;
  addEventListener("input", (event) => { if (event.target.closest(guarded)) isTyped = true; });
  addEventListener("submit", () => { isTyped = false; });
  addEventListener("beforeunload", (event) => { if (isTyped) event.preventDefault(); });

  /* --- A form that is sent behind the page: what it stands in comes anew, and the focus where it was --- */
  const said = make("p", "studio-said");
  said.setAttribute("role", "status");
  document.body.append(said);

  const tell = (list) => {
    document.querySelector(".messagelist")?.remove();
    if (list) document.getElementById("content").before(list);
    said.textContent = list?.textContent.trim() ?? "";
  };
  const fail = (words) => {
    const list = make("ul", "messagelist");
    list.append(make("li", "error", words));
    tell(list);
    isTyped = true;
  };
  const swap = (page, id) => {
    const fresh = page.getElementById(id);
    document.getElementById(id).replaceWith(fresh);
    tell(page.querySelector(".messagelist"));
    isTyped = Boolean(fresh.querySelector(".outline-faults"));
    prepare(fresh);
    (fresh.querySelector("[autofocus]") ?? fresh.querySelector(".is-wrong [name^='choice']"))?.focus();
  };
  const send = async (form, button) => {
    if (form.ariaBusy === "true") return;
    const sent = new URLSearchParams(new FormData(form));
    if (button.name) sent.append(button.name, button.value);
    form.ariaBusy = "true";
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok) fail("That was not saved. Reload the page and try again.");
      else if (page.getElementById(form.dataset.swap)) swap(page, form.dataset.swap);
      else location.assign(answer.url); // such as the log-in
    } catch {
      fail("That was not saved: the site cannot be reached.");
    }
    form.ariaBusy = "false";
  };
  addEventListener("submit", (event) => {
    if (!event.target.matches("[data-swap]") || !event.submitter?.matches("[data-here]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  /* --- Rows of an outline can be dragged, too: dropping one sends the same form --- */
  const place = (event, row) => {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const list = under?.closest(".outline-stage")?.querySelector("ol");
    if (!list) return null;
    const other = under.closest("li") ?? list.lastElementChild;
    if (other === row) return null;
    const box = (other ?? list).getBoundingClientRect();
    return { list, other, side: event.clientY < box.top + box.height / 2 ? "before" : "after" };
  };
  const drag = (row) => {
    let target = null;
    const mark = () => {
      for (const marked of document.querySelectorAll("[data-drop]")) delete marked.dataset.drop;
      if (target) (target.other ?? target.list).dataset.drop = target.side;
    };
    const move = (event) => {
      target = place(event, row);
      mark();
      if (event.clientY < 90) scrollBy(0, -14);
      if (event.clientY > innerHeight - 110) scrollBy(0, 14);
    };
    const end = (event) => {
      removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel", "keydown"]) removeEventListener(name, end);
      row.classList.remove("is-dragged");
      const found = event.type === "pointerup" ? target : null;
      target = null;
      mark();
      if (found) drop(row, found);
    };
    row.classList.add("is-dragged");
    addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel", "keydown"]) addEventListener(name, end);
  };
  const drop = (row, { list, other, side }) => {
    if (other) other[side](row);
    else list.append(row);
    row.querySelector("select").value = list.dataset.stage;
    send(row.closest("form"), { name: "do", value: `save:${row.querySelector("[name='step']").value.split(":")[0]}` });
  };
  const prepare = (part) => {
    for (const row of part.querySelectorAll(".outline-form ol > li")) {
      const grip = make("span", "grip");
      grip.setAttribute("aria-hidden", "true");
      grip.title = "Drag to another place";
      grip.addEventListener("pointerdown", (event) => {
        if (event.button) return;
        event.preventDefault();
        if (grip.hasPointerCapture(event.pointerId)) grip.releasePointerCapture(event.pointerId); // of a finger
        drag(row);
      });
      row.prepend(grip);
    }
  };
  prepare(document);

  /* --- The search within a choice has the name of its field, which Django leaves out --- */
  const nameSearch = (search) => {
    const open = document.querySelector(".select2-container--open:not(:has(> .select2-dropdown))");
    const select = (search.closest(".select2-container:has(.select2-selection)") ?? open)?.previousElementSibling;
    if (select?.labels?.length) search.setAttribute("aria-label", select.labels[0].textContent.replace(/:$/, ""));
  };
  new MutationObserver(() => {
    document.querySelectorAll(".select2-search__field:not([aria-label])").forEach(nameSearch);
  }).observe(document.body, { childList: true, subtree: true });

  /* --- A text as readers will see it: in the styles of the site, which reach nothing else of the page --- */
  const frame = document.getElementById("text-preview");
  const field = frame && document.getElementById(frame.dataset.field);
  if (!field) return;
  const preview = make("section", "text-preview");
  preview.append(make("h3", "", "As readers will see it"));
  preview.setAttribute("aria-label", "As readers will see it");
  const sheet = make("div", "text-sheet");
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "region");
  sheet.setAttribute("aria-label", "The text");
  const root = sheet.attachShadow({ mode: "open" });
  root.append(frame.content.cloneNode(true));
  preview.append(sheet);
  field.closest(".form-row").append(preview);
  field.closest(".form-row").classList.add("has-preview");

  const shown = root.getElementById("text-shown");
  const token = document.querySelector("[name='csrfmiddlewaretoken']").value;
  let asked = null;
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams({ text: field.value, csrfmiddlewaretoken: token });
    try {
      const answer = await fetch(frame.dataset.url, { method: "POST", body, signal: asked.signal });
      if (answer.ok) shown.innerHTML = await answer.text();
      preview.classList.toggle("is-old", !answer.ok);
    } catch (error) {
      if (error.name !== "AbortError") preview.classList.add("is-old");
    }
  };
  field.addEventListener("input", later(400, ask));
  ask();

  /* Its links stay within it, or open beside the form. */
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    if (address.startsWith("#")) root.getElementById(address.slice(1))?.scrollIntoView({ block: "nearest" });
    else open(link.href, "_blank", "noopener");
  });

  /* --- Fields that Django completes: select2 names them for nobody who cannot see --- */
  const name = () => {
    for (const field of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
      const select = field.closest(".select2")?.previousElementSibling;
      const label = select?.labels?.[0]?.textContent.trim().replace(/:$/, "");
      if (label) field.setAttribute("aria-label", label);
    }
  };
  addEventListener("load", name);
})();
