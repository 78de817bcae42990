/**
 * What a change planned for configuration items, as the commands that make it so, when the change is closed as a
 * success: that is where somebody says for the first time that it is done and works. The end of the implementation
 * says only that nobody works on it any more; it may still be found to have failed, or be taken back in the review.
 * Values that others said meanwhile are kept, and nothing else is stopped by one of them (A5 row 10).
 */
import {
  ATTRIBUTE_PREFIX,
  REDUNDANCY_PREFIX,
  neededByWord,
  plannedItems,
  plannedKey,
  redundancyWord,
  succeeded,
} from '../change/index.ts';
import type { Change, ChangeEvent, PlannedValue, PlannedWord, ValueOutcome } from '../change/index.ts';
import { isRetired } from '../configuration/index.ts';
import type { ChangeCause, ConfigurationItem, ItemState, Redundancy } from '../configuration/index.ts';
import type { ItemId, RecordId } from '../shared/index.ts';

/** The configuration just before. */
export interface PlannedSurroundings {
  readonly items: ReadonlyMap<ItemId, ConfigurationItem>;
  /** The services of the directory, which are items that nothing is planned for but relations. */
  readonly isService: (id: ItemId) => boolean;
  /** Relations that are planned to be removed and stand, each with the id that it has since an end of it was joined. */
  readonly standing: ReadonlyMap<RecordId, RecordId>;
  /** Which item stands for one that was joined into another meanwhile. */
  readonly stayingOf: (id: ItemId) => ItemId;
}

/** One command for several values of the same item; where it is refused, each is tried alone. */
export interface PlannedAttempt {
  readonly values: readonly PlannedValue[];
  readonly type: 'item.edit' | 'item.step' | 'relation.add' | 'relation.remove';
  /** Null for a relation that is still to be made. */
  readonly target: RecordId | null;
  readonly args: object;
}

export interface PlannedCourse {
  /** In the order in which they are to be tried. */
  readonly attempts: readonly PlannedAttempt[];
  /** What is decided without trying. */
  readonly settled: readonly ValueOutcome[];
}

/** Whether an event is the one with which planned values come about. */
export function appliesValues({ values, result }: Change, event: ChangeEvent): boolean {
  return event.type === 'moved' && event.to === 'closed' && succeeded({ result }) && values.length > 0;
}

/** Ids that the surroundings of a change are read for. */
export function surroundingsOfValues({ values }: Pick<Change, 'values'>): {
  readonly items: readonly ItemId[];
  readonly relations: readonly RecordId[];
} {
  const relations = values.flatMap((value) => (value.kind === 'unrelate' ? [value.relation] : []));
  return { items: plannedItems(values), relations };
}

/**
 * Steps into life come first and steps out of it last, so that what is reinstated takes its values and what retires
 * has them; relations go before others come, which they may stand in the way of. What is planned for an item that was
 * joined into another meanwhile is said of the one that stays, but for its steps of life: those were of the other.
 */
export function courseOfValues(
  { id, number, values }: Pick<Change, 'id' | 'number' | 'values'>,
  before: PlannedSurroundings,
): PlannedCourse {
  const around = { ...before, stayingOf: stayingAfter(values, before) };
  const fates = values.map((value) => ({ value, outcome: settledOf(value, values, around) }));
  const open = fates.flatMap(({ value, outcome }) => (outcome === null ? [value] : []));
  const cause = { id, number };
  const edits = [...Map.groupBy(open.filter(isField), ({ item }) => around.stayingOf(item))];
  const steps = open.filter(isStep);
  return {
    settled: fates.flatMap(({ outcome }) => outcome ?? []),
    attempts: [
      ...steps.filter(({ to }) => !isRetired(to as ItemState)).map((step) => stepping(step, cause)),
      ...edits.map(([item, fields]) => editing(item as RecordId, fields, cause, around)),
      ...open.flatMap((value) => removing(value, cause, around)),
      ...open.flatMap((value) => adding(value, cause, around)),
      ...steps.filter(({ to }) => isRetired(to as ItemState)).map((step) => stepping(step, cause)),
    ],
  };
}

/** An attempt that was refused, value by value, but redundancy whole: an item says all of that at once. None where nothing is left to part. */
export function singly(
  { values, target }: PlannedAttempt,
  change: Pick<Change, 'id' | 'number'>,
  around: Pick<PlannedSurroundings, 'items'>,
): readonly PlannedAttempt[] {
  const cause = { id: change.id, number: change.number };
  const fields = values.filter(isField);
  const redundancy = fields.filter(({ field }) => field.startsWith(REDUNDANCY_PREFIX));
  const others = fields.filter((each) => !redundancy.includes(each));
  const plain = [...Map.groupBy(others, ({ field }) => field).values()];
  const parts = redundancy.length === 0 ? plain : [...plain, redundancy];
  if (target === null || parts.length < 2) return [];
  return parts.map((part) => editing(target, part, cause, around));
}

/** What the change brings back from its joining stands for itself again. */
function stayingAfter(
  values: readonly PlannedValue[],
  { items, stayingOf }: PlannedSurroundings,
): PlannedSurroundings['stayingOf'] {
  return (id) => {
    const item = items.get(id);
    return item !== undefined && isBroughtBack(item, values) ? id : stayingOf(id);
  };
}

type PlannedOf<Kind extends PlannedValue['kind']> = Extract<PlannedValue, { readonly kind: Kind }>;

const isField = (value: PlannedValue): value is PlannedOf<'field'> => value.kind === 'field';
const isStep = (value: PlannedValue): value is PlannedOf<'step'> => value.kind === 'step';

function settledOf(
  value: PlannedValue,
  values: readonly PlannedValue[],
  around: PlannedSurroundings,
): ValueOutcome | null {
  const key = plannedKey(value);
  const kept = (code: string, facts: object = {}): ValueOutcome => ({
    ...{ key, fate: 'kept', why: { code: `planned/${code}`, ...facts } },
  });
  const named = 'item' in value ? [value.item] : [value.from, value.to];
  const joined = named.find((id) => around.stayingOf(id) !== id);
  const keptAsJoined = (id: ItemId, facts: object = {}) =>
    kept('joined', { id, into: around.stayingOf(id), ...facts });
  if (value.kind === 'unrelate')
    return around.standing.has(value.relation) ? null : { key, fate: 'same', why: null };
  const said = isField(value) ? saidOf(value, values, around) : null;
  if (said !== null && said !== value && isField(value)) {
    if (said.to !== value.to)
      return joined === undefined ? kept('changed', { is: said.to }) : keptAsJoined(joined);
    // both say the same of one item, and what becomes of the one becomes of the other
    const outcome = settledOf(said, values, around);
    return outcome === null ? null : { ...outcome, key };
  }
  // a step of life is of the item that it was planned for
  const standsFor = (id: ItemId): ItemId => (value.kind === 'step' ? id : around.stayingOf(id));
  for (const id of named.map(standsFor)) {
    const item = around.items.get(id);
    if (item === undefined && !(value.kind === 'relate' && around.isService(id))) return kept('gone', { id });
    if (value.kind !== 'step' && item !== undefined && staysRetired(item, values))
      return kept('retired', { id });
  }
  if (value.kind === 'relate') return null;
  const item = around.items.get(standsFor(value.item));
  const is = item === undefined ? null : standingOf(value, item);
  if (is === value.to) return { key, fate: 'same', why: null };
  if (is === value.was) return null;
  return joined === undefined ? kept('changed', { is }) : keptAsJoined(joined, { is });
}

/**
 * Of several values of one field, for items that are one by now, the one that is said: what was planned against what
 * stands now, of the item that stays before that of others; else its own, else the first.
 */
function saidOf(
  value: PlannedOf<'field'>,
  values: readonly PlannedValue[],
  { items, stayingOf }: PlannedSurroundings,
): PlannedOf<'field'> {
  const stays = stayingOf(value.item);
  const item = items.get(stays);
  const alike = values.filter(
    (each): each is PlannedOf<'field'> =>
      isField(each) && each.field === value.field && stayingOf(each.item) === stays,
  );
  const fits = (each: PlannedOf<'field'>): boolean =>
    item !== undefined && standingOf(each, item) === each.was;
  const own = alike.find((each) => each.item === stays);
  return (own !== undefined && fits(own) ? own : (alike.find(fits) ?? own ?? alike[0])) ?? value;
}

/** What is retired takes no values, unless the same change brings it back. */
function staysRetired(item: ConfigurationItem, values: readonly PlannedValue[]): boolean {
  return isRetired(item.state) && !isBroughtBack(item, values);
}

function isBroughtBack({ id, state }: ConfigurationItem, values: readonly PlannedValue[]): boolean {
  return (
    isRetired(state) &&
    values.some(
      (each) => isStep(each) && each.item === id && each.was === state && !isRetired(each.to as ItemState),
    )
  );
}

function standingOf(value: PlannedOf<'field' | 'step'>, item: ConfigurationItem): PlannedWord {
  if (value.kind === 'step') return item.state;
  const { field } = value;
  if (field.startsWith(ATTRIBUTE_PREFIX)) {
    const attribute = field.slice(ATTRIBUTE_PREFIX.length);
    // an attribute may be called as something that every object has
    return Object.hasOwn(item.attributes, attribute) ? (item.attributes[attribute] ?? null) : null;
  }
  if (field.startsWith(REDUNDANCY_PREFIX)) {
    const rule = item.redundancy.find(({ relation }) => relation === field.slice(REDUNDANCY_PREFIX.length));
    return rule === undefined ? null : redundancyWord(rule);
  }
  return item[field as 'name' | 'owner' | 'team' | 'criticality'];
}

function editing(
  target: RecordId,
  values: readonly PlannedOf<'field'>[],
  change: ChangeCause,
  { items }: Pick<PlannedSurroundings, 'items'>,
): PlannedAttempt {
  const said = values.map(({ field, to }) => [field, to] as const);
  const stands = items.get(target as ItemId)?.redundancy;
  const redundancy = redundancyAfter(stands ?? [], said);
  const attributes = said
    .filter(([field]) => field.startsWith(ATTRIBUTE_PREFIX))
    .map(([field, to]) => [field.slice(ATTRIBUTE_PREFIX.length), to] as const);
  const fields = {
    ...Object.fromEntries(said.filter(([field]) => !/^(?:attribute|redundancy):/.test(field))),
    ...(redundancy !== null && { redundancy }),
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
  };
  return { values, type: 'item.edit', target, args: { fields, change } };
}

/** The rules of an item by one type stay where nothing is planned for that type; null where none is planned. */
function redundancyAfter(
  stands: readonly Redundancy[],
  said: readonly (readonly [field: string, to: PlannedWord])[],
): readonly Redundancy[] | null {
  const planned = new Map(
    said.flatMap(([field, to]) =>
      field.startsWith(REDUNDANCY_PREFIX) ? [[field.slice(REDUNDANCY_PREFIX.length), to] as const] : [],
    ),
  );
  if (planned.size === 0) return null;
  const added = [...planned].flatMap(([relation, to]) => {
    const needed = neededByWord(to);
    return needed === null ? [] : [{ relation, ...needed }];
  });
  return [...stands.filter(({ relation }) => !planned.has(relation)), ...added];
}

/** Reinstating needs a reason, and that it was planned is one. */
function stepping(value: PlannedOf<'step'>, change: ChangeCause): PlannedAttempt {
  const { item, was: from, to } = value;
  const reason = isRetired(from as ItemState) ? { reason: 'It was planned.' } : {};
  const args = { from, to, ...reason, change };
  return { values: [value], type: 'item.step', target: item as RecordId, args };
}

function removing(
  value: PlannedValue,
  change: ChangeCause,
  { standing }: PlannedSurroundings,
): readonly PlannedAttempt[] {
  if (value.kind !== 'unrelate') return [];
  const target = standing.get(value.relation) ?? value.relation;
  return [{ values: [value], type: 'relation.remove', target, args: { change } }];
}

function adding(
  value: PlannedValue,
  change: ChangeCause,
  { stayingOf }: PlannedSurroundings,
): readonly PlannedAttempt[] {
  if (value.kind !== 'relate') return [];
  const [from, to] = [stayingOf(value.from), stayingOf(value.to)];
  const args = { type: value.type, from, to, change };
  return [{ values: [value], type: 'relation.add', target: null, args }];
}
