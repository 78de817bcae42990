import { identityOf, isRetired } from '@muster/domain/configuration';
import type { ConfigurationFacts, ConfigurationItem } from '@muster/domain/configuration';

/** What a decision looks at, as far as it is here; which incidents there are is the server's to know. */
export function factsHere(
  governance: Pick<ConfigurationFacts, 'classes' | 'types' | 'map'>,
  items: ReadonlyMap<unknown, ConfigurationItem>,
): ConfigurationFacts {
  return {
    ...governance,
    identifiedBy: (definer, attribute, value) => {
      for (const { id, class: itemClass, attributes, state } of items.values()) {
        if (attributes[attribute] !== value || isRetired(state)) continue;
        const identity = identityOf(governance.classes, itemClass);
        if (identity.some((each) => each.definer === definer && each.attribute === attribute)) return id;
      }
      return undefined;
    },
    hasOpenIncidents: () => false,
  };
}
