/**
 * Makes the planned values of a change so, when it is closed as a success: by the commands that people have, in the
 * transaction of that step, as the system and with the change as their cause. What becomes of each is noted on the
 * change, which tells its owner what was kept.
 */
import type { Change, ChangeEvent, ValueOutcome } from '@muster/domain/change';
import { plannedKey } from '@muster/domain/change';
import { isRetired } from '@muster/domain/configuration';
import type { ConfigurationItem } from '@muster/domain/configuration';
import { appliesValues, courseOfValues, singly, surroundingsOfValues } from '@muster/domain/flows';
import type { PlannedAttempt, PlannedSurroundings } from '@muster/domain/flows';
import { SYSTEM_ACTOR, recordId } from '@muster/domain/shared';
import type {
  CommandOutcome,
  ItemId,
  RecordId,
  Recorded,
  RefusalContent,
  ServiceId,
} from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import { itemOf } from '../../store/configuration.ts';
import { readJoinedItems } from '../../store/joined-items.ts';
import type { Database } from '../../store/schema.ts';
import { readStoreSecret } from '../../store/store-secret.ts';
import type { ActParts } from '../acts.ts';
import { derivedCommandId, sealedId } from '../derived-id.ts';
import { mayBeClear, touchedBy } from './what-cleared.ts';

export async function applyPlannedValues(
  parts: ActParts,
  change: Change,
  recorded: Recorded<ChangeEvent>,
): Promise<void> {
  if (!appliesValues(change, recorded.event)) return;
  const { services } = await parts.directory();
  const around = await readSurroundings(parts.db, change, (id) => services.has(id as ServiceId));
  const { attempts, settled } = courseOfValues(change, around);
  const applying = new Applying(parts, change, recorded, around, await readStoreSecret(parts.db));
  const outcomes = await applying.all(attempts);
  await applying.note(inOrder(change, [...settled, ...outcomes]));
}

async function readSurroundings(
  db: Kysely<Database>,
  change: Change,
  isService: (id: ItemId) => boolean,
): Promise<PlannedSurroundings> {
  const { items, relations } = surroundingsOfValues(change);
  const joined = await readJoinedItems(db);
  const stayingOf = (id: ItemId): ItemId => joined.get(id) ?? id;
  const rows = await db
    .selectFrom('configuration_item')
    .select('data')
    .where('id', 'in', [...new Set(['', ...items, ...items.map(stayingOf)])])
    .execute();
  return {
    items: new Map(rows.map(itemOf).map((item): [ItemId, ConfigurationItem] => [item.id, item])),
    isService,
    standing: await readStanding(db, relations, stayingOf),
    stayingOf,
  };
}

/** Relations that are planned to be removed and stand: as themselves, or as what joining made of them. */
async function readStanding(
  db: Kysely<Database>,
  planned: readonly RecordId[],
  stayingOf: (id: ItemId) => ItemId,
): Promise<ReadonlyMap<RecordId, RecordId>> {
  const rows = await db
    .selectFrom('configuration_relation')
    .selectAll()
    .where('id', 'in', [...planned, ''])
    .execute();
  const standing = new Map<RecordId, RecordId>();
  for (const row of rows) {
    const last = await lastOf(db, row, stayingOf);
    if (last.until === null) standing.set(recordId(row.id), recordId(last.id));
  }
  return standing;
}

type RelationRow = Selectable<Database['configuration_relation']>;

/** Joining ends a relation and makes it anew with the item that stays, at the same moment; dropped ones it only ends. */
async function lastOf(
  db: Kysely<Database>,
  row: RelationRow,
  stayingOf: (id: ItemId) => ItemId,
): Promise<RelationRow> {
  const isSame = (one: string, other: string): boolean =>
    stayingOf(one as ItemId) === stayingOf(other as ItemId);
  let last = row;
  for (const seen = new Set<string>(); last.until !== null && !seen.has(last.id);) {
    seen.add(last.id);
    const made = await db
      .selectFrom('configuration_relation')
      .selectAll()
      .where('type', '=', last.type)
      .where('since', '=', last.until)
      .execute();
    const { from_item: from, to_item: to } = last;
    last = made.find((each) => isSame(each.from_item, from) && isSame(each.to_item, to)) ?? last;
  }
  return last;
}

/** What came of a command in one round. */
interface Tried {
  readonly attempt: PlannedAttempt;
  readonly isRefused: boolean;
  readonly why: RefusalContent | null;
  readonly outcomes: readonly ValueOutcome[];
}

class Applying {
  readonly #parts: ActParts;
  readonly #change: Change;
  readonly #recorded: Recorded<ChangeEvent>;
  readonly #around: PlannedSurroundings;
  readonly #secret: string;

  constructor(
    parts: ActParts,
    change: Change,
    recorded: Recorded<ChangeEvent>,
    around: PlannedSurroundings,
    secret: string,
  ) {
    this.#parts = parts;
    this.#change = change;
    this.#recorded = recorded;
    this.#around = around;
    this.#secret = secret;
  }

  /**
   * What stands in the way of one value another may clear out of it, as when an address passes on: what was refused is
   * tried again once something is applied that may have cleared its way, and only what became of it in the end is told.
   */
  async all(attempts: readonly PlannedAttempt[]): Promise<readonly ValueOutcome[]> {
    const outcomes: ValueOutcome[] = [];
    let refused: Tried[] = [];
    let ready = attempts.map((attempt): Tried => ({ attempt, isRefused: true, why: null, outcomes: [] }));
    for (let round = 0; ready.length > 0; round += 1) {
      const tried: Tried[] = [];
      for (const each of ready) {
        // asked at its turn: the round itself may have retired it
        const takes = round === 0 || (await this.#takes(each.attempt));
        tried.push(...(takes ? await this.#try(each.attempt, round) : [each]));
      }
      const applied = tried.filter(({ isRefused }) => !isRefused);
      outcomes.push(...applied.flatMap((each) => each.outcomes));
      refused.push(...tried.filter(({ isRefused }) => isRefused));
      const touched = touchedBy(applied.map(({ attempt }) => attempt));
      const isReady = ({ attempt, why }: Tried): boolean => mayBeClear(attempt, why, touched);
      ready = refused.filter(isReady);
      refused = refused.filter((each) => !isReady(each));
    }
    return [...outcomes, ...refused.flatMap((each) => each.outcomes)];
  }

  /** What the change has retired by now takes no values any more, though nothing would stand in their way. */
  async #takes({ type, target }: PlannedAttempt): Promise<boolean> {
    if (type !== 'item.edit' || target === null) return true;
    const [was, is] = [this.#around.items.get(target), await this.#itemOf(target)];
    const isGone = (item: ConfigurationItem | null | undefined) => item != null && isRetired(item.state);
    return isGone(was) || !isGone(is);
  }

  async #try(attempt: PlannedAttempt, round: number): Promise<readonly Tried[]> {
    const outcome = await this.#run(attempt, round);
    if (outcome.outcome === 'applied')
      return [{ attempt, isRefused: false, why: null, outcomes: await this.#asApplied(attempt) }];
    const alone = singly(attempt, this.#change, this.#around);
    if (alone.length === 0) {
      const why = outcome.outcome === 'refused' ? outcome.refusal : null;
      const outcomes = attempt.values.map((value) => ({
        key: plannedKey(value),
        fate: 'kept' as const,
        why,
      }));
      return [{ attempt, isRefused: true, why, outcomes }];
    }
    const tried: Tried[] = [];
    for (const each of alone) tried.push(...(await this.#try(each, round)));
    return tried;
  }

  async note(outcomes: readonly ValueOutcome[]): Promise<void> {
    const { id, version } = this.#change;
    await this.#send('change.note-values', id, { outcomes }, 'values', version);
  }

  /** A retirement may wait for whoever answers for the item, because open incidents name it. */
  async #asApplied({ type, target, values }: PlannedAttempt): Promise<readonly ValueOutcome[]> {
    const after = type === 'item.step' && target !== null ? await this.#itemOf(target) : null;
    return values.map((value) => ({
      key: plannedKey(value),
      fate: after !== null && value.kind === 'step' && after.state !== value.to ? 'waits' : 'applied',
      why: null,
    }));
  }

  /** A command that was refused stays so: trying again is another one. */
  async #run({ type, target, args, values }: PlannedAttempt, round: number): Promise<CommandOutcome> {
    const part = `${type}:${values.map(plannedKey).join('|')}`;
    const basis = target === null ? 0 : ((await this.#itemOf(target))?.version ?? 0);
    const again = round === 0 ? '' : `:again-${round}`;
    return this.#send(type, target ?? this.#newId(part), args, `${part}${again}`, basis);
  }

  /** Nobody can make a relation by the id that this one will have. */
  #newId(part: string): RecordId {
    return recordId(sealedId(this.#derive(`${part}:new`), this.#secret));
  }

  #derive(part: string) {
    const { version, at } = this.#recorded;
    return derivedCommandId(`event:${this.#change.id}:${version}:${part}`, at);
  }

  async #send(
    type: string,
    target: RecordId,
    args: object,
    part: string,
    basis: number,
  ): Promise<CommandOutcome> {
    const { at: clientAt } = this.#recorded;
    const command = { id: this.#derive(part), type, target, args, basis, clientAt };
    return this.#parts.run(command, SYSTEM_ACTOR);
  }

  async #itemOf(id: RecordId): Promise<ConfigurationItem | null> {
    const { db } = this.#parts;
    const row = await db
      .selectFrom('configuration_item')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : itemOf(row);
  }
}

/** As they were planned, whatever came first. */
function inOrder({ values }: Change, outcomes: readonly ValueOutcome[]): readonly ValueOutcome[] {
  const byKey = new Map(outcomes.map((outcome) => [outcome.key, outcome]));
  return values.flatMap((value) => byKey.get(plannedKey(value)) ?? []);
}
