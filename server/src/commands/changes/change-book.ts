/**
 * What decisions about changes look at, kept in the writer's memory: the rules, until one of them is set anew, and
 * where the changes stand in the calendar. The calendar is read once and from then on costs what changed.
 */
import { ConflictIndex, asPast, placeOf } from '@muster/domain/change';
import type {
  Change,
  ChangeFacts,
  ChangeTemplate,
  Dependencies,
  MeetingBoard,
  PastChange,
} from '@muster/domain/change';
import type { ChangeRules } from '@muster/documents/change';
import { DependencyMap } from '@muster/domain/configuration';
import { dependenciesByMap, unfitOfPlanned } from '@muster/domain/flows';
import type { PlannedRules } from '@muster/domain/flows';
import type { Directory, ItemId, ServiceId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { changeOf, readChangeRules } from '../../store/changes.ts';
import type { Database } from '../../store/schema.ts';
import type { Statements } from '../../store/sqlite/statements.ts';
import type { WriteUnit } from '../../store/sqlite/write-unit.ts';

/** Earlier changes that have a say in the risk of one like them. */
const PAST_CHANGES = 100;

export class ChangeBook {
  readonly #db: Kysely<Database>;
  readonly #statements: Statements;
  readonly #directory: () => Promise<Directory>;
  #rules: ChangeRules | null = null;
  #index: ConflictIndex | null = null;
  /** Of the present configuration: the calendar outlives it. */
  #map = new DependencyMap(new Map());
  readonly #configuration: () => Promise<PlannedRules & { readonly map: DependencyMap }>;
  readonly #dependencies = dependenciesByMap(() => this.#map);

  constructor(parts: {
    readonly db: Kysely<Database>;
    readonly statements: Statements;
    readonly directory: () => Promise<Directory>;
    /** The map of the configuration and its rules, as they are kept and followed. */
    readonly configurationFacts: () => Promise<PlannedRules & { readonly map: DependencyMap }>;
  }) {
    this.#db = parts.db;
    this.#statements = parts.statements;
    this.#directory = parts.directory;
    this.#configuration = parts.configurationFacts;
  }

  async rules(): Promise<ChangeRules> {
    this.#rules ??= await readChangeRules(this.#db, await this.#directory());
    return this.#rules;
  }

  /** Everything is read anew when somebody next asks. */
  forget(unit: WriteUnit): void {
    this.#forgetAll();
    unit.onUndo(() => this.#forgetAll());
  }

  /** A template is another one now. */
  noteTemplate(unit: WriteUnit, template: ChangeTemplate): void {
    unit.onUndo(() => {
      this.#rules = null;
    });
    if (this.#rules === null) return;
    const templates = new Map([...this.#rules.templates, [template.id, template]]);
    this.#rules = { ...this.#rules, templates };
  }

  /** A change board is another one now. */
  noteBoard(unit: WriteUnit, board: MeetingBoard): void {
    unit.onUndo(() => {
      this.#rules = null;
    });
    if (this.#rules === null) return;
    this.#rules = { ...this.#rules, boards: new Map([...this.#rules.boards, [board.id, board]]) };
  }

  /** Puts a change to where it stands in the calendar now, if it does. */
  async place(unit: WriteUnit, change: Change): Promise<void> {
    if (this.#index === null) return;
    unit.onUndo(() => {
      this.#index = null;
    });
    const model = (await this.rules()).models.get(change.model);
    const place = model === undefined ? null : placeOf(change, model);
    if (place === null) this.#index.delete(change.id);
    else this.#index.set(place);
  }

  async facts(): Promise<ChangeFacts> {
    const rules = await this.rules();
    const dependencies = await this.dependencies();
    const [configuration, directory] = [await this.#configuration(), await this.#directory()];
    this.#index ??= this.#readIndex(rules);
    const index = this.#index;
    return {
      ...rules,
      dependencies,
      conflictsOf: (planned) => index.conflictsOf(planned),
      unfitOf: (value) => unfitOfPlanned(value, directory, configuration),
      pastOf: (change) => this.#pastOf(change),
    };
  }

  /** The services that fall with each of these sets of items. */
  async servicesOf(sets: readonly (readonly ItemId[])[]): Promise<readonly (readonly ServiceId[])[]> {
    const { servicesOf } = await this.dependencies();
    return sets.map((items) => servicesOf(items));
  }

  /** How things hang together now. */
  async dependencies(): Promise<Dependencies> {
    this.#map = (await this.#configuration()).map;
    return this.#dependencies;
  }

  #readIndex({ models, windows, zone }: ChangeRules): ConflictIndex {
    const rows = this.#statements
      .prepare('select data from change where begins is not null and ends is not null and closed_at is null')
      .all() as { data: string }[];
    const places = rows.map(changeOf).flatMap((change) => {
      const model = models.get(change.model);
      return model === undefined ? [] : (placeOf(change, model) ?? []);
    });
    return new ConflictIndex({ windows, zone, dependencies: this.#dependencies }, places);
  }

  #pastOf({ model, team, template }: Pick<Change, 'model' | 'team' | 'template'>): readonly PastChange[] {
    const rows = this.#statements
      .prepare(
        `select data from change where state = 'closed' and model = ? and team is ? and template is ?
         order by closed_at desc limit ${PAST_CHANGES}`,
      )
      .all(model, team, template?.id ?? null) as { data: string }[];
    return rows.map(changeOf).flatMap((change) => asPast(change) ?? []);
  }

  #forgetAll(): void {
    this.#rules = null;
    this.#index = null;
  }
}
