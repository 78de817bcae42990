/** The rows of a report of an import, of all kinds in one list: filtered, shown, and taken along as a table. */
import { ITEM_STATES, attributesOf } from '@muster/domain/configuration';
import type {
  AttributeValue,
  FieldChange,
  ImportReport,
  ItemClasses,
  RelationTypes,
} from '@muster/domain/configuration';
import type { PersonId, TeamId } from '@muster/domain/shared';
import { itemStateWords } from '#lib/wording/configuration.ts';

export const ROW_KINDS = [
  'refused',
  'partly',
  'alike',
  'made',
  'changed',
  'left',
  'related',
  'replaced',
  'gone',
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

export interface ShownRow {
  readonly key: string;
  readonly kind: RowKind;
  readonly line: number | null;
  readonly what: string;
  /** Of the item; empty for what has none. */
  readonly class: string;
  /** Why it was refused, what of it is not taken, what is called so already, or what is related to what. */
  readonly detail: string;
  readonly changes: readonly ShownChange[];
  /** What a row that is made says of itself. */
  readonly said: readonly Omit<ShownChange, 'was'>[];
  /** Page of an item that is there. */
  readonly href: string | null;
}

export interface ShownChange {
  readonly field: string;
  readonly was: string;
  readonly is: string;
}

/** People and teams as the reader of the report may know them: the report itself has no names. */
export interface ReportNames {
  readonly person: (id: PersonId) => string;
  readonly team: (id: TeamId) => string;
}

interface Wording {
  readonly classes: ItemClasses;
  readonly types: RelationTypes;
  readonly names: ReportNames;
}

/** What could not be taken and what may be there already first, as they ask for something to be done. */
export function rowsOf(report: ImportReport, wording: Wording): readonly ShownRow[] {
  const { classes, types } = wording;
  const { rows, faults, partly, alike, gone, dryRun } = report;
  const className = (id: string): string => classes.get(id)?.name ?? id;
  const none = { line: null, class: '', detail: '', changes: [], said: [], href: null };
  const said =
    (kind: RowKind) =>
    ({ line, what, reason }: ImportReport['faults'][number], place: number) => ({
      ...{ ...none, key: `${kind} ${place}`, kind, line, what, detail: reason },
    });
  const item = (kind: RowKind, isThere: boolean) => (row: ImportReport['rows']['left'][number]) => ({
    ...{ key: `${kind} ${row.id}`, kind, line: row.line, what: row.name, class: className(row.class) },
    ...{ detail: '', changes: [], said: [], href: isThere ? `/configuration/${row.id}` : null },
  });
  const isTo = (
    kind: RowKind,
    { type, from, to, fromName, toName }: ImportReport['rows']['related'][number],
  ) => ({
    ...{ ...none, key: `${kind} ${type} ${from} ${to}`, kind, what: fromName },
    detail: `${(types.get(type)?.name ?? type).toLowerCase()} ${toName}`,
  });
  return [
    ...faults.map(said('refused')),
    ...partly.map(said('partly')),
    ...alike.map(({ line, class: itemClass, name, there }, place) => ({
      ...{ ...none, key: `alike ${place}`, kind: 'alike' as const, line, what: name },
      ...{ class: className(itemClass), href: `/configuration/${there.id}` },
      detail: `an item of this name and class is there: ${`${there.number} ${there.name}`.trim()}`,
    })),
    ...rows.made.map((row) => ({
      ...item('made', !dryRun)(row),
      said: row.said.map((each) => ({
        field: fieldWords(each.field, row.class, classes),
        is: saidWords(each.is, each.field, row.class, wording),
      })),
    })),
    ...rows.changed.map((row) => ({
      ...item('changed', true)(row),
      changes: row.changes.map((change) => changeIn(change, row.class, wording)),
    })),
    ...rows.left.map(item('left', true)),
    ...rows.related.map((each) => isTo('related', each)),
    ...rows.replaced.map(({ by, ...each }) => {
      const [was, is] = [isTo('replaced', each), isTo('related', by)];
      return { ...was, detail: `${was.detail}, of an earlier import; instead ${is.what} ${is.detail}` };
    }),
    ...gone.map(({ id, number, name }) => ({
      ...{ ...none, key: `gone ${id}`, kind: 'gone' as const, what: name, detail: number },
      href: `/configuration/${id}`,
    })),
  ];
}

export function filterRows(
  rows: readonly ShownRow[],
  { kind, words }: { readonly kind: RowKind | ''; readonly words: string },
): readonly ShownRow[] {
  const asked = words.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (kind === '' || row.kind === kind) &&
      (asked === '' || `${row.what} ${row.class} ${row.detail}`.toLowerCase().includes(asked)),
  );
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  ...{ name: 'Name', state: 'State', criticality: 'Criticality' },
  ...{ owner: 'Owner', team: 'Team' },
};

function fieldWords(field: string, itemClass: string, classes: ItemClasses): string {
  return attributeNamed(field, itemClass, classes)?.name ?? FIELD_WORDS[field] ?? field;
}

function attributeNamed(field: string, itemClass: string, classes: ItemClasses) {
  return attributesOf(classes, itemClass).find(({ id }) => id === field);
}

/** A state, a person and a team by what they are called; an attribute by its value, whatever it is called itself. */
function saidWords(
  value: AttributeValue | null,
  field: string,
  itemClass: string,
  { classes, names }: Wording,
): string {
  if (typeof value !== 'string' || attributeNamed(field, itemClass, classes) !== undefined)
    return valueWords(value);
  if (field === 'owner') return names.person(value as PersonId);
  if (field === 'team') return names.team(value as TeamId);
  const state = field === 'state' ? ITEM_STATES.find((each) => each === value) : undefined;
  return state === undefined ? valueWords(value) : itemStateWords(state);
}

function changeIn({ field, was, is }: FieldChange, itemClass: string, wording: Wording): ShownChange {
  return {
    field: fieldWords(field, itemClass, wording.classes),
    was: saidWords(was, field, itemClass, wording),
    is: saidWords(is, field, itemClass, wording),
  };
}

function valueWords(value: AttributeValue | null): string {
  if (value === null || value === '') return 'nothing';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** Of kinds whose own word says nothing to a reader of the file. */
const CSV_WORDS: Partial<Readonly<Record<RowKind, string>>> = {
  ...{ alike: 'same name', partly: 'taken in part' },
};

/** As a file that a spreadsheet opens: one line a change of a field. */
export function reportCsv(rows: readonly ShownRow[]): string {
  const lines = rows.flatMap((row) => {
    const base = [
      CSV_WORDS[row.kind] ?? row.kind,
      row.line === null ? '' : String(row.line),
      row.what,
      row.class,
      row.detail,
    ];
    const fields = [...row.changes, ...row.said.map((each) => ({ was: '', ...each }))];
    return fields.length === 0
      ? [[...base, '', '', '']]
      : fields.map(({ field, was, is }) => [...base, field, was, is]);
  });
  const head = ['what became of it', 'line', 'item', 'class', 'detail', 'field', 'from', 'to'];
  return [head, ...lines, []].map((cells) => cells.map(csvCell).join(',')).join('\r\n');
}

/** Quoted where needed; a leading sign is disarmed, so that a spreadsheet does not run it as a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
