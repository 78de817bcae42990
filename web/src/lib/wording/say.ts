import type { Directory } from '@muster/domain/shared';

/** Names for the ids in facts. Each answers for what it does not know, so that no sentence breaks. */
export interface Say {
  person(id: unknown): string;
  team(id: unknown): string;
  service(id: unknown): string;
  /** Number or token of a record. */
  record(id: unknown): string;
  /** A moment as it reads now: `14:05`, `22 Nov, 09:30`. */
  time(at: unknown): string;
}

export interface SaySources {
  readonly directory: Directory;
  readonly me: string;
  readonly reference: (id: string) => string | undefined;
  readonly moment: (at: number) => string;
}

export function sayFrom({ directory, me, reference, moment }: SaySources): Say {
  const nameIn = (things: ReadonlyMap<string, { readonly name: string }>, id: unknown) =>
    typeof id === 'string' ? things.get(id)?.name : undefined;
  return {
    person: (id) => {
      if (id === me) return 'you';
      if (id === 'system') return 'Muster';
      return nameIn(directory.people, id) ?? (id === null ? 'nobody' : 'somebody');
    },
    team: (id) => nameIn(directory.teams, id) ?? (id === null ? 'no team' : 'another team'),
    service: (id) => nameIn(directory.services, id) ?? (id === null ? 'no service' : 'another service'),
    record: (id) => (typeof id === 'string' ? reference(id) : undefined) ?? 'another record',
    time: (at) => (typeof at === 'number' ? moment(at) : 'a moment ago'),
  };
}

/** The first letter of a sentence. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
