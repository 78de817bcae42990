import { DEFAULT_CLASSES, DependencyMap } from '@muster/domain/configuration';
import type { ConfigurationItem, ItemState } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId } from '@muster/domain/shared';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import { FixtureMuster } from './fixture-muster.svelte.ts';

const item = (name: string, state: ItemState = 'in_service'): ConfigurationItem => ({
  ...{
    id: recordId(name.toUpperCase()),
    version: 1,
    number: null,
    class: 'server',
    name,
    state,
    owner: null,
  },
  ...{ team: null, criticality: null, attributes: {}, redundancy: [], suspended: null, updatedAt: 0 },
});

/** As much of the configuration as a ticket looks at: two servers, one that is retired, and one joined into db-2. */
export class ItemsMuster extends FixtureMuster {
  readonly items = new Map<ItemId, ConfigurationItem>(
    [
      ...[item('db-1'), item('db-2'), item('old', 'retired')],
      { ...item('twin', 'retired'), sameAs: recordId('DB-2') },
    ].map((each) => [each.id, each]),
  );

  override openConfiguration(): Promise<LiveConfiguration> {
    const { items } = this;
    const held: Partial<LiveConfiguration> = {
      ...{ items, loaded: true, revision: 0, classes: DEFAULT_CLASSES },
      itemOf: (id) => items.get(id),
      map: new DependencyMap(new Map(), items.values()),
    };
    return Promise.resolve(held as LiveConfiguration);
  }
}
