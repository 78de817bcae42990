/** Names of items and services on pages of other processes; the configuration is fetched for them when it is needed. */
import { isRetired } from '@muster/domain/configuration';
import { isUlid, recordId } from '@muster/domain/shared';
import type { ItemId, RecordId, Service, ServiceId } from '@muster/domain/shared';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import type { Muster } from '#lib/live/muster.ts';

export class NamedItems {
  readonly #muster: Muster;
  #configuration = $state.raw<LiveConfiguration | null>(null);
  #failed = $state(false);
  #asked = false;
  /** The code comes before the rows: until they are here nothing is known of any item. */
  readonly #loaded = $derived(this.#configuration?.loaded === true ? this.#configuration : null);
  /** What was joined into what; the same again after any other change. */
  readonly #joinings = $derived.by(() => {
    void this.#loaded?.revision;
    const items = [...(this.#loaded?.items.values() ?? [])];
    return items.flatMap(({ id, sameAs }) => (sameAs === undefined ? [] : `${id} ${sameAs}`)).join();
  });

  constructor(muster: Muster) {
    this.#muster = muster;
  }

  /** Asks for the configuration, once, or again where it could not be reached; who may not read it is shown services alone. */
  ask(): void {
    if (this.#asked || !this.#muster.me.can('configuration.read')) return;
    this.#asked = true;
    this.#failed = false;
    this.#muster.openConfiguration().then(
      (opened) => (this.#configuration = opened),
      () => {
        this.#asked = false;
        this.#failed = true;
      },
    );
  }

  /** The configuration is not on this device, and could not be reached. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Items that may be named, as a box shows them in which one is found. */
  get choices(): readonly { readonly value: RecordId; readonly label: string; readonly hint: string }[] {
    void this.#configuration?.revision;
    return [...(this.#configuration?.items.values() ?? [])]
      .filter(({ state }) => !isRetired(state))
      .map(({ id, name, number, class: itemClass }) => ({
        value: recordId(id),
        label: name,
        hint: [this.className(itemClass), number].filter(Boolean).join(' · '),
      }));
  }

  /** Services too, before the items. */
  get options(): readonly { readonly value: string; readonly label: string; readonly hint: string }[] {
    const services = [...this.services.values()];
    return [
      ...services.map(({ id, name }) => ({ value: id, label: name, hint: 'Service' })),
      ...this.choices,
    ];
  }

  /**
   * What a word stands for, by its id, number or name: the item that stays, and after it what was joined into it. Of what
   * is not on this device the word itself where it is an id, and null where it is none. It is asked again when the
   * configuration has come and when items are joined, and not with each change of it.
   */
  called(word: string): ReadonlySet<ItemId> | null {
    const [wanted, opened] = [word.toLowerCase(), this.#loaded];
    void this.#joinings;
    const found = [...this.services.values(), ...(opened?.items.values() ?? [])].filter(
      (each) =>
        each.id === word ||
        each.name.toLowerCase() === wanted ||
        ('number' in each && each.number?.toLowerCase() === wanted),
    );
    if (found.length > 0)
      return new Set(
        found.flatMap(({ id }) => {
          const stays = opened?.map.stayingOf(id) ?? id;
          return [stays, ...(opened?.map.joinedInto(stays) ?? [])];
        }),
      );
    // of one that is not known here there may be tickets all the same
    return isUlid(word) ? new Set([recordId(word)]) : null;
  }

  /** Items may be read here and are not there yet, or cannot be reached: what has their numbers and names is not known. */
  get isAwaited(): boolean {
    return this.#loaded === null && this.#muster.me.can('configuration.read');
  }

  nameOfWord(word: string): string {
    void this.#configuration?.revision;
    const [id] = this.called(word) ?? [];
    const known = id && (this.services.get(id as ServiceId) ?? this.#configuration?.itemOf(id));
    return known?.name ?? word;
  }

  get services(): ReadonlyMap<ServiceId, Service> {
    return this.#muster.directory.current.services;
  }

  nameOf(id: ItemId): string {
    void this.#configuration?.revision;
    const item = this.services.get(id as ServiceId) ?? this.#configuration?.itemOf(id);
    return item?.name ?? 'an item';
  }

  /** Its page; of a service, which has none among the items, the map around it. */
  pageOf(id: ItemId): string {
    return this.services.has(id as ServiceId) ? `/configuration/map?item=${id}` : `/configuration/${id}`;
  }

  isRetired(id: ItemId): boolean {
    void this.#configuration?.revision;
    const item = this.#configuration?.itemOf(id);
    return item !== undefined && isRetired(item.state);
  }

  /** The item that stands for one that was joined into another; any other stands for itself. */
  stayingOf(id: ItemId): ItemId {
    void this.#configuration?.revision;
    return this.#configuration?.map.stayingOf(id) ?? id;
  }

  /** What its name does not say: that it is retired, or which item stands for it; null of any other. */
  goneWords(id: ItemId): string | null {
    if (!this.isRetired(id)) return null;
    const stays = this.stayingOf(id);
    return stays === id ? 'retired' : `joined into ${this.nameOf(stays)}`;
  }

  className(itemClass: string): string {
    return this.#configuration?.classes.get(itemClass)?.name ?? itemClass;
  }
}
