// <form data-entry>: Ctrl/⌘+Enter saves; in a question with choices the digit of a choice ([data-digit]) picks it. A second press while saving does nothing.
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
  // Back to a page kept by the browser: it may be sent again, as another sheet or the same.
  addEventListener("pageshow", () => { sent = false; });
})();
