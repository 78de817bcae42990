/** What an edit of the rules changes, in words, one line a difference. */
import type { AttributeDefinition, ItemClass, RelationType } from '@muster/domain/configuration';
import { ATTRIBUTE_KIND_WORDS, SPREAD_WORDS } from './rules-words.ts';
import type { RulesParts } from './rules-edit.ts';

export function changesBetween(before: RulesParts, after: RulesParts): readonly string[] {
  const names = new Map([...before.classes, ...after.classes].map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null): string => (id === null ? 'nothing' : (names.get(id) ?? id));
  return [
    ...between(before.classes, after.classes, 'Class', (was, is) => classChanges(was, is, nameOf)),
    ...between(before.types, after.types, 'Relation', (was, is) => typeChanges(was, is, nameOf)),
  ];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function between<Each extends Named>(
  before: readonly Each[],
  after: readonly Each[],
  word: string,
  changes: (was: Each, is: Each) => readonly string[],
): readonly string[] {
  const had = new Map(before.map((each) => [each.id, each]));
  const has = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((is) => {
      const was = had.get(is.id);
      if (was === undefined) return [`${word} “${is.name}” is made`];
      return changes(was, is).map((change) => `${word} “${was.name}”: ${change}`);
    }),
    ...before.flatMap(({ id, name }) => (has.has(id) ? [] : [`${word} “${name}” is removed`])),
  ];
}

type NameOf = (id: string | null) => string;

function classChanges(was: ItemClass, is: ItemClass, nameOf: NameOf): readonly string[] {
  return [
    ...(was.name === is.name ? [] : [`is called “${is.name}”`]),
    ...(was.parent === is.parent
      ? []
      : [`is a kind of ${nameOf(is.parent)} instead of ${nameOf(was.parent)}`]),
    ...(was.abstract === is.abstract
      ? []
      : [is.abstract ? 'has no items of its own any more' : 'has items of its own']),
    ...attributeChanges(was.attributes, is.attributes),
  ];
}

function attributeChanges(
  before: readonly AttributeDefinition[],
  after: readonly AttributeDefinition[],
): readonly string[] {
  return between(before, after, 'attribute', (was, is) => [
    ...(was.name === is.name ? [] : [`is called “${is.name}”`]),
    ...(was.kind === is.kind ? [] : [`is ${ATTRIBUTE_KIND_WORDS[is.kind].toLowerCase()}`]),
    ...(was.required === is.required ? [] : [is.required ? 'is required' : 'may be empty']),
    ...(was.identifies === is.identifies
      ? []
      : [is.identifies ? 'identifies the item' : 'does not identify the item any more']),
    ...(was.choices.join('\n') === is.choices.join('\n')
      ? []
      : [`its choices are ${is.choices.join(', ') || 'none'}`]),
  ]);
}

function typeChanges(was: RelationType, is: RelationType, nameOf: NameOf): readonly string[] {
  const pairs = ({ allowed }: RelationType) =>
    new Map(allowed.map((pair) => [`${pair.from} ${pair.to}`, pair]));
  const [had, has] = [pairs(was), pairs(is)];
  const words = ({ from, to }: RelationType['allowed'][number]): string => `${nameOf(from)} to ${nameOf(to)}`;
  return [
    ...(was.name === is.name ? [] : [`is called “${is.name}”`]),
    ...(was.inverse === is.inverse ? [] : [`is called “${is.inverse}” from the other end`]),
    ...(was.spread === is.spread ? [] : [SPREAD_WORDS[is.spread].toLowerCase()]),
    ...(was.circles === is.circles ? [] : [is.circles ? 'may close circles' : 'closes no circles']),
    ...[...has].flatMap(([key, pair]) => (had.has(key) ? [] : [`may go from ${words(pair)}`])),
    ...[...had].flatMap(([key, pair]) => (has.has(key) ? [] : [`goes from ${words(pair)} no more`])),
  ];
}
