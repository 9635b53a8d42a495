// <form data-options-form>: shows only the fields of the chosen question kind ([data-for-kind="one_choice several_choices"]).
// Without JavaScript all fields are shown.
(() => {
  for (const form of document.querySelectorAll("[data-options-form]")) {
    const show = () => {
      const kind = new FormData(form).get("kind");
      for (const part of form.querySelectorAll("[data-for-kind]")) part.hidden = !part.dataset.forKind.split(" ").includes(kind);
    };
    form.addEventListener("change", show);
    show();
  }
})();
