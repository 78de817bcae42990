/**
 * How long it takes to say what falls with an item, on a map of 10,000 items and 30,000 relations, and to read that map
 * from its document.
 */
import { readConfiguration, writeItemRow, writeRelationRow } from '@muster/documents/configuration';
import {
  DEFAULT_RELATION_TYPES,
  DependencyMap,
  dependenciesOf,
  impactOf,
} from '@muster/domain/configuration';
import type { ConfigurationItem, MappedItem, Relation } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import * as Y from 'yjs';
import { median, quantile, report } from './report.ts';
import { sequence } from './sequence.ts';

const ITEMS = 10_000;
const RELATIONS = 30_000;
const QUESTIONS = 2_000;
/** One in ten has two of a thing and needs one. */
const REDUNDANT = 10;

const pick = sequence(11);
const id = (at: number) => recordId(`item-${at}`);

const items = Array.from({ length: ITEMS }, (_, at): MappedItem => ({
  id: id(at),
  class: at < ITEMS / 100 ? 'server' : 'application',
  state: pick(20) === 0 ? 'in_stock' : 'in_service',
  redundancy: at % REDUNDANT === 0 ? [{ relation: 'depends_on', by: 'count', minimum: 1 }] : [],
}));

/** Most things hang on things that much hangs on already: servers, networks, directories. */
function supplier(below: number): number {
  return Math.min(pick(below), pick(below), pick(below));
}

const relations = Array.from({ length: RELATIONS }, (_, at): Relation => {
  const from = 1 + (at % (ITEMS - 1));
  const type = at % 3 === 2 ? 'contains' : 'depends_on';
  return { id: `relation-${at}`, type, from: id(from), to: id(supplier(from)) };
});

const beforeBuilt = performance.now();
const map = new DependencyMap(DEFAULT_RELATION_TYPES, items, relations);
const builtMs = performance.now() - beforeBuilt;

const keys = new Map(items.map((item, at) => [item.id, at + 1]));
const board = new Y.Doc();
board.transact(() => {
  for (const [at, item] of items.entries()) writeItemRow(board, at + 1, whole(item, at));
  for (const [at, relation] of relations.entries())
    writeRelationRow(board, at + 1, relation, {
      from: keys.get(relation.from) ?? 1,
      to: keys.get(relation.to) ?? 1,
    });
});

function whole(item: MappedItem, at: number): ConfigurationItem {
  const number = `CI-2026-${String(at).padStart(5, '0')}`;
  const attributes = {
    serial: `SN-${at}`,
    address: `10.0.${at >> 8}.${at & 255}`,
    model: 'R650',
    memory_gb: 64,
  };
  return {
    ...{ ...item, number, attributes, name: `srv-${at}`, version: 1, updatedAt: at },
    ...{ owner: null, team: null, criticality: null, suspended: null },
  };
}

const beforeRead = performance.now();
const read = readConfiguration(board);
const readMap = new DependencyMap(DEFAULT_RELATION_TYPES, read.items.values(), read.relations.values());
const readMs = performance.now() - beforeRead;
if (readMap.itemOf(id(0)) === undefined) throw new Error('the board was not read');

function timed(answer: (at: number) => { readonly size: number }): { times: number[]; sizes: number[] } {
  const times: number[] = [];
  const sizes: number[] = [];
  for (let at = 0; at < QUESTIONS; at += 1) {
    const from = performance.now();
    const { size } = answer(at);
    times.push(performance.now() - from);
    sizes.push(size);
  }
  return { times, sizes };
}

const step = Math.floor(ITEMS / QUESTIONS);
const impact = timed((at) => impactOf(map, { down: [id(at * step)] }).down);
const dependencies = timed((at) => dependenciesOf(map, id(at * step)));
const worst = timed((at) => impactOf(map, { down: [id(at % 20)] }).down);
const moved = timed((at) => {
  const relation = relations[pick(RELATIONS)];
  if (relation !== undefined) map.relate({ ...relation, to: id(pick(ITEMS)) });
  const item = items[at];
  if (item !== undefined) map.put({ ...item, state: 'maintenance' });
  return { size: 1 };
});

await report('impact', [
  { what: `map of ${ITEMS} items and ${RELATIONS} relations`, value: builtMs, unit: 'ms' },
  { what: 'the same map read from its document', value: readMs, unit: 'ms' },
  { what: 'impact of an item, median', value: median(impact.times), unit: 'ms' },
  { what: 'impact of an item, p95', value: quantile(impact.times, 0.95), unit: 'ms', target: 50 },
  { what: 'items that fall, p95', value: quantile(impact.sizes, 0.95), unit: 'rows' },
  { what: 'impact of the twenty that most hangs on, p95', value: quantile(worst.times, 0.95), unit: 'ms' },
  { what: 'items that fall with one of those, median', value: median(worst.sizes), unit: 'rows' },
  { what: 'dependencies of an item, p95', value: quantile(dependencies.times, 0.95), unit: 'ms' },
  { what: 'a relation and an item that change, p95', value: quantile(moved.times, 0.95), unit: 'ms' },
]);
