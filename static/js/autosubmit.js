// <form data-autosubmit> sends itself when a choice in it changes; its own button ([data-autosubmit-button]) is for those without JavaScript.
(() => {
  const hide = (root) => root.querySelectorAll("[data-autosubmit] [data-autosubmit-button]").forEach((button) => { button.hidden = true; });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form && !event.target.matches('input[type="text"], input[type="search"], textarea')) form.requestSubmit();
  });
  document.addEventListener("htmx:load", (event) => hide(event.target));
  hide(document);
})();
