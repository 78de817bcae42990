/** Classes of configuration items, kept as data: each inherits the attributes of the class that it is a kind of. */

export const ATTRIBUTE_KINDS = ['text', 'number', 'yes-no', 'date', 'choice', 'address'] as const;

export type AttributeKind = (typeof ATTRIBUTE_KINDS)[number];

export interface AttributeDefinition {
  /** Unique along the line of its class. */
  readonly id: string;
  readonly name: string;
  readonly kind: AttributeKind;
  readonly required: boolean;
  /** Of a choice; empty for every other kind. */
  readonly choices: readonly string[];
  /** By which an import finds the item again. No two live items of the class have the same. */
  readonly identifies: boolean;
}

export interface ItemClass {
  readonly id: string;
  readonly name: string;
  /** What it is a kind of; null for a class of its own. */
  readonly parent: string | null;
  /** There are items of its kinds only. */
  readonly abstract: boolean;
  /** Its own; see `attributesOf` for all. */
  readonly attributes: readonly AttributeDefinition[];
}

export type ItemClasses = ReadonlyMap<string, ItemClass>;

export type ClassFault =
  | { readonly fault: 'unknown-parent'; readonly class: string; readonly parent: string }
  | { readonly fault: 'circle'; readonly class: string }
  | { readonly fault: 'attribute-twice'; readonly class: string; readonly attribute: string }
  | { readonly fault: 'no-choices'; readonly class: string; readonly attribute: string };

/** The class and what it is a kind of, nearest first; empty for one that is not known. Ends also in a circle. */
export function lineOf(classes: ItemClasses, id: string): readonly ItemClass[] {
  const line: ItemClass[] = [];
  let at = classes.get(id);
  while (at !== undefined && !line.includes(at)) {
    line.push(at);
    at = at.parent === null ? undefined : classes.get(at.parent);
  }
  return line;
}

/** Whether a class is another one or a kind of it. */
export function isKindOf(classes: ItemClasses, id: string, ancestor: string): boolean {
  return lineOf(classes, id).some((each) => each.id === ancestor);
}

/** What items of a class say of themselves, the most general first. */
export function attributesOf(classes: ItemClasses, id: string): readonly AttributeDefinition[] {
  return lineOf(classes, id)
    .toReversed()
    .flatMap(({ attributes }) => attributes);
}

/** The attributes that identify items of a class, with the class that each is defined in. */
export function identityOf(
  classes: ItemClasses,
  itemClass: string,
): readonly { readonly definer: string; readonly attribute: string }[] {
  return lineOf(classes, itemClass).flatMap(({ id: definer, attributes }) =>
    attributes.filter(({ identifies }) => identifies).map(({ id: attribute }) => ({ definer, attribute })),
  );
}

/** What is wrong with classes as a whole; empty when they can be kept. */
export function faultsOfClasses(classes: ItemClasses): readonly ClassFault[] {
  return [...classes.values()].flatMap((each) => faultsOf(classes, each));
}

const calledAs = (name: string): string => name.trim().toLowerCase();

function faultsOf(classes: ItemClasses, { id, parent, attributes }: ItemClass): readonly ClassFault[] {
  if (parent !== null && !classes.has(parent)) return [{ fault: 'unknown-parent', class: id, parent }];
  const line = lineOf(classes, id);
  const top = line.at(-1);
  if (top !== undefined && top.parent !== null && line.some((each) => each.id === top.parent))
    return [{ fault: 'circle', class: id }];
  const inherited = line.slice(1).flatMap((each) => each.attributes);
  return attributes.flatMap((attribute, place): readonly ClassFault[] => {
    // people tell attributes apart by their names alone
    const isTwice = [...inherited, ...attributes.slice(0, place)].some(
      ({ id: other, name }) => other === attribute.id || calledAs(name) === calledAs(attribute.name),
    );
    if (isTwice) return [{ fault: 'attribute-twice', class: id, attribute: attribute.id }];
    return attribute.kind === 'choice' && attribute.choices.length === 0
      ? [{ fault: 'no-choices', class: id, attribute: attribute.id }]
      : [];
  });
}
