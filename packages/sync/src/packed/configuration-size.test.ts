import { writeItemRow, writeRelationRow } from '@muster/documents/configuration';
import type { ConfigurationItem } from '@muster/domain/configuration';
import { personId, recordId, teamId } from '@muster/domain/shared';
import { constants, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { packUpdates } from './pack-updates.ts';

const ITEMS = 10_000;
const RELATIONS = 30_000;
const MOST_BYTES = 1_000_000;
/** As the server deflates what it packs. */
const TUNING = { level: 9, memLevel: 5, strategy: constants.Z_FILTERED } as const;
const MADE = Date.UTC(2026, 10, 28, 12);
const TYPES = ['depends_on', 'runs_on', 'hosted_on', 'connects_to', 'uses', 'documented_by'];
const CLASSES = ['server', 'network_device', 'storage', 'workplace'];
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same numbers every time; ids need all of their bits. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const pick = sequence(2026);

/** A ULID: the time of its making, and 80 bits that nothing foretells. */
function ulid(at: number): string {
  let time = '';
  for (let rest = at, place = 0; place < 10; place += 1, rest = Math.floor(rest / 32))
    time = `${CROCKFORD[rest % 32] ?? '0'}${time}`;
  const chance = Array.from({ length: 16 }, () => CROCKFORD[pick(32)] ?? '0').join('');
  return `${time}${chance}`;
}

const PEOPLE = Array.from({ length: 60 }, () => personId(ulid(MADE)));
const TEAMS = Array.from({ length: 12 }, () => teamId(ulid(MADE)));

function item(at: number): ConfigurationItem {
  const made = MADE + at * 40;
  return {
    id: recordId(ulid(made)),
    version: 1 + pick(4),
    number: `CI-2026-${String(at).padStart(5, '0')}`,
    class: CLASSES[pick(CLASSES.length)] ?? 'server',
    name: `srv-${String(pick(40)).padStart(2, '0')}-${at}`,
    state: pick(10) === 0 ? 'maintenance' : 'in_service',
    owner: PEOPLE[pick(PEOPLE.length)] ?? null,
    team: TEAMS[pick(TEAMS.length)] ?? null,
    criticality: pick(2) === 0 ? null : 2,
    attributes: {
      serial: `SN${pick(2 ** 31)
        .toString(36)
        .toUpperCase()}`,
      address: `10.${pick(256)}.${pick(256)}.${pick(256)}`,
      model: `R${600 + pick(30)}`,
      memory_gb: 16 * (1 + pick(16)),
    },
    redundancy: pick(10) === 0 ? [{ relation: 'depends_on', by: 'count', minimum: 1 }] : [],
    suspended: null,
    updatedAt: made + pick(30 * 86_400_000),
  };
}

test('a configuration of 10,000 items and 30,000 relations travels in less than a megabyte', () => {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (let at = 1; at <= ITEMS; at += 1) writeItemRow(doc, at, item(at));
    for (let at = 1; at <= RELATIONS; at += 1)
      writeRelationRow(
        doc,
        at,
        { id: ulid(MADE + at * 40), type: TYPES[pick(TYPES.length)] ?? 'uses' },
        { from: 1 + pick(ITEMS), to: 1 + pick(ITEMS) },
      );
  });
  const packed = packUpdates([Y.encodeStateAsUpdate(doc)]);
  if (packed === null) throw new Error('the board does not pack');
  const { length } = deflateRawSync(packed, TUNING);
  expect(length).toBeLessThan(MOST_BYTES);
  // 80 bits of chance in each id cannot be saved: less would mean that something is missing
  expect(length).toBeGreaterThan(((ITEMS + RELATIONS) * 80) / 8);
}, 60_000);
