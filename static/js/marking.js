// Marking a part of the raw text: its place, in signs as Python counts them, goes with the form that cuts it out.
(() => {
  const source = document.querySelector("[data-mark-source]");
  const form = document.querySelector("[data-mark-form]");
  if (!source || !form) return;
  const button = form.querySelector("button");
  const told = form.querySelector("[data-mark-told]");
  form.hidden = false;

  // Labels stand in the text on the page but are no part of it.
  function signs(range) {
    const copy = range.cloneContents();
    copy.querySelectorAll("[data-aside]").forEach((label) => label.remove());
    return Array.from(copy.textContent);
  }

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    if (!range) {
      // Pressing the button may clear the selection; what was marked then still counts.
      if (document.activeElement !== button) button.disabled = true;
      return;
    }
    if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(source, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = signs(before).length;
    const marked = signs(range);
    form.elements.start.value = start;
    form.elements.end.value = start + marked.length;
    button.disabled = marked.join("").trim() === "";
    told.textContent = button.disabled ? "Markera en tanke i texten." : `${marked.length} tecken markerade.`;
  });
})();
