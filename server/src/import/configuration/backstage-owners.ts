/** Who owns an entity of a Backstage catalogue: the person or the team here that its user or group is. */
import type { Answerable, ImportedItem } from '@muster/domain/configuration';
import { z } from 'zod';

const profiled = z.looseObject({
  profile: z.looseObject({ email: z.string().optional(), displayName: z.string().optional() }).optional(),
});

interface Owner {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly title?: string };
  readonly spec?: unknown;
}

export class CatalogueOwners {
  readonly #people: Answerable;
  /** By key of a user or group: what else the catalogue calls it, the surest first. */
  readonly #called = new Map<string, readonly string[]>();

  constructor(people: Answerable, entities: readonly Owner[]) {
    this.#people = people;
    for (const { kind, metadata, spec } of entities) {
      if (!/^(user|group)$/i.test(kind)) continue;
      const { name, namespace = 'default', title } = metadata;
      const read = profiled.safeParse(spec);
      const { email, displayName } = (read.success ? read.data.profile : undefined) ?? {};
      const names = [/^user$/i.test(kind) ? email : undefined, displayName, title, name];
      this.#called.set(
        `${kind}:${namespace}/${name}`.toLowerCase(),
        names.flatMap((each) => each?.trim() || []),
      );
    }
  }

  /** @param key `kind:namespace/name`; what is no user is a team */
  answerable(key: string): Pick<ImportedItem, 'owner' | 'team' | 'without'> {
    const name = key.slice(key.indexOf('/') + 1);
    const names = this.#called.get(key) ?? [name];
    if (key.startsWith('user:')) {
      const found = names.map((each) => this.#people.owner(each));
      const [owner] = found.flatMap((each) => (each.ok ? [each.value] : []));
      return owner === undefined ? withoutAny(found) : { owner };
    }
    const found = names.map((each) => this.#people.team(each));
    const [team] = found.flatMap((each) => (each.ok ? [each.value] : []));
    return team === undefined ? withoutAny(found) : { team };
  }
}

/** Why the surest of the names found nobody. */
function withoutAny(
  found: readonly ReturnType<Answerable['owner' | 'team']>[],
): Pick<ImportedItem, 'without'> {
  const [first] = found;
  return first === undefined || first.ok ? {} : { without: [first.refusal] };
}
