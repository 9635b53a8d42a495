// <form data-entry>: Ctrl/⌘+Enter saves, and a digit picks the option with that number ([data-digit]).
// A second press while saving is ignored.
(() => {
  const form = document.querySelector("[data-entry]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (!event.target.matches("[data-digit]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const choice = event.target.closest("fieldset").querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    choice.checked = choice.type === "radio" || !choice.checked;
  });
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // Page restored from the back/forward cache: it may be submitted again.
  addEventListener("pageshow", () => { sent = false; });
})();
