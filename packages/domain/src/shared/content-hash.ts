/**
 * A hash of what somebody decided on, the same in the browser and on the server and at hand at once: SHA-256 over
 * JSON. Whoever calls it fixes the order of what it is made of, best as nested lists.
 */

const BLOCK_BYTES = 64;

/** Hex of the SHA-256 of a value's JSON in UTF-8. Values that differ in anything JSON tells have other hashes. */
export function contentHash(value: unknown): string {
  const words = digest(padded(utf8(JSON.stringify(value))));
  return words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

interface Constants {
  readonly start: readonly number[];
  readonly round: readonly number[];
}

let known: Constants | null = null;

/** The constants of SHA-256: the first bits of the roots of the first primes. Made when somebody hashes. */
function constants(): Constants {
  if (known !== null) return known;
  const primes: number[] = [];
  for (let each = 2; primes.length < 64; each += 1) {
    if (primes.every((prime) => each % prime > 0)) primes.push(each);
  }
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
  known = {
    start: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    round: primes.map((prime) => fraction(Math.cbrt(prime))),
  };
  return known;
}

function digest(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer);
  const { start, round } = constants();
  const state = Int32Array.from(start);
  const schedule = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += BLOCK_BYTES) {
    for (let at = 0; at < 16; at += 1) schedule[at] = view.getInt32(block + at * 4);
    for (let at = 16; at < 64; at += 1) {
      const late = schedule[at - 2] ?? 0;
      const early = schedule[at - 15] ?? 0;
      const mixed = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      const other = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      schedule[at] = (mixed + other + (schedule[at - 7] ?? 0) + (schedule[at - 16] ?? 0)) | 0;
    }
    compress(state, schedule, round);
  }
  return [...state];
}

function compress(state: Int32Array, schedule: Int32Array, round: readonly number[]): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at += 1) {
    const chosen = (e & f) ^ (~e & g);
    const first =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + chosen + (round[at] ?? 0) + (schedule[at] ?? 0)) |
      0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at] = ((state[at] ?? 0) + word) | 0;
}

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/** The message, a one bit, zeros, and its length in bits: whole blocks. */
function padded(message: Uint8Array): Uint8Array {
  const blocks = Math.ceil((message.length + 9) / BLOCK_BYTES);
  const bytes = new Uint8Array(blocks * BLOCK_BYTES);
  bytes.set(message);
  bytes[message.length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, message.length * 8);
  return bytes;
}

function utf8(text: string): Uint8Array {
  // a letter of the text is a half of a pair at most, and needs three bytes then
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  const put = (byte: number) => (bytes[length++] = byte);
  const putRest = (code: number, from: number) => {
    for (let shift = from; shift >= 0; shift -= 6) put(0x80 | ((code >> shift) & 63));
  };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    if (code < 0x80) put(code);
    else if (code < 0x800) {
      put(0xc0 | (code >> 6));
      putRest(code, 0);
    } else if (code < 0x10000) {
      put(0xe0 | (code >> 12));
      putRest(code, 6);
    } else {
      put(0xf0 | (code >> 18));
      putRest(code, 12);
      at += 1;
    }
  }
  return bytes.subarray(0, length);
}
