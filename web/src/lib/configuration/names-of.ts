import { attributesOf } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import type { ConfigurationNames } from '#lib/wording/configuration-refusals.ts';

/** Names for words, as the configuration on this device has them. */
export function namesOf(live: LiveConfiguration): ConfigurationNames {
  return {
    class: (id) => live.classes.get(id)?.name ?? id,
    attribute: (id) => {
      for (const each of live.classes.keys()) {
        const found = attributesOf(live.classes, each).find((attribute) => attribute.id === id);
        if (found !== undefined) return found.name;
      }
      return id;
    },
    relation: (id) =>
      live.types.get(id)?.name ?? live.types.get(live.map.relationOf(id)?.type ?? '')?.name ?? id,
    inverse: (id) => live.types.get(id)?.inverse ?? id,
    item: (id) => live.nameOf(id as ItemId),
  };
}
