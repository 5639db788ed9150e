// The page of the set-up elements: it makes a key and backup codes of its own, and its forms send nothing.

for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const output = form.querySelector("output");
    output.value = output.dataset.done;
  });
}

/** A number of eight random digits. */
const backupCode = () => Array.from(crypto.getRandomValues(new Uint32Array(8)), (number) => number % 10).join("");

const items = Array.from({ length: 10 }, () => {
  const item = document.createElement("li");
  item.textContent = backupCode();
  return item;
});
document.querySelector("todoita-backup-codes ol").append(...items);

const { keyUri, newSecret } = await import("../core.js");
document.querySelector("todoita-setup").setAttribute("uri", keyUri({ secret: newSecret(), issuer: "todoita", account: "hana" }));

// An element reads its attributes when it begins: after the page has its key.
await import("../dist/todoita-setup.js");
