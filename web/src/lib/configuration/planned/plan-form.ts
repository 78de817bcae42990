/** What somebody types into the plan of an item, and the planned values that it makes. */
import {
  ATTRIBUTE_PREFIX,
  REDUNDANCY_PREFIX,
  neededByWord,
  plannedKey,
  redundancyWord,
} from '@muster/domain/change';
import type { PlannedValue, PlannedWord } from '@muster/domain/change';
import type { AttributeDefinition, ConfigurationItem } from '@muster/domain/configuration';
import { NOBODY } from '#lib/ticket/directory-options.ts';
import { saidIn, typedOf } from '../record/item-form.ts';
import type { Typed } from '../record/item-form.ts';
import { redundancyIn, typedRedundancy } from '../record/redundancy-form.ts';
import type { TypedRedundancy } from '../record/redundancy-form.ts';

type PlannedOf<Kind> = Extract<PlannedValue, { kind: Kind }>;

export interface PlanForm {
  readonly name: string;
  readonly owner: string;
  readonly team: string;
  readonly criticality: string;
  /** Empty to leave it where it is. */
  readonly state: string;
  readonly typed: Typed;
  readonly redundancy: readonly TypedRedundancy[];
}

/** The form as it begins: what the item says, with what is planned for it already. */
export function formOf(
  item: ConfigurationItem,
  definitions: readonly AttributeDefinition[],
  planned: readonly PlannedValue[],
): PlanForm {
  const said = new Map<string, PlannedWord>();
  let state = '';
  for (const value of planned) {
    if (value.kind === 'field' && value.item === item.id) said.set(value.field, value.to);
    if (value.kind === 'step' && value.item === item.id) state = value.to;
  }
  const text = (field: string, stands: PlannedWord) =>
    String((said.has(field) ? said.get(field) : stands) ?? '');
  const attributes = Object.fromEntries(
    definitions.flatMap(({ id }) => {
      const field = `${ATTRIBUTE_PREFIX}${id}`;
      const word = said.has(field) ? (said.get(field) ?? null) : (item.attributes[id] ?? null);
      return word === null ? [] : [[id, word] as const];
    }),
  );
  const rules = new Map(item.redundancy.map((rule) => [rule.relation, rule]));
  for (const [field, word] of said) {
    if (!field.startsWith(REDUNDANCY_PREFIX)) continue;
    const relation = field.slice(REDUNDANCY_PREFIX.length);
    const needed = neededByWord(word);
    if (needed === null) rules.delete(relation);
    else rules.set(relation, { relation, ...needed });
  }
  return {
    redundancy: typedRedundancy([...rules.values()]),
    ...{ name: text('name', item.name), owner: text('owner', item.owner), team: text('team', item.team) },
    ...{ criticality: text('criticality', item.criticality), state, typed: typedOf(definitions, attributes) },
  };
}

/**
 * What the form says otherwise than the item does; what was planned and is as it stands again is taken back. What was
 * planned before and is left as it was stays planned against what its planner saw, whatever the item says meanwhile.
 *
 * @param planned What was planned when the form began
 */
export function plannedIn(
  item: ConfigurationItem,
  definitions: readonly AttributeDefinition[],
  form: PlanForm,
  planned: readonly PlannedValue[],
): readonly PlannedValue[] {
  const values: PlannedValue[] = [];
  const before = new Map(planned.map((value) => [plannedKey(value), value]));
  const plan = (value: PlannedOf<'field' | 'step'>) => {
    const known = before.get(plannedKey(value));
    const isLeft = known?.kind === value.kind && known.to === value.to;
    if (isLeft) values.push(known);
    else if (value.was !== value.to) values.push(value);
  };
  const say = (field: string, was: PlannedWord, to: PlannedWord) =>
    plan({ kind: 'field', item: item.id, field, was, to });
  const chosen = (value: string) => (value === '' || value === NOBODY ? null : value);
  say('name', item.name, form.name.trim());
  say('owner', item.owner, chosen(form.owner));
  say('team', item.team, chosen(form.team));
  say('criticality', item.criticality, form.criticality === '' ? null : Number(form.criticality));
  for (const [id, to] of Object.entries(saidIn(definitions, form.typed)))
    say(`${ATTRIBUTE_PREFIX}${id}`, item.attributes[id] ?? null, to);
  const standing = wordsOf(item.redundancy);
  const wanted = wordsOf(redundancyIn(form.redundancy));
  const ofBefore = planned.flatMap((value) =>
    value.kind === 'field' && value.item === item.id ? value.field : [],
  );
  for (const field of new Set([...standing.keys(), ...wanted.keys(), ...ofBefore]))
    if (field.startsWith(REDUNDANCY_PREFIX))
      say(field, standing.get(field) ?? null, wanted.get(field) ?? null);
  if (form.state !== '') plan({ kind: 'step', item: item.id, was: item.state, to: form.state });
  return values;
}

/** By the fields that they are planned in. */
function wordsOf(rules: ConfigurationItem['redundancy']): ReadonlyMap<string, PlannedWord> {
  return new Map(rules.map((rule) => [`${REDUNDANCY_PREFIX}${rule.relation}`, redundancyWord(rule)]));
}
