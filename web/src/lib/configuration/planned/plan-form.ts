/** What somebody types into the plan of an item, and the planned values that it makes. */
import { ATTRIBUTE_PREFIX, REDUNDANCY_PREFIX, neededByWord, redundancyWord } from '@muster/domain/change';
import type { PlannedValue, PlannedWord } from '@muster/domain/change';
import type { AttributeDefinition, ConfigurationItem } from '@muster/domain/configuration';
import { NOBODY } from '#lib/ticket/directory-options.ts';
import { saidIn, typedOf } from '../record/item-form.ts';
import type { Typed } from '../record/item-form.ts';
import { redundancyIn, typedRedundancy } from '../record/redundancy-form.ts';
import type { TypedRedundancy } from '../record/redundancy-form.ts';

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

/** What the form says otherwise than the item does; what was planned and is as it stands again is taken back. */
export function plannedIn(
  item: ConfigurationItem,
  definitions: readonly AttributeDefinition[],
  form: PlanForm,
): readonly PlannedValue[] {
  const values: PlannedValue[] = [];
  const say = (field: string, was: PlannedWord, to: PlannedWord) => {
    if (was !== to) values.push({ kind: 'field', item: item.id, field, was, to });
  };
  const chosen = (value: string) => (value === '' || value === NOBODY ? null : value);
  say('name', item.name, form.name.trim());
  say('owner', item.owner, chosen(form.owner));
  say('team', item.team, chosen(form.team));
  say('criticality', item.criticality, form.criticality === '' ? null : Number(form.criticality));
  for (const [id, to] of Object.entries(saidIn(definitions, form.typed)))
    say(`${ATTRIBUTE_PREFIX}${id}`, item.attributes[id] ?? null, to);
  const standing = new Map(item.redundancy.map((rule) => [rule.relation, redundancyWord(rule)]));
  const wanted = new Map(redundancyIn(form.redundancy).map((rule) => [rule.relation, redundancyWord(rule)]));
  for (const relation of new Set([...standing.keys(), ...wanted.keys()]))
    say(`${REDUNDANCY_PREFIX}${relation}`, standing.get(relation) ?? null, wanted.get(relation) ?? null);
  if (form.state !== '' && form.state !== item.state)
    values.push({ kind: 'step', item: item.id, was: item.state, to: form.state });
  return values;
}
