// Reads QR codes on a screenshot with jsQR, a reader that shares nothing with the encoder.

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";

const jsQR = createRequire(import.meta.url)(fileURLToPath(new URL("../../.tools/npm/node_modules/jsqr", import.meta.url)));

/** The pixels of a PNG as a browser's driver makes it: 8 bits a sample, not interlaced. */
export function pixels(png) {
  const parts = [];
  let width, height, samples;
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const kind = png.toString("latin1", at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") {
      [width, height, samples] = [body.readUInt32BE(0), body.readUInt32BE(4), { 2: 3, 6: 4 }[body[9]]];
      if (body[8] !== 8 || !samples || body[12]) throw new Error(`a PNG of colour type ${body[9]}, ${body[8]} bits`);
    }
    if (kind === "IDAT") parts.push(body);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * samples;
  const lines = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1) + 1;
    const guess = GUESS[raw[from - 1]];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < samples ? 0 : lines[at - samples];
      const up = y ? lines[at - stride] : 0;
      const corner = x < samples || !y ? 0 : lines[at - stride - samples];
      lines[at] = raw[from + x] + guess(left, up, corner);
    }
  }
  return { width, height, samples, lines };
}

/** The summands of a line's samples, by the number of its filter. */
const GUESS = [() => 0, (left) => left, (_, up) => up, (left, up) => (left + up) >> 1, paeth];

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const a = Math.abs(guess - left), b = Math.abs(guess - up), c = Math.abs(guess - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** The text of the QR code in a rectangle of the image; null without one. */
export function read({ width, samples, lines }, { x, y, width: w, height: h }) {
  const [left, top, columns, rows] = [x, y, w, h].map(Math.round);
  const part = new Uint8ClampedArray(columns * rows * 4).fill(255);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const from = ((top + row) * width + left + column) * samples;
      for (let sample = 0; sample < 3; sample += 1) part[(row * columns + column) * 4 + sample] = lines[from + sample];
    }
  }
  return jsQR(part, columns, rows, { inversionAttempts: "dontInvert" })?.data ?? null;
}

/** The text of a QR code in the page, read from a screenshot; null where none can be read. Runs no script of the page. */
export async function readOn(session, selector) {
  const place = await session.runSync((it) => {
    it.scrollIntoView({ block: "center" });
    const { x, y, width, height } = it.getBoundingClientRect();
    return Object.fromEntries(Object.entries({ x, y, width, height }).map(([name, value]) => [name, value * devicePixelRatio]));
  }, await session.find(selector));
  return read(pixels(await session.screenshot()), place);
}
