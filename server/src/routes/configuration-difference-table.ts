/** Differences between two moments of the configuration as a table: a row for each part that differs. */
import type { Differences } from '../store/query/configuration-differences.ts';
import type { Cell } from './csv.ts';

export function differenceTable({ items, relations, more }: Differences): readonly (readonly Cell[])[] {
  const cell = (value: string | number | boolean | null): Cell =>
    typeof value === 'boolean' ? String(value) : value;
  return [
    ['what', 'number', 'name', 'class', 'part', 'of', 'from', 'to'],
    ...items.flatMap((each) =>
      each.parts.map(({ part: name, of, from, to }) => [
        ...[each.kind, each.number, each.name, each.class, name, of ?? null, cell(from), cell(to)],
      ]),
    ),
    ...relations.map(({ kind, type, fromName, toName }) => [
      ...[`relation ${kind}`, null, fromName, null, 'relation', type],
      ...(kind === 'added' ? [null, toName] : [toName, null]),
    ]),
    ...(more ? [['there is more', ...Array.from({ length: 7 }, () => null)]] : []),
  ];
}
