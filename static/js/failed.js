// Shows an error among the messages when an htmx request fails (no network, server error).
(() => {
  function tell(text) {
    const region = document.getElementById("messages");
    if (!region) return;
    const list = document.createElement("ul");
    list.className = "messages";
    const item = document.createElement("li");
    item.className = "message message--error";
    item.textContent = text;
    list.append(item);
    region.replaceChildren(list);
    region.scrollIntoView({ block: "nearest" });
  }

  // Clear the messages of the previous action when a new one starts; polling does not count.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb !== "get") document.getElementById("messages")?.replaceChildren();
  });
  document.addEventListener("htmx:sendError", () => {
    tell("Det gick inte att nå servern. Det du skrev står kvar; försök igen om en stund.");
  });
  document.addEventListener("htmx:responseError", (event) => {
    const closed = event.detail.xhr.status === 403;
    tell(
      closed
        ? "Sidan har legat öppen för länge. Kopiera det du skrivit och läs om sidan."
        : "Något gick fel hos oss. Det du skrev står kvar; försök igen om en stund.",
    );
  });
})();
