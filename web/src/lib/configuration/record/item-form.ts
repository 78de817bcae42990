/** What somebody types about an item, and the attributes that it makes: text until its class says what it is. */
import type {
  AttributeDefinition,
  AttributeEdit,
  AttributeValues,
  ItemClasses,
} from '@muster/domain/configuration';

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

/** Only what is said otherwise than it stands. */
export function changedIn(said: AttributeEdit, values: AttributeValues): AttributeEdit {
  return Object.fromEntries(Object.entries(said).filter(([id, value]) => (values[id] ?? null) !== value));
}

/** Classes that there are items of, but for services, which are the directory's. */
export function classOptions(classes: ItemClasses) {
  return [...classes.values()]
    .filter(({ id, abstract }) => !abstract && id !== 'service')
    .map(({ id, name }) => ({ value: id, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
