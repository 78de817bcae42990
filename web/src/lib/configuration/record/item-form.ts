/** What somebody types about an item, and the attributes that it makes: text until its class says what it is. */
import type {
  AttributeDefinition,
  AttributeEdit,
  AttributeValues,
  ItemClasses,
  ItemEdit,
  ItemFields,
} from '@muster/domain/configuration';
import { saysSame } from '@muster/domain/shared';

export type Typed = Readonly<Record<string, string>>;

/** As it is typed. */
export function typedOf(definitions: readonly AttributeDefinition[], values: AttributeValues): Typed {
  return Object.fromEntries(
    definitions.map(({ id, kind }) => {
      const value = values[id];
      if (value === undefined) return [id, ''];
      return [id, kind === 'yes-no' ? (value === true ? 'yes' : 'no') : String(value)];
    }),
  );
}

/** What is said of each attribute: null for nothing; what does not fit stays text, and is refused by name. */
export function saidIn(definitions: readonly AttributeDefinition[], typed: Typed): AttributeEdit {
  return Object.fromEntries(
    definitions.map(({ id, kind }) => {
      const text = (typed[id] ?? '').trim();
      if (text === '') return [id, null];
      if (kind === 'yes-no') return [id, text === 'yes'];
      const number = Number(text.replace(',', '.'));
      return [id, kind === 'number' && Number.isFinite(number) ? number : text];
    }),
  );
}

/** What is said otherwise than it was before: two who change different fields are not in each other's way. */
export function editOf(before: ItemFields, { attributes, ...plain }: ItemFields): ItemEdit {
  const fields = Object.entries(plain).filter(
    ([field, value]) => !saysSame(value, before[field as keyof typeof plain]),
  );
  const said = Object.entries(attributes).filter(([id, value]) => before.attributes[id] !== value);
  const cleared = Object.keys(before.attributes).filter((id) => !Object.hasOwn(attributes, id));
  const changed: AttributeEdit = Object.fromEntries([...said, ...cleared.map((id) => [id, null] as const)]);
  return {
    ...Object.fromEntries(fields),
    ...(Object.keys(changed).length > 0 && { attributes: changed }),
  };
}

/** Classes that there are items of, but for services, which are the directory's. */
export function classOptions(classes: ItemClasses) {
  return [...classes.values()]
    .filter(({ id, abstract }) => !abstract && id !== 'service')
    .map(({ id, name }) => ({ value: id, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
