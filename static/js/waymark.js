/* What the pages do beyond their markup. Everything works without it. */
(() => {
  "use strict";

  /* The step or the answer that the address names stands open. */
  const openNamed = () => {
    const named = document.getElementById(location.hash.slice(1));
    const details = named?.closest("details") ?? (named?.matches(".step") ? named.querySelector("details") : null);
    if (!details || details.matches(".menu")) return;
    details.open = true;
    named.scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", openNamed);
  openNamed();

  /* Menus close on Escape, on a click beside them, and when one tabs out of them. */
  const closeMenus = (but) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(but)) menu.open = false;
  };
  addEventListener("click", (event) => closeMenus(event.target));
  addEventListener("focusin", (event) => closeMenus(event.target));
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  /* A form is sent once; its button shows that it is under way. */
  const setBusy = (form, submitter, busy) => {
    for (const part of [form, submitter ?? form.querySelector("[type=submit]")]) {
      if (busy) part?.setAttribute("aria-busy", "true");
      else part?.removeAttribute("aria-busy");
    }
  };
  addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.matches("[data-hx-post]")) return;
    if (event.target.getAttribute("aria-busy") === "true") event.preventDefault();
    else setBusy(event.target, event.submitter, true);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[aria-busy]")) {
      for (const part of [form, ...form.querySelectorAll("[aria-busy]")]) part.removeAttribute("aria-busy");
    }
  });

  /* The contents, beside the text and in the bar of narrow screens, show which part is being read. */
  const contents = [...document.querySelectorAll(".contents")];
  const headings = [...(contents[0]?.querySelectorAll("a[href^='#']") ?? [])]
    .map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
  if (headings.length) {
    let shown = null;
    const mark = () => {
      const read = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3).pop();
      if (read === shown) return;
      shown = read;
      for (const list of contents) {
        for (const link of list.querySelectorAll("a[href^='#']")) {
          if (link.hash !== `#${read?.id}`) link.removeAttribute("aria-current");
          else {
            link.setAttribute("aria-current", "true");
            if (list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 2;
          }
        }
      }
      const here = document.querySelector(".on-page .here");
      if (here) here.textContent = document.querySelector(`.on-page a[href="#${read?.id}"]`)?.textContent ?? "";
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  /* A link of a menu has done its work when it leads down the page. */
  addEventListener("click", (event) => {
    const menu = event.target.closest(".menu a[href^='#']")?.closest(".menu");
    if (menu) menu.open = false;
  });

  /* Of the pages around a guide, the one that is open is in sight. */
  const around = document.querySelector(".guide-nav");
  const open = around?.querySelector("[aria-current]");
  if (open) around.scrollLeft = open.offsetLeft - around.offsetLeft - (around.clientWidth - open.clientWidth) / 2;

  /* What only a script can do is shown where there is one. */
  for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
  addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (button?.matches("[data-print]")) print();
    else if (button) {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        document.getElementById("said").textContent = button.textContent = "Copied";
      } catch {
        document.getElementById("said").textContent = "It could not be copied.";
      }
    }
  });

  /* A source or a term opens where it is named, and what is read stays where it is. */
  const peek = document.createElement("div");
  let named = null;
  const showPeek = (target) => {
    const title = document.createElement("p");
    title.className = "title";
    title.textContent = target.matches("dt") ? target.textContent : `Source ${target.value}`;
    const more = document.createElement("a");
    more.className = "to";
    more.href = `#${target.id}`;
    more.textContent = target.matches("dt") ? "In the list of words" : "In the list of sources";
    const body = document.createElement("div");
    body.append(...(target.matches("dt") ? target.nextElementSibling : target).cloneNode(true).childNodes);
    body.querySelector(".cited-in")?.remove();
    peek.replaceChildren(title, body, more);
    peek.setAttribute("aria-label", title.textContent);
    peek.showPopover();
    const link = named.getBoundingClientRect();
    const below = link.bottom + peek.offsetHeight + 16 < innerHeight;
    peek.style.top = `${scrollY + (below ? link.bottom + 6 : link.top - peek.offsetHeight - 6)}px`;
    peek.style.left = `${Math.max(16, Math.min(link.left - 24, document.documentElement.clientWidth - peek.offsetWidth - 16))}px`;
    peek.focus({ preventScroll: true });
  };
  if ("popover" in peek) {
    peek.popover = "auto";
    peek.className = "peek";
    peek.tabIndex = -1;
    peek.setAttribute("role", "dialog");
    document.body.append(peek);
    addEventListener("click", (event) => {
      if (event.target.closest(".peek .to")) {
        named = null; // the reader goes on to where it leads
        peek.hidePopover();
      }
      const link = event.target.closest(".cite a, a.to-source, a[href*='#term-']");
      const target = link && link.pathname === location.pathname && document.getElementById(link.hash.slice(1));
      if (!target || link.closest(".peek") || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      named = link;
      showPeek(target);
    });
    /* Tab leads out of it to what follows the link, not to the end of the page where it stands. */
    peek.addEventListener("keydown", (event) => {
      const stops = [peek, ...peek.querySelectorAll("a")];
      const isLast = document.activeElement === (event.shiftKey ? stops[0] : stops.at(-1));
      if (event.key !== "Tab" || !named || !(isLast || (event.shiftKey && document.activeElement === stops[1]))) return;
      if (event.shiftKey) event.preventDefault();
      named.focus({ preventScroll: true });
      peek.hidePopover();
    });
    peek.addEventListener("toggle", (event) => {
      const isLost = document.activeElement === document.body || peek.contains(document.activeElement);
      if (event.newState === "closed" && isLost) named?.focus({ preventScroll: true });
    });
  }

  /*
    Around htmx's swaps: what was open stays open, the focus stays where it was, the step that changed
    shows it, the bars move from their old value, and [data-announce] in what came is read out.
  */
  const say = (text) => { document.getElementById("said").textContent = text; };
  const fail = (text) => {
    const failed = document.getElementById("failed");
    failed.textContent = text;
    failed.hidden = false;
    setTimeout(() => { failed.hidden = true; }, 8000);
  };
  const stateOf = (step) => ["todo", "doing", "done", "skipped"].find((state) => step.classList.contains(state));
  const placeOf = (element) => {
    const step = element?.closest(".step[id]");
    if (!step) return null;
    const controls = [...step.querySelectorAll("a, button, summary, input, textarea")];
    return { step: step.id, at: controls.indexOf(element) };
  };
  let before = null;

  addEventListener("htmx:beforeSwap", () => {
    const steps = [...document.querySelectorAll(".step[id]")];
    before ??= {
      focus: placeOf(document.activeElement),
      open: new Set(steps.filter((step) => step.querySelector("details")?.open).map((step) => step.id)),
      states: new Map(steps.map((step) => [step.id, stateOf(step)])),
      bars: new Map([...document.querySelectorAll("progress[id]")].map((bar) => [bar.id, bar.value])),
    };
  });
  addEventListener("htmx:afterSettle", () => {
    if (!before) return;
    const { focus, open, states, bars } = before;
    before = null;
    for (const step of document.querySelectorAll(".step[id]")) {
      const details = step.querySelector("details");
      if (details && open.has(step.id)) details.open = true;
      if (states.has(step.id) && states.get(step.id) !== stateOf(step)) step.classList.add("just");
    }
    for (const bar of document.querySelectorAll("progress[id]")) {
      const now = bar.value;
      if (!bars.has(bar.id) || bars.get(bar.id) === now) continue;
      bar.value = bars.get(bar.id);
      bar.getBoundingClientRect(); // so that the old value is drawn before the new one
      bar.value = now;
      bar.parentElement.querySelector(".percent")?.classList.add("just");
    }
    if (focus && document.activeElement === document.body) {
      document.getElementById(focus.step)?.querySelectorAll("a, button, summary, input, textarea")[focus.at]?.focus({ preventScroll: true });
    }
  });
  addEventListener("htmx:load", (event) => {
    const { elt } = event.detail;
    if (elt === document.body) return;
    const said = elt.matches("[data-announce]") ? elt : elt.querySelector("[data-announce]");
    if (said) say(said.dataset.announce);
  });
  addEventListener("htmx:responseError", () => fail("That was not saved. Reload the page and try again."));
  addEventListener("htmx:sendError", () => fail("That was not saved: the site cannot be reached."));
})();
