import type { ConfigurationRules } from '@muster/domain/configuration';
import { saysSame } from '@muster/domain/shared';
import type { RulesParts } from './rules-edit.ts';

/** Where it is kept while somebody looks at another page: `sessionStorage`. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const MOST_UNDONE = 100;

interface Kept {
  /** What it began with. */
  readonly base: RulesParts & Pick<ConfigurationRules, 'version'>;
  readonly parts: RulesParts;
}

/**
 * Classes and types as somebody edits them, apart from what is set. Each step may be undone; whoever leaves the page
 * finds it in the same tab, also when it cannot be set any more because somebody set others meanwhile.
 */
export class RulesDraft {
  readonly #live: () => ConfigurationRules;
  readonly #shelf: Shelf;
  readonly #key: string;
  /** What it began with; null while nothing is edited, so that it follows what is set. */
  #base = $state.raw<ConfigurationRules | null>(null);
  #parts = $state.raw<RulesParts | null>(null);
  #before = $state.raw<readonly RulesParts[]>([]);
  #lastField: string | null = null;

  constructor(live: () => ConfigurationRules, shelf: Shelf, key: string) {
    [this.#live, this.#shelf, this.#key] = [live, shelf, key];
  }

  /** Takes what was left in this tab. Once what is set is here. */
  restore(): void {
    const kept = this.#read();
    if (kept !== null) [this.#base, this.#parts] = [{ ...this.#live(), ...kept.base }, kept.parts];
  }

  get parts(): RulesParts {
    return this.#parts ?? this.#live();
  }

  /** What is compared with: what is set, also after something else than classes and types was set with it. */
  get base(): ConfigurationRules {
    return this.#base === null || !this.#isOther ? this.#live() : this.#base;
  }

  get isChanged(): boolean {
    return this.#parts !== null;
  }

  get mayUndo(): boolean {
    return this.#before.length > 0 && !this.#isStale;
  }

  /** Somebody set others since this was begun. */
  get isBehind(): boolean {
    return this.isChanged && this.#isOther;
  }

  get #isOther(): boolean {
    const [base, live] = [this.#base, this.#live()];
    return base !== null && base.version !== live.version && !saysSame(partsOf(base), partsOf(live));
  }

  /** Nothing is edited, and what could be undone is of before others were set. */
  get #isStale(): boolean {
    return !this.isChanged && this.#isOther;
  }

  /** @param field Edits of the same one in a row are one step: a word is undone, not a letter */
  edit(parts: RulesParts, field: string | null = null): void {
    if (this.#isStale) this.discard();
    if (field === null || field !== this.#lastField)
      this.#before = [...this.#before, this.parts].slice(-MOST_UNDONE);
    this.#lastField = field;
    this.#take(parts);
  }

  undo(): void {
    const last = this.#before.at(-1);
    if (last === undefined) return;
    this.#before = this.#before.slice(0, -1);
    this.#lastField = null;
    this.#take(last);
  }

  /** Back to what is set. */
  discard(): void {
    [this.#base, this.#parts, this.#before, this.#lastField] = [null, null, [], null];
    this.#write(null);
  }

  #take(parts: RulesParts): void {
    this.#base ??= this.#live();
    const { classes, types } = this.#base;
    if (JSON.stringify([parts.classes, parts.types]) === JSON.stringify([classes, types])) {
      this.#parts = null;
      if (this.#before.length === 0) this.#base = null;
      this.#write(null);
      return;
    }
    this.#parts = { classes: parts.classes, types: parts.types };
    this.#write(this.#parts);
  }

  #write(parts: RulesParts | null): void {
    try {
      if (parts === null) this.#shelf.removeItem(this.#key);
      else this.#shelf.setItem(this.#key, JSON.stringify({ base: this.#begunWith(), parts } satisfies Kept));
    } catch {
      // the browser keeps nothing; it is in this page all the same
    }
  }

  #begunWith(): Kept['base'] {
    const { base } = this;
    return { version: base.version, ...partsOf(base) };
  }

  #read(): Kept | null {
    try {
      const read = JSON.parse(this.#shelf.getItem(this.#key) ?? 'null') as Partial<Kept> | null;
      const { base, parts } = read ?? {};
      return typeof base?.version === 'number' && isWhole(base) && isWhole(parts) ? { base, parts } : null;
    } catch {
      return null;
    }
  }
}

function partsOf({ classes, types }: RulesParts): RulesParts {
  return { classes, types };
}

function isWhole(parts: Partial<RulesParts> | undefined): parts is RulesParts {
  return Array.isArray(parts?.classes) && Array.isArray(parts.types);
}
