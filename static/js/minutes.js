// <form data-minutes>: lines save themselves, others' lines come in, and what could not be saved stays and is tried again.
(() => {
  const form = document.querySelector("form[data-minutes]");
  if (!form) return;
  const PAUSE = 1500, FETCH = 5000, RETRY = 4000, ZERO = "00000000-0000-0000-0000-000000000000";
  const status = form.querySelector("[data-minutes-status]");
  const writer = form.querySelector("[data-writer]");
  const waiting = new Map(); // line or facts → timer
  const dirty = new Set(); // what has words the server has not
  const sent = new Map(); // what was sent and not answered: sent again as it was
  let busy = false, stopped = false;

  const lines = () => form.querySelector("#minutes_lines");
  const lineOf = (node) => node.closest("[data-line]");
  const facts = form.querySelector("[data-facts]");

  function say(text, trouble = false, link = "") {
    if (status.textContent === text) return;
    status.toggleAttribute("data-trouble", trouble);
    status.textContent = text;
    if (!link) return;
    const way = Object.assign(document.createElement("a"), { href: link, target: "_blank", textContent: "Logga in i en ny flik" });
    status.append(" ", way);
  }

  // What of the page belongs to this line, or to the facts.
  function bodyOf(part) {
    const body = new URLSearchParams();
    part.querySelectorAll("input, select, textarea").forEach((one) => {
      if (one.name && one.name !== "rad" && (!["checkbox", "radio"].includes(one.type) || one.checked)) body.append(one.name, one.value);
    });
    body.append("skrivare", writer.value);
    return body.toString();
  }

  const urlOf = (part) => (part === facts ? form.dataset.factsUrl : form.dataset.lineUrl.replace(ZERO, part.dataset.line));
  const isWorth = (part) => part === facts || Number(part.dataset.version) > 0 || part.querySelector("[data-text]").value.trim() !== "";

  function touch(part, pause = PAUSE) {
    if (stopped || !part) return;
    dirty.add(part);
    part.toggleAttribute("data-unsaved", true);
    clearTimeout(waiting.get(part));
    waiting.set(part, setTimeout(() => save(part), pause));
  }

  async function save(part) {
    clearTimeout(waiting.get(part));
    waiting.delete(part);
    if (stopped || !part.isConnected) return;
    if (!sent.has(part) && !isWorth(part)) { clean(part); return; }
    if (busy) { waiting.set(part, setTimeout(() => save(part), 300)); return; }
    busy = true;
    const body = sent.get(part) ?? bodyOf(part), url = urlOf(part);
    sent.set(part, body);
    try {
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(url, { method: "POST", body, keepalive: body.length < 60000, headers: { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" } });
      await answered(part, body, answer);
    } catch {
      again(part, "Inte sparat – försöker igen");
    } finally {
      busy = false;
    }
  }

  async function answered(part, body, answer) {
    const isData = (answer.headers.get("Content-Type") ?? "").includes("json");
    if (answer.status === 403) { await renewToken(); again(part, "Inte sparat – försöker igen"); return; }
    if (answer.redirected || (answer.ok && !isData)) { again(part, "Inte sparat: du har loggats ut. Det du skrivit står kvar.", form.dataset.loginUrl); return; }
    if (answer.status === 409 || answer.status === 404) { await stop(answer); return; }
    if (answer.status === 422) { sent.delete(part); say((await answer.json()).errors.join(" "), true); return; }
    if (!answer.ok) { again(part, "Inte sparat – försöker igen"); return; }
    const said = await answer.json();
    sent.delete(part);
    const same = bodyOf(part) === body;
    if (part === facts) remember(facts);
    else settle(part, said);
    if (same) clean(part);
    else touch(part);
    if (!dirty.size) say(`Sparat ${said.saved}`);
    if (said.beside) { say("Någon annan skrev i samma rad. Båda texterna finns kvar.", true); refresh(true); }
  }

  function settle(part, said) {
    if (said.key !== part.dataset.line) rename(part, said.key);
    part.dataset.version = said.version;
    part.querySelector("[data-base]").value = said.version;
    part.querySelector("[data-warned]").textContent = said.warn;
    part.querySelector("[data-warning]").hidden = !said.warn;
    part.querySelector("[data-strike]").hidden = false;
  }

  // The words became a line of their own: this is that line from now on.
  function rename(part, key) {
    const old = part.dataset.line;
    part.dataset.line = key;
    [part, ...part.querySelectorAll("*")].forEach((node) => {
      ["id", "for", "name", "value"].forEach((name) => {
        if (node.hasAttribute(name) && node.getAttribute(name).includes(old)) node.setAttribute(name, node.getAttribute(name).replace(old, key));
      });
    });
  }

  function clean(part) {
    dirty.delete(part);
    part.removeAttribute("data-unsaved");
  }

  function again(part, text, link = "") {
    say(text, true, link);
    waiting.set(part, setTimeout(() => save(part), RETRY));
  }

  // After signing in again the page's token is an old one.
  async function renewToken() {
    const page = await (await fetch(location.href)).text();
    const found = new DOMParser().parseFromString(page, "text/html").querySelector("form[data-minutes] [name=csrfmiddlewaretoken]");
    if (found) form.querySelector("[name=csrfmiddlewaretoken]").value = found.value;
  }

  async function stop(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const why = page.querySelector("#refusal p, .refusal p")?.textContent.trim() ?? "Protokollet går inte längre att skriva i.";
    stopped = true;
    say(`${why} Det du skrivit står kvar här, men är inte sparat. Kopiera det och läs om sidan.`, true);
  }

  // The boxes are compared with what stood here before: that is what was just saved.
  function remember(part) {
    part.querySelectorAll("[name^='sett-']:not(textarea)").forEach((one) => one.remove());
    part.querySelectorAll("input[type=checkbox]:checked").forEach((one) => {
      part.append(Object.assign(document.createElement("input"), { type: "hidden", name: `sett-${one.name}`, value: one.value }));
    });
    part.querySelector("[name=sett-notes]").value = part.querySelector("[name=notes]").value;
  }

  // -- What the others wrote ----------------------------------------------------------------------------------------
  const isMine = (line) => line.contains(document.activeElement) || dirty.has(line) || sent.has(line);

  async function refresh(now = false) {
    if (stopped || document.hidden || (busy && !now)) return;
    try {
      const answer = await fetch(form.dataset.linesUrl.replace("STAMP", encodeURIComponent(now ? "nu" : lines().dataset.stamp)));
      if (answer.status === 409 || answer.status === 404) { await stop(answer); return; }
      if (!answer.ok || answer.status === 204 || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("#minutes_lines");
      if (fresh) merge(fresh);
    } catch { /* the next try comes soon, and a line that could not be saved says so itself */ }
  }

  function merge(fresh) {
    lines().dataset.stamp = fresh.dataset.stamp;
    fresh.querySelectorAll("[data-point]").forEach((point) => {
      const here = lines().querySelector(`[data-point="${point.dataset.point}"]`);
      if (here) mergeList(here.querySelector("[data-lines]"), point.querySelector("[data-lines]"));
      else { lines().append(point); begin(point); }
    });
    const struck = fresh.querySelector("[data-struck]"), was = lines().querySelector("[data-struck]");
    if (was && !was.contains(document.activeElement)) { if (struck && was.open) struck.open = true; was.remove(); }
    if (struck && !lines().querySelector("[data-struck]")) lines().append(struck);
  }

  function mergeList(list, fresh) {
    const stored = [...fresh.children].filter((one) => one.dataset.version !== "0");
    const keys = new Set(stored.map((one) => one.dataset.line));
    let last = null;
    stored.forEach((line) => {
      const here = list.querySelector(`[data-line="${line.dataset.line}"]`);
      let node = here ?? line;
      if (here && here.dataset.version !== line.dataset.version && !isMine(here)) { here.replaceWith(line); node = line; }
      if (node !== here || !node.contains(document.activeElement)) {
        const place = last ? last.nextSibling : list.firstChild;
        if (place !== node) list.insertBefore(node, place);
      }
      last = node;
    });
    [...list.children].forEach((line) => {
      if (line.dataset.version !== "0" && !keys.has(line.dataset.line) && !isMine(line)) line.remove();
    });
  }

  // -- Writing ------------------------------------------------------------------------------------------------------
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };

  function begin(point) {
    const list = point.querySelector("[data-lines]"), empty = [...list.children].find((one) => one.dataset.version === "0");
    if (!empty) return;
    point.blank = empty.cloneNode(true);
    const row = point.querySelector("[data-new-line-row]");
    row.hidden = false;
    row.querySelector("[data-new-line]").addEventListener("click", () => newLine(point, null));
  }

  function newLine(point, after) {
    const list = point.querySelector("[data-lines]");
    const next = after?.nextElementSibling ?? (after ? null : list.lastElementChild);
    if (next && next.dataset.version === "0" && !next.querySelector("[data-text]").value) { next.querySelector("[data-text]").focus(); return; }
    const made = point.blank.cloneNode(true);
    rename(made, newKey());
    made.querySelector("[data-after]").value = after?.dataset.line ?? "";
    if (after) after.after(made);
    else list.append(made);
    made.querySelector("[data-text]").focus();
  }

  form.addEventListener("input", (event) => touch(lineOf(event.target) ?? (facts.contains(event.target) ? facts : null)));
  form.addEventListener("change", (event) => touch(lineOf(event.target) ?? (facts.contains(event.target) ? facts : null), 100));
  form.addEventListener("focusout", (event) => {
    const line = lineOf(event.target);
    if (line && dirty.has(line) && !line.contains(event.relatedTarget)) save(line);
  });
  form.addEventListener("keydown", (event) => {
    const line = lineOf(event.target);
    if (!line || event.isComposing) return;
    const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[123]$/.test(event.code) ? event.code.at(-1) : "";
    if (digit) {
      event.preventDefault();
      const kind = line.querySelector(`[data-kind="${digit}"]`);
      if (!kind.checked) { kind.checked = true; touch(line, 100); }
    } else if (event.key === "Enter" && event.target.matches("[data-text]") && !event.shiftKey) {
      event.preventDefault();
      if (event.target.value.trim()) newLine(line.closest("[data-point]"), line);
    }
  });
  // A button saves all that is typed; what is on its way goes first, so that nobody meets her own words.
  form.addEventListener("submit", async (event) => {
    if (stopped || (!busy && !dirty.size)) { removeEventListener("beforeunload", hold); return; }
    event.preventDefault();
    const button = event.submitter;
    for (let tries = 0; tries < 40 && (busy || dirty.size); tries += 1) {
      if (!busy) [...dirty].slice(0, 1).forEach(save);
      await new Promise((done) => { setTimeout(done, 100); });
    }
    if (!busy && !dirty.size) form.requestSubmit(button);
  });
  const hold = (event) => { if (dirty.size) event.preventDefault(); };
  addEventListener("beforeunload", hold);
  // A phone that is put away saves at once.
  document.addEventListener("visibilitychange", () => { if (document.hidden) [...dirty].forEach(save); else refresh(); });

  form.querySelector("[data-minutes-help]").hidden = false;
  form.querySelectorAll("[data-point]").forEach(begin);
  document.getElementById("missing")?.focus();
  setInterval(refresh, FETCH);
})();
