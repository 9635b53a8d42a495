// <input type="number" data-stepper> gets a minus and a plus button. Without JavaScript the number is typed.
(() => {
  const button = (text, label) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "ds-button";
    made.dataset.variant = "secondary";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    return made;
  };

  for (const input of document.querySelectorAll("input[data-stepper]")) {
    const name = document.querySelector(`label[for="${input.id}"]`).textContent.trim();
    const row = document.createElement("div");
    row.className = "stepper-row";
    const [less, more] = [button("−", `En färre: ${name}`), button("+", `En till: ${name}`)];
    const step = (by) => {
      const most = Number(input.max || Infinity);
      input.value = Math.min(most, Math.max(Number(input.min || 0), Number(input.value || 0) + by));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    less.addEventListener("click", () => step(-1));
    more.addEventListener("click", () => step(1));
    input.replaceWith(row);
    row.append(less, input, more);
  }
})();
