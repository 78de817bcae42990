/** How the columns of a table are meant: as a person chooses, as it is guessed, and as it is sent. */
import type { ItemClasses, RelationTypes } from '@muster/domain/configuration';

/** `name`, `class`, `state`, `criticality`, `owner`, `team`, `attribute:<id>`, `relation:<type>`, or empty: not read. */
export type Meaning = string;

export interface CsvMapping {
  readonly class: string;
  readonly identity: readonly string[];
  readonly columns: Readonly<Record<string, object>>;
}

/** What is chosen for a table, as it is kept on the device. */
export interface MappingChoice {
  /** Of rows that name none; empty where a column is to say it of each. */
  readonly class: string;
  /** By the heads of the columns. */
  readonly meanings: Readonly<Record<string, Meaning>>;
  /** Heads of the columns that tell which item a row is. */
  readonly identity: readonly string[];
}

const FIELDS: readonly (readonly [meaning: Meaning, words: RegExp])[] = [
  ['name', /^(name|title|label|hostname|host|display ?name)$/],
  ['class', /^(class|type|category|ci class|ci type)$/],
  ['state', /^(state|status|lifecycle|life cycle)$/],
  ['criticality', /^(criticality|priority|importance|tier)$/],
  ['owner', /^(owner|owned by|responsible|ci owner|owner (mail|email|name))$/],
  ['team', /^(team|support (team|group)|assignment group|owning team|managed by)$/],
];
/** Heads by which rows are told apart, the surest first. */
const TELLING = [
  /^(id|uid|uuid|key|number|asset|asset (id|tag|number)|ci (id|number))$/,
  /serial/,
  /^(name|host ?name)$/,
];

const plain = (head: string): string =>
  head
    .trim()
    .toLowerCase()
    .replaceAll(/[_\-.]+/g, ' ');

const ADDRESS = /^(ip|ip address|ipv4|ipv4 address|primary ip|address|fqdn)$/;
const hasAddress = (classes: ItemClasses) =>
  [...classes.values()].some(({ attributes }) => attributes.some(({ id }) => id === 'address'));

/** Every class has its attributes to offer: a column of classes may name any. */
export function guessMeaning(head: string, classes: ItemClasses, types: RelationTypes): Meaning {
  const said = plain(head);
  const field = FIELDS.find(([, words]) => words.test(said));
  if (field !== undefined) return field[0];
  for (const { attributes } of classes.values())
    for (const attribute of attributes)
      if (plain(attribute.name) === said || plain(attribute.id) === said) return `attribute:${attribute.id}`;
  // without its unit
  for (const { attributes } of classes.values())
    for (const attribute of attributes) {
      const own = plain(attribute.name).replace(/\s*\(.*\)$/, '');
      if (own === said || said.startsWith(`${own} `)) return `attribute:${attribute.id}`;
    }
  if (ADDRESS.test(said) && hasAddress(classes)) return 'attribute:address';
  const type = [...types.values()].find((each) => plain(each.name) === said || plain(each.id) === said);
  return type === undefined ? '' : `relation:${type.id}`;
}

export function guessChoice(
  heads: readonly string[],
  classes: ItemClasses,
  types: RelationTypes,
): MappingChoice {
  const taken = new Set<Meaning>();
  const meanings = Object.fromEntries(
    heads.flatMap((head) => {
      const meaning = head === '' ? '' : guessMeaning(head, classes, types);
      // two columns do not say the same
      if (meaning === '' || taken.has(meaning)) return [];
      taken.add(meaning);
      return [[head, meaning]];
    }),
  );
  const telling = TELLING.map((words) => heads.find((head) => words.test(plain(head)))).find(
    (head) => head !== undefined,
  );
  return { class: '', meanings, identity: telling === undefined ? [] : [telling] };
}

/** What of a kept choice fits a table with these heads and these classes. */
export function fitting(
  choice: MappingChoice,
  heads: readonly string[],
  classes: ItemClasses,
): MappingChoice {
  return {
    class: classes.get(choice.class)?.abstract === false ? choice.class : '',
    meanings: Object.fromEntries(Object.entries(choice.meanings).filter(([head]) => heads.includes(head))),
    identity: choice.identity.filter((head) => heads.includes(head)),
  };
}

/** Heads that a choice says something of and a table has not. */
export function droppedFrom(
  { meanings, identity }: MappingChoice,
  heads: readonly string[],
): readonly string[] {
  const said = Object.keys(meanings).filter((head) => meanings[head] !== '');
  return [...new Set([...said, ...identity])].filter((head) => !heads.includes(head));
}

/** As the server takes it. */
export function mappingOf({ class: itemClass, identity, meanings }: MappingChoice): CsvMapping {
  const read = Object.entries(meanings).filter(([, meaning]) => meaning !== '');
  const columns = Object.fromEntries(read.map(([head, meaning]) => [head, columnOf(meaning)]));
  return { class: itemClass, identity, columns };
}

function columnOf(meaning: Meaning): object {
  const colon = meaning.indexOf(':');
  if (colon === -1) return { kind: meaning };
  // an id may have a colon of its own
  const [kind, id] = [meaning.slice(0, colon), meaning.slice(colon + 1)];
  return kind === 'attribute' ? { kind, attribute: id } : { kind, type: id };
}

/** What is missing before it can be tried; null when nothing is. */
export function missingIn(choice: MappingChoice): string | null {
  if (choice.class === '' && !Object.values(choice.meanings).includes('class'))
    return 'Choose the class of the rows.';
  if (choice.identity.length === 0) return 'Choose at least one column that tells which item a row is.';
  return null;
}
