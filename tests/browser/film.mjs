// The film of the README: docs/images/film.png (APNG), made from the first page (www/demo/index.html) as a person uses it. Three
// messages are pasted, then the guide is opened and leads to a new code.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { apng } from "./apng.mjs";
import { browser, close } from "./engines.mjs";
import { Field, eventually } from "./pages.mjs";
import { pixels } from "./qr.mjs";
import { Site } from "./sites.mjs";

const FILE = fileURLToPath(new URL("../../docs/images/film.png", import.meta.url));
const [WIDTH, HEIGHT] = [1000, 563];
/** A limit for the film, in bytes: it is loaded with the README. */
const MOST_BYTES = 700_000;

const endings = [];
const t = { after: (end) => endings.push(end) };
const frames = [];
try {
  const site = await Site.start(t, "");
  const session = await browser(t, { own: true, features: { "prefers-color-scheme": "light" } });
  await session.devtools("Emulation.setDeviceMetricsOverride", { width: WIDTH, height: HEIGHT, deviceScaleFactor: 1, mobile: false });
  const field = await Field.open(session, site.url("/assets/demo/index.html"));
  await session.allowClipboard();
  /** Shows the window, scrolled so that an element is at the top, for some milliseconds. */
  const shows = async (milliseconds, top = ".columns") => {
    await session.run((top) => document.querySelector(top).scrollIntoView({ block: "start", behavior: "instant" }), top);
    await session.run(() => new Promise((done) => setTimeout(done, 200)));
    frames.push({ picture: pixels(await session.screenshot()), milliseconds });
  };
  const paste = async (place) => {
    await (await session.find(`.phone li:nth-child(${place}) button`)).click();
    await eventually(() => field.focused(), true);
    await shows(700);
    await field.press(["control", "a"], ["control", "v"]);
    await shows(1400);
  };
  await shows(900);
  for (const place of [1, 2, 4]) await paste(place);
  const guide = await field.guide();
  await shows(1200, "todoita-code");
  for (const answer of ["right", "no"]) {
    const before = await guide.screen();
    await guide.answer(answer);
    await eventually(() => guide.screen(), (screen) => screen !== before);
    await shows(1500, "todoita-guide");
  }
  await guide.leave("code");
  await field.press(["control", "a"], ["control", "v"], "enter");
  await eventually(() => field.state(), (state) => state !== "busy");
  await shows(1500, ".card");
  const film = apng(frames);
  if (film.length > MOST_BYTES) throw new Error(`the film has ${film.length} bytes, more than ${MOST_BYTES}: show fewer pictures`);
  await writeFile(FILE, film);
  console.log(`${FILE}: ${frames.length} pictures, ${film.length} bytes`);
} finally {
  for (const end of endings.reverse()) await end();
  await close();
}
