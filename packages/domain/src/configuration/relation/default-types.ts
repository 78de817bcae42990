/** The relations that a desk begins with (A5 row 2), and what may be related so (row 3). */
import type { AllowedPair, RelationType, RelationTypes, Spread } from './relation-type.ts';

const pairs = (...each: readonly (readonly [from: string, to: string])[]): readonly AllowedPair[] =>
  each.map(([from, to]) => ({ from, to }));

const ANYTHING = pairs(['item', 'item']);

function type(
  id: string,
  [name, inverse]: readonly [string, string],
  spread: Spread,
  allowed: readonly AllowedPair[],
  circles = false,
): RelationType {
  return { id, name, inverse, spread, allowed, circles };
}

const TYPES: readonly RelationType[] = [
  // two services may need each other, so that this one may go in a circle
  type(
    'depends_on',
    ['Depends on', 'Used by'],
    'to_from',
    pairs(
      ...['service', 'process', 'application', 'software', 'api', 'cluster', 'virtual_machine'].map(
        (from) => [from, 'item'] as const,
      ),
    ),
    true,
  ),
  type(
    'runs_on',
    ['Runs on', 'Runs'],
    'to_from',
    pairs(
      ...['software', 'application', 'virtual_machine'].flatMap((from) =>
        ['server', 'virtual_machine', 'cluster'].map((to) => [from, to] as const),
      ),
      ['database', 'database_server'],
      ['application', 'software'],
    ),
  ),
  type('hosted_on', ['Hosted on', 'Hosts'], 'to_from', pairs(['item', 'location'], ['device', 'rack'])),
  type('powered_by', ['Powered by', 'Powers'], 'to_from', pairs(['device', 'power_feed'])),
  type(
    'connects_to',
    ['Connects to', 'Connected by'],
    'to_from',
    pairs(['item', 'network_device'], ['item', 'network'], ['item', 'circuit']),
  ),
  type('contains', ['Contains', 'Contained by'], 'none', ANYTHING),
  // a cluster or an application stands as long as enough of its members do
  type(
    'members',
    ['Has as member', 'Member of'],
    'to_from',
    pairs(['cluster', 'item'], ['group', 'item'], ['application', 'item']),
  ),
  type(
    'uses',
    ['Uses', 'Used by'],
    'to_from',
    pairs(['item', 'api'], ['item', 'service'], ['item', 'database']),
    true,
  ),
  // who looks after something or whose it is may be away, and it stands
  type(
    'manages',
    ['Manages', 'Managed by'],
    'none',
    pairs(
      ...['contact', 'group', 'software', 'application', 'device'].map((from) => [from, 'item'] as const),
    ),
  ),
  type('owns', ['Owns', 'Owned by'], 'none', pairs(['contact', 'item'], ['group', 'item'])),
  // what gets its memory, processors or room from something falls with it
  type(
    'defines_resources_for',
    ['Defines resources for', 'Gets resources from'],
    'from_to',
    pairs(
      ...['server', 'storage'].flatMap((from) =>
        ['cluster', 'virtual_machine', 'container'].map((to) => [from, to] as const),
      ),
      ...[['cluster', 'virtual_machine'] as const, ['cluster', 'container'] as const],
      ...[['storage', 'server'] as const, ['storage', 'database'] as const],
    ),
  ),
  type('documented_by', ['Documented by', 'Documents'], 'none', pairs(['item', 'document'])),
  type('licensed_by', ['Licensed by', 'Licenses'], 'none', pairs(['item', 'licence'])),
];

export const DEFAULT_RELATION_TYPES: RelationTypes = new Map(TYPES.map((each) => [each.id, each]));
