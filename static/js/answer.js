// The public form: an opt-in draft in localStorage, and resending after a lost connection.
// Optional: without JavaScript the form is submitted as usual. Texts shown to people come from data attributes.
(() => {
  const form = document.querySelector("form[data-answer]");
  if (!form) return;
  const say = form.dataset;
  const status = form.querySelector("[data-status]");
  const button = form.querySelector("[data-send]");
  const wanted = form.querySelector("[data-draft-wanted]");
  const errors = document.querySelector("[data-errors]");
  const KEY = "nyckel";
  const DAY = 24 * 3600 * 1000;
  const PATIENCE = 30000;

  // ---- localStorage; the browser may refuse access, then nothing is stored
  const memory = {
    read(name) {
      try {
        const kept = JSON.parse(localStorage.getItem(name));
        if (kept && Date.now() - kept.at < DAY) return kept;
        localStorage.removeItem(name);
      } catch (refused) { /* nothing kept */ }
      return null;
    },
    keep(name, values) {
      try { localStorage.setItem(name, JSON.stringify({ at: Date.now(), values })); return true; } catch (refused) { return false; }
    },
    forget(name) { try { localStorage.removeItem(name); } catch (refused) { /* nothing kept */ } },
  };

  // Not the buttons: those that change the language have a name too, and would ask for the form in another one.
  const fields = () => Array.from(form.elements).filter((field) => field.name && !/^(submit|button)$/.test(field.type));
  const chosen = (field) => !/^(radio|checkbox)$/.test(field.type) || field.checked;
  const typed = () => fields().filter(chosen).map((field) => [field.name, field.value]);

  function fill(values) {
    for (const field of fields()) {
      if (field.name === KEY) continue;
      const its = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (/^(radio|checkbox)$/.test(field.type)) field.checked = its.includes(field.value);
      else if (its.length) field.value = its[0];
    }
    for (const folded of form.querySelectorAll("details")) folded.open = folded.open || !!folded.querySelector(":checked");
  }

  function tell(text, actions = []) {
    status.textContent = text;
    for (const [label, act] of actions) {
      const extra = document.createElement("button");
      extra.type = "button";
      extra.className = "button secondary";
      extra.textContent = label;
      extra.addEventListener("click", act);
      status.append(" ", extra);
    }
  }

  // ---- draft: only if asked for, kept for at most a day, removed when the answer is sent
  let pause;
  function saveDraft() {
    if (wanted.checked && memory.keep(say.draftName, typed().filter(([name]) => name !== KEY))) return true;
    return false;
  }
  function setUpDraft() {
    const draft = memory.read(say.draftName);
    form.querySelector("[data-draft]").hidden = false;
    if (draft) {
      wanted.checked = true;
      if (!errors) { fill(draft.values); tell(say.draftRestored); }
    }
    wanted.addEventListener("change", () => {
      if (wanted.checked) { if (saveDraft()) tell(say.draftSaved); return; }
      memory.forget(say.draftName);
      tell(say.draftRemoved);
    });
    form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(saveDraft, 400); });
  }

  // ---- sending: queued and retried until the server has it; the submission key makes it idempotent
  let queue = [];  // answers waiting to be sent; more than one if a new one is written while an earlier one waits
  let busy = false;
  let timer;
  let tries = 0;
  const keyOf = (values) => values.find(([name]) => name === KEY)[1];
  const remember = () => (queue.length ? memory.keep(say.waitingName, queue) : memory.forget(say.waitingName));

  function post(values) {
    const stop = "AbortController" in window ? new AbortController() : null;
    const clock = setTimeout(() => stop && stop.abort(), PATIENCE);
    const body = new URLSearchParams();
    values.forEach(([name, value]) => body.append(name, value));
    return fetch(form.action, { method: "POST", body, redirect: "manual", signal: stop ? stop.signal : undefined })
      .then((answer) => { clearTimeout(clock); return answer; }, (lost) => { clearTimeout(clock); throw lost; });
  }

  function arrived() {
    queue.shift();
    tries = 0;
    remember();
    if (queue.length) { send(); return; }
    memory.forget(say.draftName);
    form.reset();  // The next person at this phone gets an empty form.
    window.location.assign(say.receipt);
  }

  // The server did not take the answer: submit it as a plain form, so that its page is shown (an error, or work to do: 429).
  function letServerSpeak() {
    const values = queue.shift();
    remember();
    fill(values);
    form.elements[KEY].value = keyOf(values);
    form.submit();
  }

  function forgetWaiting() {
    clearTimeout(timer);
    queue = [];
    tries = 0;
    remember();
    ready();
    tell(say.forgotten);
  }

  function waitAndTryAgain(text) {
    // Tell the user before storing: nothing is kept on the phone silently.
    tell(text, [[say.retryAgain, send], [say.forget, forgetWaiting]]);
    remember();
    timer = setTimeout(send, Math.min(2000 * 2 ** tries, 30000));
    tries += 1;
  }

  function send() {
    clearTimeout(timer);
    if (!queue.length || busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    post(queue[0]).then((answer) => {
      ready();
      if (answer.type === "opaqueredirect" || answer.redirected) arrived();
      else if (answer.status >= 500) waitAndTryAgain(say.failed);
      else letServerSpeak();
    }, () => { ready(); waitAndTryAgain(say.retrying); });
  }

  function ready() {
    busy = false;
    button.removeAttribute("aria-disabled");
  }

  function setUpSending() {
    let pressed = null;  // browsers without event.submitter
    document.addEventListener("click", (event) => { pressed = event.target; });
    form.addEventListener("submit", (event) => {
      const by = event.submitter || pressed;
      if (by && by.hasAttribute && by.hasAttribute("formaction")) return;  // another language: the browser sends what is typed
      event.preventDefault();
      if (busy) return;  // ignore a second click
      const values = typed();
      queue = queue.filter((other) => keyOf(other) !== keyOf(values));
      queue.push(values);
      tries = 0;
      tell(say.sending);
      send();
    });
    window.addEventListener("online", send);
    window.addEventListener("pageshow", (event) => { if (event.persisted) { ready(); tell(""); } });
    const waiting = memory.read(say.waitingName);
    if (!waiting || errors) return;
    queue = waiting.values;
    tell(say.kept, [[say.forget, forgetWaiting]]);
    send();
  }

  if (errors) errors.focus();
  if (wanted) setUpDraft();
  if (window.fetch && window.URLSearchParams && window.Promise) setUpSending();
})();
