// Keeps the demo's phone up to date, and copies a message at a press. Without it the phone shows what
// had arrived when the page was made.
const phone = document.getElementById("phone");
const list = phone.querySelector(".messages");
const blank = phone.querySelector("template");
const { owner, copy, copied } = phone.dataset;
const known = new Set();

/** A button that copies the message it stands in. */
const addCopy = (message) => {
  known.add(message.dataset.number);
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
  const write = (name, said) => (message.querySelector(name).textContent = said);
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

const look = async () => {
  const answer = await fetch(owner ? `/outbox.json?user=${encodeURIComponent(owner)}` : "/outbox.json");
  const { messages, apps } = await answer.json();
  for (const message of messages) if (!known.has(String(message.number))) arrive(message);
  for (const { user, code } of apps) {
    const shown = [...phone.querySelectorAll(".apps code")].find((element) => element.dataset.user === user);
    if (shown && shown.textContent !== code) shown.textContent = code;
  }
};

for (const message of list.children) addCopy(message);
// A service that is being started again answers the next time.
setInterval(() => document.hidden || look().catch(() => {}), 1500);
