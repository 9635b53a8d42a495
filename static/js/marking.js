// Selecting a part of the raw text: its position, in characters as Python counts them, is put in the cutting form.
(() => {
  const source = document.querySelector("[data-mark-source]");
  const form = document.querySelector("[data-mark-form]");
  if (!source || !form) return;
  const button = form.querySelector("button");
  const told = form.querySelector("[data-mark-told]");
  form.hidden = false;

  // Labels are shown inside the text but are not part of it.
  function signs(range) {
    const copy = range.cloneContents();
    copy.querySelectorAll("[data-aside]").forEach((label) => label.remove());
    return Array.from(copy.textContent);
  }

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    if (!range) {
      // Pressing the button may clear the selection; keep the last one.
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
