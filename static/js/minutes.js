// <form data-minutes>: saves lines while they are typed, fetches what others have written, and retries what could not be saved.
(() => {
  const form = document.querySelector("form[data-minutes]");
  if (!form) return;
  const PAUSE = 1500, FETCH = 5000, RETRY = 4000, ZERO = "00000000-0000-0000-0000-000000000000";
  const SIGNED_OUT = "Inte sparat: du har loggats ut. Det du skrivit står kvar.";
  const status = form.querySelector("[data-minutes-status]");
  const writer = form.querySelector("[data-writer]");
  // A «part» is a line or the facts of the meeting.
  const waiting = new Map(); // part → timer of its next save
  const dirty = new Set(); // parts with changes that the server does not have
  const sent = new Map(); // part → body sent and not answered; a retry sends the same body
  let busy = false, stopped = false;

  const lines = () => form.querySelector("#minutes_lines");
  const lineOf = (node) => node.closest("[data-line]");
  const facts = form.querySelector("[data-facts]");

  function say(text, trouble = false, link = "") {
    if (status.textContent === text) return;
    status.toggleAttribute("data-trouble", trouble);
    status.textContent = text;
    if (!link) return;
    const anchor = document.createElement("a");
    status.append(" ", Object.assign(anchor, { href: link, target: "_blank", textContent: "Logga in i en ny flik" }));
  }

  // The form fields of a part, as a request body.
  function bodyOf(part) {
    const body = new URLSearchParams();
    part.querySelectorAll("input, select, textarea").forEach((field) => {
      const counts = !["checkbox", "radio"].includes(field.type) || field.checked;
      if (field.name && field.name !== "rad" && counts) body.append(field.name, field.value);
    });
    body.append("skrivare", writer.value);
    return body.toString();
  }

  const urlOf = (part) => (part === facts ? form.dataset.factsUrl : form.dataset.lineUrl.replace(ZERO, part.dataset.line));
  const isStored = (part) => part === facts || Number(part.dataset.version) > 0;
  const isWorthSaving = (part) => isStored(part) || part.querySelector("[data-text]").value.trim() !== "";

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
    if (!sent.has(part) && !isWorthSaving(part)) { clean(part); return; }
    if (busy) { waiting.set(part, setTimeout(() => save(part), 300)); return; }
    busy = true;
    const body = sent.get(part) ?? bodyOf(part), url = urlOf(part);
    sent.set(part, body);
    try {
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const headers = { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" };
      const response = await fetch(url, { method: "POST", body, keepalive: body.length < 60000, headers });
      await handleResponse(part, body, response);
    } catch {
      retry(part, "Inte sparat – försöker igen");
    } finally {
      busy = false;
    }
  }

  async function handleResponse(part, body, response) {
    const isData = (response.headers.get("Content-Type") ?? "").includes("json");
    // Without cookies the server cannot tell that somebody was signed in: it says 403, and the page leads to sign-in.
    const isSignedOut = response.redirected || (response.ok && !isData) || (response.status === 403 && !(await renewToken()));
    if (isSignedOut) { retry(part, SIGNED_OUT, form.dataset.loginUrl); return; }
    if (response.status === 403) { retry(part, "Inte sparat – försöker igen"); return; }
    if (response.status === 409 || response.status === 404) { await stop(response); return; }
    if (response.status === 422) { sent.delete(part); say((await response.json()).errors.join(" "), true); return; }
    if (!response.ok) { retry(part, "Inte sparat – försöker igen"); return; }
    const answer = await response.json();
    sent.delete(part);
    const same = bodyOf(part) === body;
    if (part === facts) remember(facts);
    else settle(part, answer);
    if (same) clean(part);
    else touch(part);
    if (!dirty.size) say(`Sparat ${answer.saved}`);
    if (answer.beside) { say("Någon annan skrev i samma rad. Båda texterna finns kvar.", true); refresh(true); }
  }

  // Give a saved line its new version, and its new key when the text was stored as another line.
  function settle(part, answer) {
    if (answer.key !== part.dataset.line) rename(part, answer.key);
    part.dataset.version = answer.version;
    part.querySelector("[data-base]").value = answer.version;
    part.querySelector("[data-warned]").textContent = answer.warn;
    part.querySelector("[data-warning]").hidden = !answer.warn;
    part.querySelector("[data-strike]").hidden = false;
  }

  // Change the key of a line in all attributes that hold it.
  function rename(part, key) {
    const old = part.dataset.line;
    part.dataset.line = key;
    [part, ...part.querySelectorAll("*")].forEach((node) => {
      ["id", "for", "name", "value"].forEach((name) => {
        const value = node.getAttribute(name);
        if (value?.includes(old)) node.setAttribute(name, value.replace(old, key));
      });
    });
  }

  function clean(part) {
    dirty.delete(part);
    part.removeAttribute("data-unsaved");
  }

  function retry(part, text, link = "") {
    say(text, true, link);
    waiting.set(part, setTimeout(() => save(part), RETRY));
  }

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  // Fetch a new CSRF token: after signing in again the page's own is no longer valid. False when the page is not there.
  async function renewToken() {
    const page = parse(await (await fetch(location.href)).text());
    const token = page.querySelector("form[data-minutes] [name=csrfmiddlewaretoken]");
    if (token) form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
    return token !== null;
  }

  async function stop(response) {
    const page = parse(await response.text());
    const why = page.querySelector("#refusal p, .refusal p")?.textContent.trim() ?? "Protokollet går inte längre att skriva i.";
    stopped = true;
    say(`${why} Det du skrivit står kvar här, men är inte sparat. Kopiera det och läs om sidan.`, true);
  }

  // Update the hidden «sett-…» fields, which the server compares the boxes with, to what was just saved.
  function remember(part) {
    part.querySelectorAll("[name^='sett-']:not(textarea)").forEach((field) => field.remove());
    part.querySelectorAll("input[type=checkbox]:checked").forEach((box) => {
      const seen = { type: "hidden", name: `sett-${box.name}`, value: box.value };
      part.append(Object.assign(document.createElement("input"), seen));
    });
    part.querySelector("[name=sett-notes]").value = part.querySelector("[name=notes]").value;
  }

  // -- Lines that others have written --------------------------------------------------------------------------------
  const isMine = (line) => line.contains(document.activeElement) || dirty.has(line) || sent.has(line);

  async function refresh(now = false) {
    if (stopped || document.hidden || (busy && !now)) return;
    try {
      const stamp = encodeURIComponent(now ? "nu" : lines().dataset.stamp);
      const response = await fetch(form.dataset.linesUrl.replace("STAMP", stamp));
      if (response.status === 409 || response.status === 404) { await stop(response); return; }
      if (!response.ok || response.status === 204 || response.redirected) return;
      const fresh = parse(await response.text()).querySelector("#minutes_lines");
      if (fresh) merge(fresh);
    } catch { /* it is tried again soon, and a line that could not be saved shows its own message */ }
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
    const stored = [...fresh.children].filter((line) => line.dataset.version !== "0");
    const keys = new Set(stored.map((line) => line.dataset.line));
    let last = null;
    stored.forEach((line) => {
      const here = list.querySelector(`[data-line="${line.dataset.line}"]`);
      let node = here ?? line;
      const isChanged = here && here.dataset.version !== line.dataset.version;
      if (isChanged && !isMine(here)) { here.replaceWith(line); node = line; }
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
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };

  function begin(point) {
    const list = point.querySelector("[data-lines]");
    const empty = [...list.children].find((line) => line.dataset.version === "0");
    if (!empty) return;
    point.blank = empty.cloneNode(true);
    const row = point.querySelector("[data-new-line-row]");
    row.hidden = false;
    row.querySelector("[data-new-line]").addEventListener("click", () => newLine(point, null));
  }

  function newLine(point, after) {
    const list = point.querySelector("[data-lines]");
    const next = after?.nextElementSibling ?? (after ? null : list.lastElementChild);
    const isEmpty = next && next.dataset.version === "0" && !next.querySelector("[data-text]").value;
    if (isEmpty) { next.querySelector("[data-text]").focus(); return; }
    const line = point.blank.cloneNode(true);
    rename(line, newKey());
    line.querySelector("[data-after]").value = after?.dataset.line ?? "";
    if (after) after.after(line);
    else list.append(line);
    line.querySelector("[data-text]").focus();
  }

  const partOf = (node) => lineOf(node) ?? (facts.contains(node) ? facts : null);
  form.addEventListener("input", (event) => touch(partOf(event.target)));
  form.addEventListener("change", (event) => touch(partOf(event.target), 100));
  form.addEventListener("focusout", (event) => {
    const line = lineOf(event.target);
    if (line && dirty.has(line) && !line.contains(event.relatedTarget)) save(line);
  });
  form.addEventListener("keydown", (event) => {
    const line = lineOf(event.target);
    if (!line || event.isComposing) return;
    const isShortcut = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[123]$/.test(event.code);
    const digit = isShortcut ? event.code.at(-1) : "";
    if (digit) {
      event.preventDefault();
      const kind = line.querySelector(`[data-kind="${digit}"]`);
      if (!kind.checked) { kind.checked = true; touch(line, 100); }
    } else if (event.key === "Enter" && event.target.matches("[data-text]") && !event.shiftKey) {
      event.preventDefault();
      if (event.target.value.trim()) newLine(line.closest("[data-point]"), line);
    }
  });
  // A button saves everything typed. Wait for saves under way first, so that nobody gets a conflict with their own text.
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
  // Save at once when the page is hidden, for example when a phone is put away.
  document.addEventListener("visibilitychange", () => { if (document.hidden) [...dirty].forEach(save); else refresh(); });

  form.querySelector("[data-minutes-help]").hidden = false;
  form.querySelectorAll("[data-point]").forEach(begin);
  document.getElementById("missing")?.focus();
  setInterval(refresh, FETCH);
})();
