// <button data-copy="#element" hidden>Kopiera</button> copies the text of the element, or the value of a field, and confirms it.
(() => {
  const show = () => document.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = !navigator.clipboard; });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    const label = button.textContent;
    button.textContent = button.dataset.copied || "✓ Kopierat";
    setTimeout(() => { button.textContent = label; }, 2500);
  });
  document.addEventListener("htmx:load", show);
  show();
})();
