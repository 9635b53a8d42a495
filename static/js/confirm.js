// <button data-confirm="Ta bort samtalet?" data-confirm-yes="Ta bort"> asks for confirmation in a dialog. The confirming button is red
// unless data-confirm-color="accent" is set. Without JavaScript there is no question; the server still offers undo or refuses.
(() => {
  const agreed = new WeakSet();

  function ask(text, yes, color) {
    const dialog = document.createElement("dialog");
    dialog.className = "confirm";
    const question = document.createElement("p");
    question.id = "confirm-text";
    question.textContent = text;
    const row = document.createElement("form");
    row.method = "dialog";
    row.className = "button-row";
    for (const [value, label, variant] of [["no", "Avbryt", "secondary"], ["yes", yes, "primary"]]) {
      const button = document.createElement("button");
      button.value = value;
      button.textContent = label;
      button.className = "ds-button";
      button.dataset.variant = variant;
      if (value === "yes") button.dataset.color = color;
      row.append(button);
    }
    dialog.setAttribute("aria-labelledby", question.id);
    dialog.append(question, row);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "yes");
      });
    });
  }

  // In the capture phase, so that htmx gets the click only after the answer.
  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-confirm]");
    if (!asked || agreed.delete(asked)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(asked.dataset.confirm, asked.dataset.confirmYes || "Ja, gör det", asked.dataset.confirmColor || "danger").then((yes) => {
      asked.focus();
      if (!yes) return;
      agreed.add(asked);
      asked.click();
    });
  }, true);
})();
