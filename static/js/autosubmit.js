// <form data-autosubmit> is submitted when a choice in it changes.
// Its button ([data-autosubmit-button]) is for those without JavaScript.
(() => {
  function hide(root) {
    for (const button of root.querySelectorAll("[data-autosubmit] [data-autosubmit-button]")) button.hidden = true;
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form && !event.target.matches('input[type="text"], input[type="search"], textarea')) form.requestSubmit();
  });
  document.addEventListener("htmx:load", (event) => hide(event.target));
  hide(document);
})();
