// Joins pictures of one size to an animated PNG (APNG; PNG specification, 3rd edition, 11.3.6). Of each picture only the rectangle
// that differs from the one before it is stored.

import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The filters of a line: none, and the differences to the pixel on the left and above. */
const FILTERS = [(value) => value, (value, left) => value - left, (value, _, up) => value - up];

function chunk(kind, body) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

const numbers = (...values) => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, n) => bytes.writeUInt32BE(value, 4 * n));
  return bytes;
};

/** The smallest rectangle that holds every difference of two pictures: one pixel where there is none. */
function changed({ width, height, samples, lines }, before) {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * samples;
      if (!before || [0, 1, 2].some((sample) => lines[at + sample] !== before.lines[at + sample])) {
        [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      }
    }
  }
  return right < 0 ? { x: 0, y: 0, width: 1, height: 1 } : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The compressed lines of a rectangle, each with the filter that makes its bytes the smallest. */
function compressed({ width: stride, samples, lines }, { x, y, width, height }) {
  const value = (row, column, sample) => (row < 0 || column < 0 ? 0 : lines[((y + row) * stride + x + column) * samples + sample]);
  const data = Buffer.alloc(height * (1 + 3 * width));
  for (let row = 0; row < height; row += 1) {
    const filtered = FILTERS.map((filter, kind) => {
      const line = Buffer.alloc(1 + 3 * width);
      line[0] = kind;
      let size = 0;
      for (let column = 0; column < width; column += 1) {
        for (let sample = 0; sample < 3; sample += 1) {
          const byte = filter(value(row, column, sample), value(row, column - 1, sample), value(row - 1, column, sample)) & 255;
          line[1 + 3 * column + sample] = byte;
          size += Math.min(byte, 256 - byte);
        }
      }
      return { line, size };
    });
    filtered.reduce((best, it) => (it.size < best.size ? it : best)).line.copy(data, row * (1 + 3 * width));
  }
  return deflateSync(data, { level: 9, memLevel: 9 });
}

/**
 * The animation, which loops.
 * @param {{ picture: { width: number, height: number, samples: number, lines: Uint8Array }, milliseconds: number }[]} frames as
 *   `pixels` of qr.mjs reads them
 */
export function apng(frames) {
  const { width, height } = frames[0].picture;
  const parts = [SIGNATURE, chunk("IHDR", Buffer.concat([numbers(width, height), Buffer.from([8, 2, 0, 0, 0])])), chunk("acTL", numbers(frames.length, 0))];
  let sequence = 0;
  for (const [n, { picture, milliseconds }] of frames.entries()) {
    const place = changed(picture, frames[n - 1]?.picture);
    const delay = Buffer.alloc(6);
    delay.writeUInt16BE(milliseconds);
    delay.writeUInt16BE(1000, 2);
    // It stays, and the next one replaces a part of it.
    parts.push(chunk("fcTL", Buffer.concat([numbers(sequence++, place.width, place.height, place.x, place.y), delay])));
    const data = compressed(picture, place);
    parts.push(n ? chunk("fdAT", Buffer.concat([numbers(sequence++), data])) : chunk("IDAT", data));
  }
  return Buffer.concat([...parts, chunk("IEND", Buffer.alloc(0))]);
}
