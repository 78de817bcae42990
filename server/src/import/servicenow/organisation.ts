import type { Insertable } from 'kysely';
import type { PersonTable, TeamTable } from '../../store/schema-people.ts';
import type { Store } from '../../store/store.ts';
import { teamId } from '@muster/domain/shared';
import type { TeamId } from '@muster/domain/shared';
import { stableId } from '../stable-id.ts';
import { SOURCE, sourcePerson } from './history.ts';
import { mapped } from './mapping.ts';
import type { ServiceNowMapping } from './mapping.ts';
import type { Row } from './row.ts';

/** Rows that one INSERT carries; SQLite allows 32,766 values in a statement. */
const ROWS_AT_ONCE = 500;

/**
 * Makes the people and teams that imported histories speak of: without an account, without a role, inactive, so that
 * they can be named and filtered by but nobody can act as them. Each is written once; what an administrator has
 * changed since stays.
 */
export class Organisation {
  readonly #store: Store;
  readonly #mapping: ServiceNowMapping;
  readonly #known = new Set<string>();
  #teams = new Map<string, TeamId>();

  constructor(store: Store, mapping: ServiceNowMapping) {
    this.#store = store;
    this.#mapping = mapping;
  }

  /** Reads the teams there are, since the mapping names them by name. Called once, before anything else. */
  async open(): Promise<void> {
    const teams = await this.#store.writer.selectFrom('team').select(['id', 'name']).execute();
    this.#teams = new Map(teams.map((team) => [team.name, teamId(team.id)]));
  }

  /** The team that the mapping gives a group; one of the group's own name where it gives none. */
  teamOf(group: string): TeamId {
    const name = mapped(this.#mapping.groups, group) ?? group;
    return this.#teams.get(name) ?? teamId(stableId(SOURCE, 'team', name));
  }

  /** Writes those of the rows' people and teams that this import has not written yet. */
  async admit(rows: readonly Row[]): Promise<void> {
    const people = new Map<string, Insertable<PersonTable>>();
    const teams = new Map<string, Insertable<TeamTable>>();
    for (const row of rows) {
      for (const label of [row.caller, row.openedBy, row.updatedBy, row.resolver]) {
        if (label === null || this.#known.has(label)) continue;
        this.#known.add(label);
        people.set(label, personRow(label, row.openedAt));
      }
      if (row.group === null || this.#known.has(`team ${row.group}`)) continue;
      this.#known.add(`team ${row.group}`);
      const name = mapped(this.#mapping.groups, row.group) ?? row.group;
      if (!this.#teams.has(name)) teams.set(name, { id: this.teamOf(row.group), name, lead: null });
    }
    await this.#insert('person', [...people.values()]);
    await this.#insert('team', [...teams.values()]);
  }

  /** Shows the new names to everybody. */
  async publish(): Promise<void> {
    if (this.#known.size > 0) await this.#store.refreshDirectory();
  }

  async #insert(
    table: 'person' | 'team',
    rows: readonly Insertable<PersonTable | TeamTable>[],
  ): Promise<void> {
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      await this.#store.writer
        .insertInto(table)
        .values(rows.slice(from, from + ROWS_AT_ONCE) as never)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
}

function personRow(label: string, at: number): Insertable<PersonTable> {
  const id = sourcePerson(label);
  return {
    id,
    name: label.replace(/\s+/g, ' '),
    // nobody's address, of the id: names differ in more than what an address can hold
    email: `${id.toLowerCase()}@servicenow.invalid`,
    roles: '[]',
    active: 0,
    vip: 0,
    made_at: at,
  };
}
