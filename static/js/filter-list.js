// Shows only the rows that contain the typed text, and ticked rows. Without JavaScript the whole list is shown.
for (const list of document.querySelectorAll("[data-filter-list]")) {
  const field = list.querySelector("[data-filter-field]");
  const count = list.querySelector("[data-filter-count]");
  const rows = [...list.querySelectorAll("[data-filter-row]")];
  field.hidden = rows.length < 8;
  field.querySelector("input").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted) && !row.querySelector("input").checked;
    }
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = wanted ? `${shown} av ${rows.length} visas. Valda visas alltid.` : "";
  });
}
