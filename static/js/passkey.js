// <form data-passkey="add"> makes or reads a passkey when its [data-passkey-go] is pressed, with allauth's script. "add", "authenticate"
// (with the options in #js_data) and "login" (fetches them). If the browser reads none, [data-passkey-error] is shown.
(() => {
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-error]").forEach((text) => { text.hidden = false; });
  });
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const kind = form.dataset.passkey;
    const go = form.querySelector("[data-passkey-go]");
    const ids = { [kind]: go.id, credential: form.querySelector("[name=credential]").id, data: "js_data" };
    const passwordless = form.querySelector("[name=passwordless]");
    if (passwordless) ids.passwordless = passwordless.id;
    window.allauth.webauthn.forms[`${kind}Form`]({ ids });
    go.hidden = false;
  });
})();
