// Keyboard shortcuts of the workbench. Inactive while typing in a field, and can be switched off (WCAG 2.1.4).
(() => {
  const KEPT = "ostberga-kortkommandon";
  const dialog = document.querySelector("dialog[data-keys]");
  if (!dialog) return;
  const choice = dialog.querySelector("[data-keys-switch]");
  const off = () => localStorage.getItem(KEPT) === "av";
  choice.checked = !off();
  choice.addEventListener("change", () => localStorage.setItem(KEPT, choice.checked ? "på" : "av"));
  const opener = document.querySelector("[data-keys-open]");
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());

  const writing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const press = (key) => document.querySelector(`[data-key="${key}"]:not([disabled])`)?.click();
  const openNew = () => {
    const box = document.querySelector("#coding_attachments input[name=nytt]");
    if (!box) return;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  };
  const ACTS = {
    n: () => press("n"), j: () => press("n"),
    p: () => press("p"), k: () => press("p"),
    m: () => press("m"), x: () => press("x"), u: () => press("u"),
    a: () => document.getElementById("attach-box")?.focus(),
    e: () => document.querySelector("[data-review] textarea[name=text]")?.focus(),
    c: openNew,
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      document.querySelector("[data-confirm-review]")?.click();
      return;
    }
    if (event.key === "Escape" && writing(event.target) && !dialog.open) {
      event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || writing(event.target)) return;
    const act = ACTS[event.key];
    if (!act || (off() && event.key !== "?")) return;
    event.preventDefault();
    act();
  });

  // Enter in the search box attaches the first hit, once the hits match the text in the box.
  let waiting = false;
  const attachFirst = () => {
    const box = document.getElementById("attach-box");
    const hits = document.getElementById("coding_hits");
    if (hits.dataset.asked !== box.value.trim()) return false;
    hits.querySelector("button[name=perspektiv]")?.click();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "attach-box") return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      document.querySelector("#coding_hits button[name=perspektiv]")?.focus();
    }
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && window.htmx) {
      event.preventDefault();
      if (event.target.value.trim()) waiting = !attachFirst();
    }
  }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "coding_hits" && waiting) waiting = !attachFirst();
    if (event.target.id === "coding_attachments") document.getElementById("attach-box").focus();
  });

  // The translation fields are shown only for other languages than Swedish.
  const language = document.querySelector("[data-review] select[name=language]");
  language?.addEventListener("change", () => {
    document.querySelector("[data-translation]").toggleAttribute("data-unneeded", language.value === "sv");
  });

  // Replace the selected text with [borttaget].
  const masking = document.querySelector("[data-mask-selection]");
  if (masking) {
    masking.hidden = false;
    masking.addEventListener("click", () => {
      const box = document.querySelector("[data-review] textarea[name=text]");
      if (box.selectionStart === box.selectionEnd) return;
      box.setRangeText("[borttaget]", box.selectionStart, box.selectionEnd, "end");
      box.focus();
    });
  }
})();
