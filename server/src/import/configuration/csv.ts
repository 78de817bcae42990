/** A table: one row an item, its columns mapped to fields and attributes, some of them telling which item it is. */
import { ITEM_STATE_NAMES, attributesOf, readTable, stateCalled } from '@muster/domain/configuration';
import type {
  Answerable,
  AttributeDefinition,
  AttributeValue,
  Criticality,
  Imported,
  ImportedItem,
  ImportedRelation,
  ItemClasses,
  ItemState,
  RowFault,
  TextTable,
} from '@muster/domain/configuration';
import { NotThatFormat } from './not-that-format.ts';

/** What a column says: nothing, a field, an attribute, or what the row is related to, by what identifies that. */
export type ColumnMeaning =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'name' | 'state' | 'criticality' | 'class' | 'owner' | 'team' }
  | { readonly kind: 'attribute'; readonly attribute: string }
  | { readonly kind: 'relation'; readonly type: string };

export interface CsvMapping {
  /** What the file is called from import to import. */
  readonly source: string;
  /** Of every row, unless a column says its class; empty where each row is to say its own. */
  readonly class: string;
  /** By the heads of the columns. */
  readonly columns: Readonly<Record<string, ColumnMeaning>>;
  /** Heads of the columns that tell which item a row is; together they are its key. */
  readonly identity: readonly string[];
}

/** What the cells of a table name. */
export interface Named {
  readonly classes: ItemClasses;
  readonly people: Answerable;
}

const MAX_ROWS = 100_000;
const MAX_COLUMNS = 1_000;
const SHOWN_OF_A_LINE = 80;

/** @throws NotThatFormat When it is no table, or has not the columns that tell its rows apart */
export function readCsv(text: string, mapping: CsvMapping, named: Named): Imported {
  const { delimiter, heads, rows, broken } = tableOf(text);
  const missing = mapping.identity.filter((head) => !heads.includes(head));
  if (mapping.identity.length === 0 || missing.length > 0)
    throw new NotThatFormat(
      missing.length > 0
        ? `The file has no column "${missing.join('", "')}", which tells its rows apart.`
        : 'Choose at least one column that tells which item a row is.',
    );
  const meant = [...mapping.identity, ...Object.keys(mapping.columns)];
  const twice = meant.find((head) => heads.indexOf(head) !== heads.lastIndexOf(head));
  if (twice !== undefined)
    throw new NotThatFormat(`The file has more than one column "${twice}": name them apart.`);
  const items: ImportedItem[] = [];
  const relations: ImportedRelation[] = [];
  const faults: RowFault[] = broken.map(({ line, text, reason }) => ({
    ...{ line, what: text.slice(0, SHOWN_OF_A_LINE), reason },
  }));
  // cut without regard to its quotes, a broken line tells mostly which item it is
  const untaken = broken.map(({ text }) => {
    const cells = text.split(delimiter).map((cell) => cell.trim().replaceAll(/^"|"$/g, ''));
    return keyOf(mapping.identity.map((head) => cells[heads.indexOf(head)] ?? ''));
  });
  for (const { line, width, cells } of rows) {
    const told = mapping.identity.map((head) => cells.get(head) ?? '');
    const key = keyOf(told);
    if (width !== heads.length || mapping.identity.some((head) => (cells.get(head) ?? '') === '')) {
      const reason =
        width === heads.length
          ? 'a column that tells which item it is, is empty'
          : `it has ${width} columns and the head ${heads.length}`;
      untaken.push(key);
      faults.push({ line, what: key || [...cells.values()].join(', ').slice(0, SHOWN_OF_A_LINE), reason });
      continue;
    }
    const read = itemOf(cells, { key, name: told.join(' | ') }, line, mapping, named);
    if (typeof read === 'string') {
      untaken.push(key);
      faults.push({ line, what: key, reason: read });
    } else {
      items.push(read);
      for (const [head, meaning] of Object.entries(mapping.columns)) {
        if (meaning.kind !== 'relation') continue;
        for (const to of (cells.get(head) ?? '')
          .split(';')
          .map((each) => each.trim())
          .filter(Boolean))
          relations.push({ line, type: meaning.type, from: key, to });
      }
    }
  }
  const keyOfName = keysByName(items);
  return {
    ...{ source: `csv ${mapping.source}`, items, faults, untaken, keysCalled: mapping.identity.join(' | ') },
    relations: relations.map((each) => ({ ...each, to: keyOfName.get(each.to) ?? each.to })),
  };
}

/** People relate rows by their names as well: of names that one row has alone, and that are no key themselves. */
function keysByName(items: readonly ImportedItem[]): ReadonlyMap<string, string> {
  const keys = new Set(items.map(({ key }) => key));
  const byName = Map.groupBy(items, ({ name }) => name.trim());
  return new Map(
    [...byName].flatMap(([name, [only, ...more]]) =>
      only === undefined || more.length > 0 || keys.has(name) ? [] : [[name, only.key] as const],
    ),
  );
}

/** What several cells tell together stays apart, whatever stands in them: `a | b` beside `c` is not `a` beside `b | c`. */
function keyOf(told: readonly string[]): string {
  const parts = told.length === 1 ? told : told.map((cell) => cell.replaceAll(/[\\|]/g, '\\$&'));
  return parts.join(' | ').trim();
}

interface Row {
  readonly line: number;
  /** How many cells it has, whichever head they stand under. */
  readonly width: number;
  readonly cells: ReadonlyMap<string, string>;
}

interface HeadedTable extends Pick<TextTable, 'delimiter' | 'broken'> {
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
}

/** The heads of a table and what stands under them. */
function tableOf(text: string): HeadedTable {
  const { delimiter, records, broken } = readTable(text, MAX_ROWS + 2);
  const [head, ...body] = records;
  const [first] = broken;
  if (first !== undefined && (head === undefined || first.line < head.line))
    throw new NotThatFormat(`The head of the table cannot be read: ${first.reason}.`);
  if (head === undefined) throw new NotThatFormat('The file is empty.');
  const heads = head.cells;
  if (heads.length > MAX_COLUMNS) throw new NotThatFormat(`The file has more than ${MAX_COLUMNS} columns.`);
  // what is cut off would be taken for gone
  if (body.length > MAX_ROWS)
    throw new NotThatFormat(`The file has more than ${MAX_ROWS} rows: bring it in parts, each with a name.`);
  const rows = body.map(({ line, cells }) => ({
    ...{ line, width: cells.length },
    cells: new Map(cells.map((cell, place) => [heads[place] ?? `column ${place + 1}`, cell])),
  }));
  return { delimiter, heads, rows, broken };
}

function itemOf(
  cells: ReadonlyMap<string, string>,
  told: Pick<ImportedItem, 'key' | 'name'>,
  line: number,
  mapping: CsvMapping,
  { classes, people }: Named,
): ImportedItem | string {
  let [itemClass, name] = [mapping.class, ''];
  let state: ItemState | undefined;
  let criticality: Criticality | undefined;
  let answers: Pick<ImportedItem, 'owner' | 'team'> = {};
  const without: string[] = [];
  const said = new Map<string, string>();
  for (const [head, meaning] of Object.entries(mapping.columns)) {
    const cell = cells.get(head) ?? '';
    if (cell === '') continue;
    if (meaning.kind === 'name') name = cell;
    else if (meaning.kind === 'class') {
      const found = [...classes.values()].find(
        (each) => each.id === cell || each.name.toLowerCase() === cell.toLowerCase(),
      );
      if (found === undefined) return `there is no class "${cell}"`;
      itemClass = found.id;
    } else if (meaning.kind === 'state') {
      state = stateCalled(cell);
      if (state === undefined) return `there is no state "${cell}"; there are ${STATES}`;
    } else if (meaning.kind === 'criticality') {
      if (!/^[1-4]$/.test(cell)) return `"${cell}" is no criticality from 1 (highest) to 4`;
      criticality = Number(cell) as Criticality;
    } else if (meaning.kind === 'owner') {
      const owner = people.owner(cell);
      if (owner.ok) answers = { ...answers, owner: owner.value };
      else without.push(owner.refusal);
    } else if (meaning.kind === 'team') {
      const team = people.team(cell);
      if (team.ok) answers = { ...answers, team: team.value };
      else without.push(team.refusal);
    } else if (meaning.kind === 'attribute') said.set(meaning.attribute, cell);
  }
  if (itemClass === '') return 'it names no class';
  const isNamed = Object.values(mapping.columns).some(({ kind }) => kind === 'name');
  if (name === '' && isNamed) without.push(`it has no name: a new one is called "${told.name}"`);
  const definitions = new Map(attributesOf(classes, itemClass).map((each) => [each.id, each]));
  const attributes: Record<string, AttributeValue> = {};
  for (const [attribute, cell] of said) {
    const definition = definitions.get(attribute);
    // another class of the same table has it
    if (definition === undefined) continue;
    if (definition.kind === 'number' && AMBIGUOUS.test(cell))
      return `"${cell}" of "${definition.name}" may be a fraction or thousands: write it without the comma`;
    const value = valueOf(cell, definition);
    if (value === null) return `"${cell}" does not fit "${definition.name}"`;
    attributes[attribute] = value;
  }
  return {
    ...{ line, key: told.key, class: itemClass, name: name || told.name, attributes, ...answers },
    ...(name === '' && { isNamedByKey: true }),
    ...(state === undefined ? {} : { state }),
    ...(criticality === undefined ? {} : { criticality }),
    ...(without.length === 0 ? {} : { without }),
  };
}

const STATES = Object.values(ITEM_STATE_NAMES).join(', ');
const YES = new Set(['yes', 'true', '1', 'y', 'x']);
const NO = new Set(['no', 'false', '0', 'n']);
/** A comma before three digits: a fraction where the comma is decimal, thousands elsewhere. */
const AMBIGUOUS = /^-?[1-9]\d{0,2},\d{3}$/;

function valueOf(cell: string, { kind }: AttributeDefinition): AttributeValue | null {
  if (kind === 'number') {
    const number = Number(cell.replace(',', '.'));
    return Number.isFinite(number) ? number : null;
  }
  if (kind !== 'yes-no') return cell;
  const word = cell.toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : null;
}
