/** Changes, templates and the rules of both as they are kept. The commands `change.<verb>` write them. */
import { CHANGE_MODELS, DEFAULT_PLANS, DEFAULT_RISK, isUndecided } from '@muster/domain/change';
import type {
  ApprovalPolicy,
  Change,
  ChangeFacts,
  ChangeTemplate,
  ChangeWindow,
  RiskSettings,
} from '@muster/domain/change';
import type { ChangeRules } from '@muster/documents/change';
import { permissionsOf, recordId, tokenOf } from '@muster/domain/shared';
import type { Directory } from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import { readKept } from './kept-settings.ts';
import type { Kept } from './kept-settings.ts';
import type { ChangeTable, ChangeTemplateTable, ChangeTextTable } from './schema-changes.ts';
import { readBoards } from './meetings.ts';
import type { Database } from './schema.ts';
import { readSetting } from './settings.ts';

const NO_VALUES: Partial<Change> = { values: [], valueOutcomes: [] };

export function changeOf({ data }: { readonly data: string }): Change {
  const change = JSON.parse(data) as Change;
  // changes kept before values could be planned have none
  return 'values' in change ? change : { ...(change as Change), ...NO_VALUES };
}

export function templateOf({ data }: { readonly data: string }): ChangeTemplate {
  return JSON.parse(data) as ChangeTemplate;
}

export type ChangeColumns = Omit<Selectable<ChangeTable>, 'key' | 'id' | 'live'>;

/** The columns that lists and the clock need, of the whole change in `data`. */
export function changeColumns(change: Change): ChangeColumns {
  // once it is decided nobody is waited for
  const waiting = change.held === null && isUndecided(change) ? change.approvals : [];
  const due = waiting.flatMap(({ state, dueAt }) => (state === 'requested' && dueAt !== null ? [dueAt] : []));
  return {
    number: change.number,
    version: change.version,
    model: change.model,
    template: change.template?.id ?? null,
    state: change.state,
    title: change.title,
    team: change.team,
    owner: change.owner,
    made_by: change.madeBy,
    risk: change.risk?.level ?? null,
    outage: change.outage ? 1 : 0,
    begins: change.begins,
    ends: change.ends,
    result: change.result,
    made_at: change.madeAt,
    updated_at: change.updatedAt,
    closed_at: change.closedAt,
    due_at: due.length === 0 ? null : Math.min(...due),
    data: JSON.stringify(change),
  };
}

/** The words that a change is found by, beside those of its room. */
export function textOfChange(change: Change): Omit<Selectable<ChangeTextTable>, 'rowid' | 'room'> {
  const token = tokenOf('change', change.id);
  return {
    number: change.number === null ? token : `${change.number} ${token}`,
    title: change.title,
    tasks: change.tasks.map(({ title, backout }) => `${title}\n${backout}`).join('\n'),
  };
}

export function templateColumns(template: ChangeTemplate): Omit<Selectable<ChangeTemplateTable>, 'id'> {
  const { version, revision, state, updatedAt } = template;
  return { version, revision, state, updated_at: updatedAt, data: JSON.stringify(template) };
}

/** How long a change that is over stays on the board. */
export const CHANGE_STAYS_MS = 100 * 24 * 60 * 60 * 1000;

export const MODEL_PREFIX = 'change.model:';
export const POLICY_PREFIX = 'change.policy:';
export const WINDOW_PREFIX = 'change.window:';
export const RISK_KEY = 'change.risk';
export const PLANS_KEY = 'change.plans';

/** A rule that was taken away: kept, so that a default does not come back and versions go on. */
export interface Removed extends Kept {
  readonly removed: true;
}

export interface KeptPlans {
  readonly version: number;
  readonly plans: ChangeFacts['plans'];
}

/** Everything that decisions about changes look at as data. */
export async function readChangeRules(db: Kysely<Database>, directory: Directory): Promise<ChangeRules> {
  const templates = await db.selectFrom('change_template').select(['id', 'data']).orderBy('id').execute();
  const { plans, version } = await readSetting<KeptPlans>(db, PLANS_KEY, {
    plans: DEFAULT_PLANS,
    version: 0,
  });
  return {
    models: await over(db, MODEL_PREFIX, CHANGE_MODELS),
    policies: [...(await over(db, POLICY_PREFIX, defaultPolicies(directory))).values()],
    windows: await readWindows(db),
    templates: new Map(templates.map((row) => [recordId(row.id), templateOf(row)])),
    boards: await readBoards(db),
    risk: await readSetting<RiskSettings>(db, RISK_KEY, DEFAULT_RISK),
    plans,
    plansVersion: version,
    zone: zoneOf(directory),
  };
}

/** Maintenance windows and freezes. */
export async function readWindows(db: Kysely<Database>): Promise<readonly ChangeWindow[]> {
  return [...(await over<ChangeWindow>(db, WINDOW_PREFIX, new Map())).values()];
}

/** What was set stands over the defaults, each by its id, in the order of the ids. */
async function over<Rule extends Kept>(
  db: Kysely<Database>,
  prefix: string,
  defaults: ReadonlyMap<string, Rule>,
): Promise<ReadonlyMap<string, Rule>> {
  const kept = await readKept<Rule | Removed>(db, prefix);
  const all = [...new Map<string, Rule | Removed>([...defaults, ...kept])];
  const standing = all.filter((each): each is [string, Rule] => !('removed' in each[1]));
  return new Map(standing.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const MOST_DEFAULT_APPROVERS = 200;
const DEFAULT_DAYS_MS = 14 * 24 * 60 * 60 * 1000;

/**
 * Until an organisation sets its own: the lead of the change's team or anybody who manages changes looks at it, and
 * one of those who manage changes decides for the board.
 */
export function defaultPolicies({ people }: Directory): ReadonlyMap<string, ApprovalPolicy> {
  const managers = [...people.values()]
    .filter(({ active, roles }) => active && permissionsOf(roles).has('change.manage'))
    .slice(0, MOST_DEFAULT_APPROVERS - 1)
    .map(({ id: person }) => ({ kind: 'person', person, weight: 1 }) as const);
  const policy = (id: 'technical' | 'board', name: string): ApprovalPolicy => ({
    id,
    version: 1,
    name,
    stage: id,
    when: {},
    rule: { kind: 'any' },
    approvers: id === 'technical' ? [{ kind: 'lead', weight: 1 }, ...managers] : managers,
    delegates: null,
    withinMs: DEFAULT_DAYS_MS,
    ownMayVote: false,
  });
  return new Map([
    ['board', policy('board', 'The board')],
    ['technical', policy('technical', 'Technical look')],
  ]);
}

/** The clock of the first opening hours that were set. */
export function zoneOf({ calendars }: Pick<Directory, 'calendars'>): string {
  return calendars.values().next().value?.zone ?? 'UTC';
}
