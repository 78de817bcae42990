/** Why an act on the configuration did not take place, and what to do next. */
import type { PlannedUnfit } from '@muster/domain/change';
import type {
  ConfigurationRefusalFacts,
  ConfigurationRefusalReason,
  ValueFault,
} from '@muster/domain/configuration';
import type { RefusalContent } from '@muster/domain/shared';
import { itemStateWords } from './configuration.ts';
import { refusalWords } from './refusals.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

/** Names of classes, attributes, relations and items, as this device knows them. */
export interface ConfigurationNames {
  class(id: string): string;
  attribute(id: string): string;
  relation(id: string): string;
  /** As the second end calls it. */
  inverse(id: string): string;
  item(id: string): string;
}

/** Where the configuration is not at hand. */
const UNNAMED: ConfigurationNames = {
  class: () => 'this class',
  attribute: (id) => id.replaceAll('_', ' '),
  relation: () => 'a relation',
  inverse: () => 'a relation',
  item: () => 'another item',
};

type Words = {
  readonly [Reason in ConfigurationRefusalReason]: (
    facts: ConfigurationRefusalFacts[Reason],
    say: Say,
    names: ConfigurationNames,
  ) => string;
};

const PREFIX = 'configuration/';

const WORDING: Words = {
  'no-such-item': () => 'this item is not there, or not for you',
  'no-such-relation': () => 'this relation is not there any more',
  'not-permitted': ({ permission }) =>
    permission === 'configuration.manage'
      ? 'only those who manage the configuration may do this; ask a team lead'
      : 'you may read the configuration, not change it',
  'already-exists': () => 'this is made already',
  'invalid-value': ({ field }) => `the ${field} does not fit: correct it`,
  'unknown-person': ({ person }, say) => `${say.person(person)} is not here any more; choose somebody else`,
  'unknown-team': () => 'this team is not there any more; choose another one',
  'nothing-to-change': () => 'there is nothing to change',
  'service-of-directory': () =>
    'services are made under Services in the administration, and are on the map by themselves',
  'values-unfit': ({ faults }, _, names) => faults.map((fault) => valueWords(fault, names)).join('; '),
  'relations-unfit': ({ relations }, _, names) =>
    `items of that class have no such relations: remove ${relations.map((id) => names.relation(id)).join(', ')} first`,
  'same-identity': ({ attribute, value, item }, _, names) =>
    `${names.item(item)} has the ${names.attribute(attribute)} “${String(value)}” already; correct it, or work on that one`,
  'no-such-step': ({ from, allowed }) =>
    `from ${itemStateWords(from).toLowerCase()} it can become ${allowed.map((state) => itemStateWords(state).toLowerCase()).join(', ') || 'nothing else'}`,
  'item-moved': ({ state, by }, say) =>
    `${by === undefined ? 'somebody' : say.person(by)} made it ${itemStateWords(state).toLowerCase()} meanwhile; look, then decide again`,
  'reason-missing': () => 'say why: what was retired is not reinstated without a reason',
  'step-waits': ({ to, by }, say) =>
    `${say.person(by)} asked for it to be ${itemStateWords(to).toLowerCase()} already; its owner answers`,
  'not-answerable': ({ owner }, say) =>
    `this is for ${owner === null ? 'who manages the configuration' : `${say.person(owner)} or who manages the configuration`} to answer`,
  'nothing-waits': () => 'nothing waits for an answer any more',
  'not-confirmable': ({ owner }, say) =>
    `that it is right is said by ${owner === null ? '' : `${say.person(owner)}, `}its team or who manages the configuration, and only while it is not retired`,
  'not-joinable': ({ item, state, into }, _, names) =>
    into === null
      ? `${names.item(item)} is ${itemStateWords(state).toLowerCase()}, so nothing is joined with it`
      : `${names.item(item)} was joined into ${names.item(into)} already; work on that one`,
  'relation-unfit': ({ fault }, _, names) => relationFaultWords(fault, names),
  'relation-gone': ({ by }, say) => `${by === null ? 'somebody' : say.person(by)} removed it already`,
  'rules-moved': ({ by }, say) => `${say.person(by)} set them meanwhile; look at theirs first`,
  'classes-unfit': ({ faults }, _, names) =>
    `the classes do not fit together: ${faults.map((fault) => names.class(fault.class)).join(', ')}`,
  'types-unfit': () => 'the relations name classes that there are not',
  'would-not-conform': ({ count }) =>
    `${count} items or relations would not conform any more; change them first`,
};

export function configurationRefusalWords(
  refusal: RefusalContent,
  say: Say,
  names: ConfigurationNames = UNNAMED,
): string {
  const reason = refusal.code.startsWith(PREFIX) ? refusal.code.slice(PREFIX.length) : '';
  if (!Object.hasOwn(WORDING, reason)) return refusalWords(refusal, say);
  // the facts belong to the code, which the compiler cannot follow through the lookup
  const words = WORDING[reason as ConfigurationRefusalReason] as (
    facts: unknown,
    say: Say,
    names: ConfigurationNames,
  ) => string;
  return sentence(words(refusal, say, names));
}

/** Why what is planned for an item does not fit it, where its class says how the attribute is called. */
export function unfitWords({ called, why }: PlannedUnfit, say: Say): string {
  return configurationRefusalWords(why, say, {
    ...UNNAMED,
    attribute: (id) => called ?? UNNAMED.attribute(id),
  });
}

export function valueWords(fault: ValueFault, names: ConfigurationNames): string {
  switch (fault.fault) {
    case 'unknown-class':
      return 'there is no such class: choose another one';
    case 'abstract-class':
      return `${names.class(fault.class)} is a class of classes: choose one of its kinds`;
    case 'unknown-attribute':
      return `items of this class have no ${names.attribute(fault.attribute)}`;
    case 'missing-attribute':
      return `say the ${names.attribute(fault.attribute)}`;
    case 'invalid-attribute':
      return `the ${names.attribute(fault.attribute)} does not fit`;
  }
}

type RelationFault = ConfigurationRefusalFacts['relation-unfit']['fault'];

export function relationFaultWords(fault: RelationFault, names: ConfigurationNames): string {
  switch (fault.fault) {
    case 'unknown-type':
      return 'there is no such relation any more';
    case 'unknown-item':
      return 'the other item is not there any more';
    case 'to-itself':
      return 'an item is not related to itself';
    case 'not-allowed':
      return `${names.class(fault.from)} and ${names.class(fault.to)} are not related in this way`;
    case 'related-already':
      return 'they are related in this way already';
    case 'circle':
      return `it would close a circle: ${fault.items.map((id) => names.item(id)).join(', ')}`;
  }
}
