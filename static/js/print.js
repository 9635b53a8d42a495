// <button data-print hidden>Skriv ut</button> opens the browser's print dialog; hidden where there is no JavaScript.
(() => {
  document.querySelectorAll("[data-print][hidden]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
