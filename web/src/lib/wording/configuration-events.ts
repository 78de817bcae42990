/** What happened to an item and to its relations, after the name of who did it. */
import type { HistoryEvent, ItemAct, RelationAct } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import { itemStateWords } from './configuration.ts';
import type { ConfigurationNames } from './configuration-refusals.ts';

const FIELDS: Readonly<Record<string, string>> = {
  ...{ name: 'name', class: 'class', owner: 'owner', team: 'team', criticality: 'criticality' },
  redundancy: 'redundancy',
};

export function itemEventWords(event: HistoryEvent, self: ItemId, names: ConfigurationNames): string {
  switch (event.type) {
    case 'made':
      return `made it, ${itemStateWords(event.state).toLowerCase()}`;
    case 'edited':
      return `changed ${changedWords(event.fields, event.before, names)}`;
    case 'stepped':
      return `moved it from ${itemStateWords(event.from)} to ${itemStateWords(event.to)}${event.reason === null ? '' : `: ${event.reason}`}`;
    case 'step-suspended':
      return `asked for it to be ${itemStateWords(event.to).toLowerCase()}: open incidents name it, so its owner decides`;
    case 'kept':
      return 'kept it as it is';
    case 'confirmed':
      return 'confirmed that all of it is right';
    case 'told-apart':
      return `said that it is not the same as ${names.item(event.other)}`;
    case 'review-asked':
      return event.of === 'stale'
        ? 'asked its owner whether it is still right'
        : 'asked its owner to complete it';
    case 'relation-added':
    case 'relation-removed': {
      const other = event.from === self ? event.to : event.from;
      const done = event.type === 'relation-added' ? 'related it' : 'took a relation away';
      const how = event.from === self ? names.relation(event.as) : names.inverse(event.as);
      return `${done}: ${how.toLowerCase()} ${names.item(other)}`;
    }
  }
}

function changedWords(
  { attributes = {}, ...fields }: Extract<HistoryEvent, { type: 'edited' }>['fields'],
  before: Extract<HistoryEvent, { type: 'edited' }>['before'],
  names: ConfigurationNames,
): string {
  const told = Object.keys(fields).map((field) => `the ${FIELDS[field] ?? field}`);
  const values = Object.entries(attributes).map(([attribute, value]) => {
    const was = before.attributes?.[attribute] ?? null;
    return `${names.attribute(attribute)} from ${shown(was)} to ${shown(value)}`;
  });
  return [...told, ...values].join(', ');
}

const shown = (value: string | number | boolean | null): string =>
  value === null ? 'nothing' : `“${String(value)}”`;

/** What an act would have done, after "You wanted to". */
export function itemIntentWords(act: ItemAct): string {
  switch (act.verb) {
    case 'create':
      return `make the item “${act.fields.name}”`;
    case 'edit':
      return act.fields.name === undefined ? 'change an item' : `change the item “${act.fields.name}”`;
    case 'step':
      return `make an item ${itemStateWords(act.to).toLowerCase()}`;
    case 'keep':
      return 'keep an item as it is';
    case 'confirm':
      return 'confirm that an item is right';
    case 'tell-apart':
      return 'tell two items apart';
    case 'ask-review':
      return 'ask the owner of an item to look at it';
  }
}

export function relationIntentWords({ verb }: RelationAct): string {
  return verb === 'add' ? 'relate two items' : 'take a relation away';
}
