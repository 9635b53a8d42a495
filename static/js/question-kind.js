// <form data-options-form>: shows only what the chosen kind of question needs ([data-for-kind="one_choice several_choices"]). Without JavaScript all of it shows.
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
