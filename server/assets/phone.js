// Updates the demo's phone, and copies a message on a click. Without this script the phone shows the messages
// that had arrived when the page was rendered.
const phone = document.getElementById("phone");
const list = phone.querySelector(".messages");
const blank = phone.querySelector("template");
const { owner, copy, copied } = phone.dataset;
const arrived = new Set();

/** Adds a button that copies the message. */
const addCopy = (message) => {
  arrived.add(message.dataset.number);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(message.querySelector(".text").textContent);
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 2000);
  });
  message.append(button);
};

const arrive = ({ number, channel, how, destination, time, subject, text, lang }) => {
  const message = blank.content.firstElementChild.cloneNode(true);
  const write = (name, text) => (message.querySelector(name).textContent = text);
  message.dataset.number = number;
  message.dataset.channel = channel;
  write(".how", how);
  write(".to", destination);
  write("time", time);
  if (subject) write(".subject", subject);
  else message.querySelector(".subject").remove();
  write(".text", text);
  for (const part of message.querySelectorAll(".subject, .text")) part.lang = lang;
  addCopy(message);
  list.prepend(message);
};

const update = async () => {
  const answer = await fetch(owner ? `/outbox.json?user=${encodeURIComponent(owner)}` : "/outbox.json");
  const { messages, apps } = await answer.json();
  for (const message of messages) if (!arrived.has(String(message.number))) arrive(message);
  for (const { user, code } of apps) {
    const output = [...phone.querySelectorAll(".apps code")].find((element) => element.dataset.user === user);
    if (output && output.textContent !== code) output.textContent = code;
  }
};

for (const message of list.children) addCopy(message);
// While the service restarts, the next call succeeds.
setInterval(() => document.hidden || update().catch(() => {}), 1500);
