/* The description follows what is typed, and can be copied with its form. Without this, a button shows it. */
(() => {
  "use strict";

  const form = document.getElementById("fill-in");
  if (!form) return;

  const say = (text) => { document.getElementById("said").textContent = text; };

  const addressOf = () => {
    const said = [...new FormData(form)].filter(([, value]) => value);
    return `${location.pathname}?${new URLSearchParams(said)}`;
  };

  let latest = 0;
  const follow = async () => {
    const mine = ++latest;
    const address = addressOf();
    const response = await fetch(address).catch(() => null);
    if (!response?.ok || mine !== latest) return; // what cannot be shown yet is told by the button
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of ["posting", "hints"]) document.getElementById(id).replaceWith(page.getElementById(id));
    const links = page.querySelectorAll(".hiring-tools a[download]");
    document.querySelectorAll(".hiring-tools a[download]").forEach((link, at) => { link.href = links[at].getAttribute("href"); });
    history.replaceState(null, "", address);
  };

  let pause;
  form.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(follow, 400);
  });

  /* As plain text, and with its headings and lists for programs that take them. */
  const copied = (posting) => {
    const kinds = { "text/plain": posting.innerText, "text/html": posting.innerHTML };
    const parts = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
  };

  const button = document.getElementById("copy-posting");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const posting = document.getElementById("posting");
    try {
      await copied(posting);
      say(button.textContent = "Copied");
    } catch { // there is no clipboard without https
      getSelection().selectAllChildren(posting);
      say(button.textContent = "Selected: copy it now");
    }
  });
})();
