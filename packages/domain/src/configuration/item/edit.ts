/** What is said anew of an item. Of the same field the last in server order stands, and the other is told. */
import { SYSTEM, ok, saysSame } from '../../shared/index.ts';
import type { Tell } from '../../shared/index.ts';
import { attributesOf } from '../class/item-class.ts';
import type { AttributeValue } from '../class/attribute-value.ts';
import { no } from '../refusals.ts';
import type { AttributeEdit, ItemActOf, ItemEdit } from './acts.ts';
import type { ItemAnswer, ItemContext } from './context.ts';
import { faultOfClass, faultOfFields, faultOfIdentity } from './fields.ts';
import type { ConfigurationItem } from './item.ts';
import { withEdit } from './evolve.ts';

type PlainField = Exclude<keyof ItemEdit, 'attributes'>;

export function decideEdit(
  state: ConfigurationItem,
  { fields: given, change }: ItemActOf<'edit'>,
  context: ItemContext,
): ItemAnswer {
  const { fields, before } = differing(state, cleaned(given));
  if (Object.keys(fields).length === 0) return no('nothing-to-change', { field: null });
  const after = withEdit(state, fields);
  const { directory, facts } = context;
  const fault =
    faultOfFields(after, fields, directory, facts) ??
    (fields.class === undefined ? null : faultOfClass(state.id, fields.class, facts)) ??
    faultOfIdentity(state.id, after, state.state, facts, state);
  return (
    fault ??
    ok({
      events: [{ type: 'edited', fields, before, ...(change && { change }) }],
      tell: told(after.class, fields, before, context),
    })
  );
}

function cleaned(given: ItemEdit): ItemEdit {
  const { name, attributes } = given;
  return {
    ...given,
    ...(name !== undefined && { name: name.trim() }),
    ...(attributes !== undefined && { attributes: cleanedEdit(attributes) }),
  };
}

/** What is emptied is taken back. */
function cleanedEdit(given: AttributeEdit): AttributeEdit {
  return Object.fromEntries(
    Object.entries(given).map(([attribute, value]): [string, AttributeValue | null] => {
      const text = typeof value === 'string' ? value.trim() : value;
      return [attribute, text === '' ? null : text];
    }),
  );
}

/** As much of an edit as says something else than what stands, and what stands there. */
function differing(
  state: ConfigurationItem,
  { attributes, ...plain }: ItemEdit,
): { readonly fields: ItemEdit; readonly before: ItemEdit } {
  const fields: Record<string, unknown> = {};
  const before: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(plain)) {
    const standing = state[field as PlainField];
    if (value === undefined || saysSame(value, standing)) continue;
    fields[field] = value;
    before[field] = standing;
  }
  // an attribute may be called as something that every object has
  const standingOf = (attribute: string): AttributeValue | null =>
    Object.hasOwn(state.attributes, attribute) ? (state.attributes[attribute] ?? null) : null;
  const said = Object.entries(attributes ?? {}).filter(
    ([attribute, value]) => value !== standingOf(attribute),
  );
  if (said.length > 0) {
    fields['attributes'] = Object.fromEntries(said);
    before['attributes'] = Object.fromEntries(said.map(([attribute]) => [attribute, standingOf(attribute)]));
  }
  return { fields, before };
}

/** Tells whoever said the same of it before, unseen, that it was replaced, with what is needed to put it back and to name it. */
function told(
  itemClass: string,
  fields: ItemEdit,
  before: ItemEdit,
  { actor, now: at, since, facts }: ItemContext,
): readonly Tell[] {
  return leavesOf(fields).flatMap(({ field, value, attribute }): readonly Tell[] => {
    const theirs = since.findLast(
      ({ event, actor: other }) =>
        other !== actor.id &&
        event.type === 'edited' &&
        leavesOf(event.fields).some((each) => each.field === field),
    );
    if (theirs === undefined || theirs.actor === SYSTEM) return [];
    const lost = attribute === null ? before[field as PlainField] : (before.attributes?.[attribute] ?? null);
    const called = attributesOf(facts.classes, itemClass).find(({ id }) => id === attribute)?.name;
    const detail = {
      field,
      value: lost,
      with: value,
      by: actor.id,
      at,
      ...(called !== undefined && { called }),
    };
    return [{ person: theirs.actor, kind: 'replaced', detail }];
  });
}

/** Fields by name, and attributes as `attribute:<id>`. */
function leavesOf({ attributes = {}, ...plain }: ItemEdit): readonly {
  readonly field: string;
  readonly value: unknown;
  readonly attribute: string | null;
}[] {
  return [
    ...Object.entries(plain).map(([field, value]) => ({ field, value, attribute: null })),
    ...Object.entries(attributes).map(([attribute, value]) => ({
      field: `attribute:${attribute}`,
      value,
      attribute,
    })),
  ];
}
