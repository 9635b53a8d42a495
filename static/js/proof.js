// <form data-proof="worker.js"> solves the ALTCHA challenge of #proof-challenge in a worker, puts the solution in its field `altcha`
// and sends the form, unless something is left to type. Should it fail, the words about waiting stand there as without JavaScript.
(() => {
  const form = document.querySelector("form[data-proof]");
  const challenge = JSON.parse(document.getElementById("proof-challenge").textContent);
  const parts = Object.fromEntries(
    ["wait", "working", "done"].map((name) => [name, form.querySelector(`[data-proof-${name}]`)]),
  );

  function show(name) {
    for (const [key, part] of Object.entries(parts)) part.hidden = key !== name;
  }

  const worker = new Worker(form.dataset.proof);
  worker.onerror = () => show("wait");
  worker.onmessage = ({ data }) => {
    worker.terminate();
    if (!data || data.error) {
      show("wait");
      return;
    }
    form.elements.altcha.value = btoa(JSON.stringify({ challenge, solution: data }));
    if (form.checkValidity()) {
      form.submit();
    } else {
      show("done");
    }
  };
  show("working");
  worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1, timeout: 300000 });
})();
