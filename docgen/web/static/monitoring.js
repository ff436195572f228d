/* The figures of a stage renew themselves while the page is looked at. */

const figures = document.getElementById("figures");
const CALM = 15000;
const EAGER = 2000;

async function renew() {
  if (!document.hidden) {
    try {
      const answer = await fetch(figures.dataset.renew, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) show(await answer.text());
    } catch { /* no connection: the next time will do */ }
  }
  setTimeout(renew, pause());
}

function show(html) {
  const fresh = new DOMParser().parseFromString(`<div>${html}</div>`, "text/html").body.firstChild;
  if (fresh.innerHTML === figures.innerHTML || figures.contains(document.activeElement)) return;
  figures.replaceChildren(...fresh.childNodes);
}

function pause() {
  return figures.querySelector('.works [data-state="running"], .works [data-state="queued"]') ? EAGER : CALM;
}

setTimeout(renew, pause());
