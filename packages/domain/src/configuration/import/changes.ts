/** What a source says otherwise than an item stands. What it does not say stays: nothing is emptied. */
import type { AttributeValue } from '../class/attribute-value.ts';
import type { ItemEdit } from '../item/acts.ts';
import { cleanedAttributes } from '../item/fields.ts';
import type { ConfigurationItem } from '../item/item.ts';
import type { ImportedItem } from './imported.ts';
import type { FieldChange, PlannedChange } from './plan.ts';

/** As it is shown and as it is done, from one look: what is not shown is not done. */
export function changesOf(
  standing: ConfigurationItem,
  { name, isNamedByKey = false, criticality, owner, team, attributes }: ImportedItem,
): Pick<PlannedChange, 'changes' | 'edit'> {
  const fields = { ...(!isNamedByKey && { name: name.trim() }), criticality, owner, team };
  const plain = Object.entries(fields).flatMap(([field, is]) =>
    differing(field, standing[field as keyof typeof fields], is),
  );
  const values = Object.entries(cleanedAttributes(attributes)).flatMap(([field, is]) =>
    differing(field, standing.attributes[field], is),
  );
  const edit: ItemEdit = { ...saidBy(plain), ...(values.length > 0 && { attributes: saidBy(values) }) };
  return { changes: [...plain, ...values], edit };
}

function differing(
  field: string,
  was: AttributeValue | null = null,
  is: AttributeValue | undefined,
): readonly FieldChange[] {
  return is === undefined || is === was ? [] : [{ field, was, is }];
}

function saidBy(changes: readonly FieldChange[]): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(changes.map(({ field, is }) => [field, is]));
}
