/** How tables were read, kept on this device by what they are called, to be used again. */
import type { Shelf } from '#lib/live/storage-here.ts';
import type { MappingChoice } from './column-meaning.ts';

const MOST_KEPT = 20;

export class KeptMappings {
  readonly #shelf: Pick<Shelf, 'getItem' | 'setItem'>;
  readonly #key: string;

  constructor(shelf: Pick<Shelf, 'getItem' | 'setItem'>, key: string) {
    this.#shelf = shelf;
    this.#key = key;
  }

  /** The one used last first. */
  names(): readonly string[] {
    return this.#read().map(([name]) => name);
  }

  find(name: string): MappingChoice | null {
    return this.#read().find(([each]) => each === name)?.[1] ?? null;
  }

  /** What a table with these heads was called last; the name of a file is none, as it changes from export to export. */
  sourceFor(heads: readonly string[]): string {
    const fits = ({ identity }: MappingChoice): boolean =>
      identity.length > 0 && identity.every((head) => heads.includes(head));
    return this.#read().find(([, choice]) => fits(choice))?.[0] ?? 'table';
  }

  keep(name: string, choice: MappingChoice): void {
    const others = this.#read().filter(([each]) => each !== name);
    this.#write([[name, choice], ...others].slice(0, MOST_KEPT) as Kept);
  }

  #read(): Kept {
    try {
      const read: unknown = JSON.parse(this.#shelf.getItem(this.#key) ?? '[]');
      return Array.isArray(read) ? read.filter(isKept) : [];
    } catch {
      return [];
    }
  }

  #write(kept: Kept): void {
    try {
      this.#shelf.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // the browser keeps nothing; the table is read all the same
    }
  }
}

type Kept = readonly (readonly [name: string, choice: MappingChoice])[];

function isKept(each: unknown): each is Kept[number] {
  if (!Array.isArray(each) || typeof each[0] !== 'string') return false;
  const choice = each[1] as Partial<MappingChoice> | null;
  return (
    typeof choice?.class === 'string' &&
    Array.isArray(choice.identity) &&
    typeof choice.meanings === 'object' &&
    choice.meanings !== null
  );
}
