import type { Dependencies } from '@muster/domain/change';
import { DependencyMap, SERVICE_CLASS } from '@muster/domain/configuration';
import { dependenciesByMap } from '@muster/domain/flows';
import type { Directory, ItemId, ServiceId } from '@muster/domain/shared';
import type { LiveConfiguration } from '../configuration/live-configuration.ts';

/**
 * How things hang together, as far as this device knows: by the map of the configuration once that is here. Until then,
 * and for whoever may not read it, services stand alone, and what is no service may be an item: the server knows.
 */
export class KnownDependencies {
  readonly #options: KnownDependenciesOptions;
  readonly #byMap = dependenciesByMap(() => this.#map());
  #alone: { readonly services: Directory['services']; readonly map: DependencyMap } | null = null;

  constructor(options: KnownDependenciesOptions) {
    this.#options = options;
  }

  readonly current: Dependencies = {
    ...this.#byMap,
    isKnown: (item) => !this.isWhole || this.#byMap.isKnown(item),
  };

  /** Whether what is decided by it here is decided so by the server. */
  get isWhole(): boolean {
    const { configuration } = this.#options;
    return configuration === undefined || configuration()?.loaded === true;
  }

  /** Subscribes to the map. */
  read(): void {
    void this.#options.configuration?.()?.revision;
  }

  /** Subscribes to the map. */
  nameOf(id: ItemId): string | null {
    this.read();
    const service = this.#options.directory().services.get(id as ServiceId);
    return service?.name ?? this.#options.configuration?.()?.itemOf(id)?.name ?? null;
  }

  #map(): DependencyMap {
    const configuration = this.#options.configuration?.() ?? null;
    if (configuration?.loaded === true) return configuration.map;
    const { services } = this.#options.directory();
    if (this.#alone?.services !== services) {
      const items = [...services.keys()].map(
        (id) => ({ id, class: SERVICE_CLASS, state: 'in_service', redundancy: [] }) as const,
      );
      this.#alone = { services, map: new DependencyMap(new Map(), items) };
    }
    return this.#alone.map;
  }
}

export interface KnownDependenciesOptions {
  readonly directory: () => Directory;
  /** The configuration, once it is here; left out where there are services and nothing else. */
  readonly configuration?: () => LiveConfiguration | null;
}
