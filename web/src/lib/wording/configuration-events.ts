/** What happened to an item and to its relations, after the name of who did it. */
import type {
  ConfigurationItem,
  HistoryEvent,
  ItemAct,
  ItemEdit,
  RelationAct,
} from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import { itemStateWords } from './configuration.ts';
import { relationFaultWords } from './configuration-refusals.ts';
import type { ConfigurationNames } from './configuration-refusals.ts';
import type { Say } from './say.ts';

const FIELDS: Readonly<Record<string, string>> = {
  ...{ name: 'name', class: 'class', owner: 'owner', team: 'team', criticality: 'criticality' },
  redundancy: 'redundancy',
};

export function itemEventWords(
  event: HistoryEvent,
  self: ItemId,
  names: ConfigurationNames,
  say: Say,
): string {
  switch (event.type) {
    case 'made':
      return `made it, ${itemStateWords(event.state).toLowerCase()}`;
    case 'edited':
      return `changed ${changedWords(event.fields, event.before, names, say)}`;
    case 'stepped':
      return `moved it from ${itemStateWords(event.from)} to ${itemStateWords(event.to)}${event.reason === null ? '' : `: ${event.reason}`}`;
    case 'step-suspended':
      if (event.by !== undefined)
        return `lets what ${say.person(event.by)} did wait: an open incident that was written before names it, so its owner decides`;
      return `asked for it to be ${itemStateWords(event.to).toLowerCase()}: open incidents name it, so its owner decides`;
    case 'kept':
      return 'kept it as it is';
    case 'confirmed':
      return 'confirmed that all of it is right';
    case 'told-apart':
      return `said that it is not the same as ${names.item(event.other)}`;
    case 'joined':
      return joinedWords(event, names);
    case 'joined-into':
      return `found it to be the same as ${names.item(event.into)} and joined it into that`;
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

function joinedWords(
  { name, number, moved, dropped, took }: Extract<HistoryEvent, { type: 'joined' }>,
  names: ConfigurationNames,
): string {
  const { attributes = {}, ...fields } = took;
  const values = [
    ...Object.keys(fields).map((field) => `the ${FIELDS[field] ?? field}`),
    ...Object.keys(attributes).map((attribute) => names.attribute(attribute)),
  ];
  const said = [
    `${moved.length} ${moved.length === 1 ? 'relation' : 'relations'} moved`,
    ...dropped.map(
      ({ as, from, to, fault }) =>
        `dropped ${names.item(from)} ${names.relation(as).toLowerCase()} ${names.item(to)}: ${relationFaultWords(fault, names)}`,
    ),
    ...(values.length > 0 ? [`taken over: ${values.join(', ')}`] : []),
  ];
  return `joined “${name}”${number === null ? '' : ` (${number})`} into it, as the same: ${said.join('; ')}`;
}

function changedWords(
  { attributes = {}, ...fields }: Extract<HistoryEvent, { type: 'edited' }>['fields'],
  before: Extract<HistoryEvent, { type: 'edited' }>['before'],
  names: ConfigurationNames,
  say: Say,
): string {
  const told = Object.keys(fields).map((field) => {
    const [was, is] = [before, fields].map((said) => fieldWords(field, said, names, say));
    const words = `the ${FIELDS[field] ?? field}`;
    return was === undefined || is === undefined ? words : `${words} from ${was} to ${is}`;
  });
  const values = Object.entries(attributes).map(([attribute, value]) => {
    const was = before.attributes?.[attribute] ?? null;
    return `${names.attribute(attribute)} from ${shown(was)} to ${shown(value)}`;
  });
  return [...told, ...values].join(', ');
}

/** What a field says, people and teams by their names; nothing where it takes more than a word. */
function fieldWords(field: string, said: ItemEdit, names: ConfigurationNames, say: Say): string | undefined {
  switch (field) {
    case 'name':
      return said.name === undefined ? undefined : shown(said.name);
    case 'class':
      return said.class === undefined ? undefined : names.class(said.class);
    case 'owner':
      return said.owner == null ? 'nobody' : say.person(said.owner);
    case 'team':
      return said.team == null ? 'no team' : say.team(said.team);
    case 'criticality':
      return said.criticality == null ? 'none' : String(said.criticality);
    case 'redundancy':
      return said.redundancy === undefined ? undefined : redundancyWords(said.redundancy, names);
    default:
      return undefined;
  }
}

/** What an item said of itself beside its name, its state, its owner and its attributes: as far as it did. */
export function standingWords(
  { team, criticality, redundancy }: Pick<ConfigurationItem, 'team' | 'criticality' | 'redundancy'>,
  names: ConfigurationNames,
  say: Say,
): readonly { readonly name: string; readonly words: string }[] {
  return [
    ...(team === null ? [] : [{ name: 'Team', words: say.team(team) }]),
    ...(criticality === null ? [] : [{ name: 'Criticality', words: String(criticality) }]),
    ...(redundancy.length === 0 ? [] : [{ name: 'Redundancy', words: redundancyWords(redundancy, names) }]),
  ];
}

function redundancyWords(rules: NonNullable<ItemEdit['redundancy']>, names: ConfigurationNames): string {
  if (rules.length === 0) return 'none';
  return rules
    .map(
      ({ relation, by, minimum }) =>
        `“${names.relation(relation)}: at least ${minimum}${by === 'percent' ? ' %' : ''}”`,
    )
    .join(', ');
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
    case 'join':
      return 'join two items that are the same';
    case 'ask-review':
      return 'ask the owner of an item to look at it';
    case 'suspend':
      return 'have an item wait for who answers for it';
  }
}

export function relationIntentWords({ verb }: RelationAct): string {
  return verb === 'add' ? 'relate two items' : 'take a relation away';
}
