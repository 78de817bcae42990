/** What somebody may send who means harm or is broken, made anew from a seed each time. */
import { parseName } from '@muster/documents';
import {
  CLOSE,
  encodeAck,
  encodeAwareness,
  encodeChannelFrame,
  encodeControl,
  encodeHello,
  encodeNack,
  encodeReset,
  encodeStepTwo,
  encodeUpdate,
  LIMITS,
} from '@muster/sync';
import * as Y from 'yjs';
import { paragraphOf } from './prose.ts';
import type { Random } from './random.ts';

/** Frames on a document and the codes with which it may end; `null` among them: the server may also not mind. */
export interface FrameAttack {
  readonly what: string;
  readonly frames: readonly Uint8Array[];
  readonly codes: readonly (number | null)[];
}

type Edit = (doc: Y.Doc) => void;

const MALFORMED = [CLOSE.malformed];
const REJECTED = [CLOSE.updateRejected];
const ANY = [CLOSE.malformed, CLOSE.updateRejected, null];

/** An update that a Yjs client would send after an edit, on top of `base` when given. */
export function updateOf(edit: Edit, client: number, base?: Uint8Array): Uint8Array {
  const doc = new Y.Doc();
  if (base !== undefined) Y.applyUpdate(doc, base);
  const before = Y.encodeStateVector(doc);
  doc.clientID = client;
  doc.transact(() => edit(doc));
  return Y.encodeStateAsUpdate(doc, before);
}

/** Content that a room must never hold, each a well-formed Yjs update. */
const FORBIDDEN: readonly (readonly [string, Edit])[] = [
  ['a sub-document', (doc) => doc.getArray('timeline').push([new Y.Doc()])],
  ['bytes', (doc) => doc.getArray('timeline').push([Uint8Array.of(1, 2)])],
  ['__proto__ as a value', (doc) => doc.getArray('timeline').push([JSON.parse('{"__proto__":{"a":1}}')])],
  ['constructor deep inside', (doc) => doc.getArray('timeline').push([{ a: [{ constructor: 1 }] }])],
  ['a key prototype', (doc) => doc.getArray('checklist').push([new Y.Map([['prototype', 1]])])],
  ['a foreign root', (doc) => doc.getMap('rows').set('x', ['forged'])],
  ['a root of another type', (doc) => doc.getArray('description').push(['x'])],
  ['a root __proto__', (doc) => doc.getMap('__proto__').set('x', 1)],
  ['a key on a list', (doc) => doc.getMap('timeline').set('x', 1)],
  ['lists in lists', (doc) => doc.getArray('checklist').push([nested(12)])],
  ['prose in prose', (doc) => doc.getXmlFragment('notes').push([nestedProse(40)])],
  ['too many structs', (doc) => scatter(doc, 5_400)],
  ['too many bytes', (doc) => doc.getArray('timeline').push(['x'.repeat(300_000)])],
];

/** Attacks on a room that the attacker may write. None may leave anything behind. */
export function roomAttack(random: Random): FrameAttack {
  const fine = encodeUpdate(updateOf((doc) => doc.getArray('timeline').push(['x']), random.below(2 ** 31)));
  return random.weighted<() => FrameAttack>([
    [8, () => forbidden(random)],
    [3, () => cutShort(fine, random)],
    [2, () => ({ what: 'a length beyond all', frames: [hugeLength(random)], codes: MALFORMED })],
    [
      2,
      () => ({ what: 'an unknown type', frames: [Uint8Array.of(4 + random.below(100))], codes: MALFORMED }),
    ],
    [2, () => serversWord(random)],
    [2, () => gap(random)],
    [2, () => ({ what: 'half a presence', frames: [brokenAwareness(random)], codes: MALFORMED })],
    [1, () => hugeAwareness(random)],
    [2, () => ({ what: 'bytes as an update', frames: [encodeUpdate(garbage(random))], codes: REJECTED })],
  ])();
}

/** Attacks on the attacker's own drafts, where luck may make something valid of them. */
export function draftAttack(random: Random): FrameAttack {
  const fine = updateOf((doc) => doc.getText('draft:new:a').insert(0, random.word()), random.below(2 ** 31));
  return random.weighted<() => FrameAttack>([
    [2, () => ({ what: 'any bytes', frames: [random.bytes(random.below(60))], codes: ANY })],
    [3, () => ({ what: 'a flipped frame', frames: [flipped(encodeUpdate(fine), random)], codes: ANY })],
    [4, () => ({ what: 'a flipped update', frames: [encodeUpdate(flipped(fine, random))], codes: ANY })],
    [1, () => ({ what: 'a flipped step 2', frames: [encodeStepTwo(flipped(fine, random))], codes: ANY })],
  ])();
}

/** Writes to a document that the attacker may only read. */
export function boardWrite(random: Random): FrameAttack {
  const update = updateOf((doc) => doc.getMap('rows').set(random.ulid(), ['forged']), random.below(2 ** 31));
  const frame = random.chance(50) ? encodeUpdate(update) : encodeStepTwo(update);
  return { what: 'a write to a board', frames: [frame], codes: [CLOSE.forbidden] };
}

/** Messages of the channel socket itself. */
export function channelMessage(random: Random): Uint8Array {
  return random.weighted<() => Uint8Array>([
    [3, () => Uint8Array.of(0, ...random.bytes(random.below(20)))],
    [2, () => random.bytes(1 + random.below(30))],
    [2, () => encodeChannelFrame(1 + random.below(50), random.bytes(1 + random.below(20)))],
    [1, () => encodeControl({ type: 'opened', channel: 1 })],
    [1, () => encodeControl({ type: 'open', channel: 1, name: 'notice' })],
    [1, () => Uint8Array.of(0, 0, 0, 1, 97)],
    [1, () => encodeControl({ type: 'closed', channel: random.below(99) + 1, code: 4403, reason: 'x' })],
  ])();
}

const NAMES = [
  'board/incident@1',
  'board/desk@1',
  'record/01JDD0000000000000000000AA',
  'room/01JDD0000000000000000000AA',
  'inbox/01JDD0000000000000000000AA',
  'directory@1',
  'directory/staff@1',
  'notice',
  'oncall',
  'board/change@1',
  'rules/change',
  'release/01JDD0000000000000000000AA',
] as const;
const TWISTS: readonly ((name: string, random: Random) => string)[] = [
  (name) => `%2e%2e/${name}`,
  (name) => `../${name}`,
  (name) => `${name}%00`,
  (name) => `${name}\0`,
  (name) => name.replace('/', '%2F'),
  (name) => name.replaceAll('/', '//'),
  (name) => name.replace('/', '\\'),
  (name) => name.toUpperCase(),
  (name) => `${name}/`,
  (name) => `${name}' or '1'='1`.replaceAll(' ', '+'),
  (name) => `${name};drop%20table%20record`,
  (name) => `${name}@1`,
  (name) => name.replace('@1', '@01'),
  (name) => name.replace('@1', '@-1'),
  (name) => `${name}${'9'.repeat(200)}`,
  (name) => `${name}#x`,
  (name) => name.replace(/[aeiou]/, 'а'),
  (name) => `__proto__/${name}`,
  (name, random) => name.slice(0, random.below(name.length)),
  (name, random) => `${name.slice(0, 5)}${String.fromCharCode(33 + random.below(90))}${name.slice(5)}`,
];

/** A name that names no document, though it nearly does. */
export function hostileName(random: Random): string {
  for (;;) {
    const name = random.pick(TWISTS)(random.pick(NAMES), random);
    if (parseName(name) === null && !name.includes('?')) return name;
  }
}

/** Bodies for the command route that are not what it takes; `said`: refused as a whole or each with an outcome. */
export function hostileBody(random: Random): string {
  const command = {
    id: random.ulid(),
    type: 'incident.claim',
    target: random.ulid(),
    args: {},
    basis: 0,
    clientAt: 1,
  };
  const one = (change: object): string => JSON.stringify([{ ...command, ...change }]);
  return random.weighted<() => string>([
    [3, () => one({}).slice(0, 1 + random.below(60))],
    [2, () => one({}).replace('"', random.pick(["'", '', '\\', '\u0000']))],
    [1, () => JSON.stringify(Array.from({ length: 101 }, () => ({ ...command, id: random.ulid() })))],
    [1, () => JSON.stringify(command)],
    [1, () => random.pick(['null', '0', '""', '{}', '[null]', '[[]]', '[1]'])],
    [1, () => `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    [2, () => one({ id: random.pick(['', 'x', 5, null, "1' or 1=1", random.ulid().toLowerCase()]) })],
    [2, () => one({ type: random.pick(['', 'claim', 'problem.claim', 'incident.__proto__', 7, 'a.b.c']) })],
    [2, () => one({ target: random.pick(['', '../x', null, {}, [], 'record/1']) })],
    [2, () => one({ basis: random.pick([-1, 1.5, 2 ** 60, '1', null]) })],
    [2, () => one({ clientAt: random.pick([-1, 'now', null, 1e300]) })],
    [2, () => one({ args: random.pick([[], 'x', 5, null, { unknown: 1 }]) })],
    [1, () => `[{"__proto__":{"admin":true},${one({}).slice(2)}`],
    [1, () => one({ args: JSON.parse('{"__proto__":{"verb":"create"}}') as object })],
    [2, () => one({ type: 'incident.edit', args: { fields: { state: 'closed' } } })],
    [1, () => one({ type: 'incident.reply', args: { text: 'x'.repeat(250_000) } })],
    [1, () => one({ actor: 'somebody else' })],
  ])();
}

function forbidden(random: Random): FrameAttack {
  const [what, edit] = random.pick(FORBIDDEN);
  const update = updateOf(edit, random.below(2 ** 31));
  return { what, frames: [encodeStepTwo(Uint8Array.of(0, 0)), encodeUpdate(update)], codes: REJECTED };
}

function cutShort(frame: Uint8Array, random: Random): FrameAttack {
  return {
    what: 'a frame cut short',
    frames: [frame.slice(0, random.below(frame.length))],
    codes: MALFORMED,
  };
}

/** An update that builds on what nobody has. */
function gap(random: Random): FrameAttack {
  const client = random.below(2 ** 31);
  const base = updateOf((doc) => doc.getXmlFragment('notes').push([paragraphOf('there')]), client);
  const update = updateOf((doc) => doc.getXmlFragment('notes').push([paragraphOf('here')]), client, base);
  const frames = [encodeStepTwo(Uint8Array.of(0, 0)), encodeUpdate(update)];
  return { what: 'an update on what is not there', frames, codes: REJECTED };
}

function serversWord(random: Random): FrameAttack {
  const hello = { epoch: 1, layout: 1, headSeq: 1, serverTime: 1, mayWrite: true, limits: LIMITS };
  const frame = random.pick([
    encodeAck(random.below(1_000)),
    encodeNack({ count: 1, code: 'x', text: 'x' }),
    encodeReset({ epoch: 2, next: 'notice', reason: 'x' }),
    encodeHello(hello),
  ]);
  return { what: "the server's own word", frames: [frame], codes: MALFORMED };
}

function hugeAwareness(random: Random): FrameAttack {
  const state = JSON.stringify({ x: 'x'.repeat(LIMITS.awarenessBytes) });
  const entry = { client: random.below(2 ** 31), clock: 1, state };
  return { what: 'presence without end', frames: [encodeAwareness([entry])], codes: [null] };
}

function brokenAwareness(random: Random): Uint8Array {
  const whole = encodeAwareness([{ client: 1, clock: 1, state: '{"a":1}' }]);
  const body = whole.slice(2, 3 + random.below(whole.length - 4));
  return Uint8Array.of(1, body.length, ...body);
}

function hugeLength(random: Random): Uint8Array {
  return Uint8Array.of(0, random.below(3), 0xff, 0xff, 0xff, 0xff, 0x0f, ...random.bytes(3));
}

/** Never a valid update: it promises structs that do not come. */
function garbage(random: Random): Uint8Array {
  return Uint8Array.of(0x7f, 0x7f, ...random.bytes(random.below(40)));
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  for (let flips = 1 + random.below(3); flips > 0; flips -= 1) {
    copy[random.below(copy.length)] = random.below(256);
  }
  return copy;
}

function nested(depth: number): Y.Array<unknown> {
  const list = new Y.Array<unknown>();
  list.push([depth === 0 ? 'x' : nested(depth - 1)]);
  return list;
}

function nestedProse(depth: number): Y.XmlElement {
  const block = new Y.XmlElement('blockquote');
  block.insert(0, [depth === 0 ? new Y.XmlText('x') : nestedProse(depth - 1)]);
  return block;
}

function scatter(doc: Y.Doc, structs: number): void {
  const timeline = doc.getArray('timeline');
  for (let index = 0; index < structs; index += 1) timeline.insert(0, [index]);
}
