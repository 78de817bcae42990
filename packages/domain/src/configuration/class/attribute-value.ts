/** What an item says in an attribute, and whether it may say so. */
import { attributesOf } from './item-class.ts';
import type { AttributeDefinition, ItemClasses } from './item-class.ts';

export type AttributeValue = string | number | boolean;

export type AttributeValues = Readonly<Record<string, AttributeValue>>;

export type ValueFault =
  | { readonly fault: 'unknown-class'; readonly class: string }
  | { readonly fault: 'abstract-class'; readonly class: string }
  | { readonly fault: 'unknown-attribute'; readonly attribute: string }
  | { readonly fault: 'missing-attribute'; readonly attribute: string }
  | { readonly fault: 'invalid-attribute'; readonly attribute: string; readonly value: AttributeValue };

const MAX_TEXT = 2_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** All that is wrong with the values of an item of a class, in the order of its attributes; empty when nothing is. */
export function faultsOfValues(
  classes: ItemClasses,
  id: string,
  values: AttributeValues,
): readonly ValueFault[] {
  const found = classes.get(id);
  if (found === undefined) return [{ fault: 'unknown-class', class: id }];
  if (found.abstract) return [{ fault: 'abstract-class', class: id }];
  const definitions = attributesOf(classes, id);
  const known = new Set(definitions.map((definition) => definition.id));
  const strangers = Object.keys(values).filter((attribute) => !known.has(attribute));
  return [
    ...definitions.flatMap((definition) => faultOf(definition, values[definition.id]) ?? []),
    ...strangers.map((attribute) => ({ fault: 'unknown-attribute', attribute }) as const),
  ];
}

function faultOf(definition: AttributeDefinition, value: AttributeValue | undefined): ValueFault | null {
  const { id, required } = definition;
  if (value === undefined || value === '')
    return required ? { fault: 'missing-attribute', attribute: id } : null;
  return isFit(definition, value) ? null : { fault: 'invalid-attribute', attribute: id, value };
}

function isFit({ kind, choices }: AttributeDefinition, value: AttributeValue): boolean {
  switch (kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'yes-no':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && isDay(value);
    case 'choice':
      return typeof value === 'string' && choices.includes(value);
    default:
      return typeof value === 'string' && value.length <= MAX_TEXT;
  }
}

/** A day of the calendar: 2026-02-30 is none. */
function isDay(text: string): boolean {
  if (!DATE.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
