// Copies or prints what is shown once: the backup codes, the key of an authenticator. The buttons appear with this script.
const tools = document.querySelector(".tools");

/** The codes, one on a line, under the name of the service; a key without its spaces. */
const text = () => {
  const codes = [...document.querySelectorAll(".codes code, .key code")].map((code) => code.textContent.replaceAll(" ", ""));
  return [tools.dataset.copy, ...codes].filter(Boolean).join("\n");
};

if (tools) {
  tools.hidden = false;
  tools.addEventListener("click", async ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if ("print" in button.dataset) return window.print();
    const label = button.textContent;
    await navigator.clipboard.writeText(text());
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
}
