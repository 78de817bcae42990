/**
 * The one way to change a record: what was answered before → load → readable → arguments → facts → decide → events,
 * record, text, projections → what follows → answer. It runs inside the store's transaction, one command after another; whatever it
 * throws takes back the whole command. A refusal is an answer, not an error: it is kept and told like any other.
 */
import type { InboxItem } from '@muster/documents';
import { deciderOf } from '@muster/domain';
import { canReadConfiguration } from '@muster/domain/configuration';
import {
  OFFLINE_TOLERANCE_MS,
  SYSTEM,
  SYSTEM_ACTOR,
  canRead,
  isRecordProcess,
  isTicketProcess,
  isUlid,
  itemsNamedBy,
  onCallIn,
} from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  CommandOutcome,
  Directory,
  Outcome,
  RecordId,
  Tell,
  Ticket,
  TicketAct,
  TicketEvent,
  TicketProcess,
  Verdict,
} from '@muster/domain/shared';
import { failpoint } from '@muster/sync/failpoint';
import type { Kysely } from 'kysely';
import { itemStandings } from '../store/record-items.ts';
import type { Database } from '../store/schema.ts';
import { readStoreSecret } from '../store/store-secret.ts';
import { refused } from './acts.ts';
import { ANNOUNCEMENT_PREFIX, AnnouncementCommands } from './announcements.ts';
import type { ChangeBook } from './changes/change-book.ts';
import { CHANGE_PREFIX, ChangeCommands } from './changes/change-commands.ts';
import { TEMPLATE_PREFIX, TemplateCommands } from './changes/template-commands.ts';
import { BOARD_PREFIX, BoardCommands } from './meetings/board-commands.ts';
import { CONFIGURATION_PREFIX, ConfigurationRulesCommands } from './configuration/rules-commands.ts';
import type { ConfigurationBook } from './configuration/configuration-book.ts';
import { ITEM_PREFIX, ItemCommands } from './configuration/item-commands.ts';
import { retirementsOvertaken } from './configuration/overtaken.ts';
import { RELATION_PREFIX, RelationCommands } from './configuration/relation-commands.ts';
import { linksFollowing } from './problems/merged-incidents.ts';
import { PROBLEM_PREFIX, ProblemCommands } from './problems/problem-commands.ts';
import { KNOWLEDGE_PREFIX, KnowledgeCommands } from './knowledge/knowledge-commands.ts';
import { MEETING_PREFIX, MeetingCommands } from './meetings/meeting-commands.ts';
import { sealedId } from './derived-id.ts';
import { isTakenElsewhere } from './owner-of-id.ts';
import { RELEASE_PREFIX, ReleaseCommands } from './releases/release-commands.ts';
import { alarmsFollowing } from './releases/alarms.ts';
import { SCHEDULE_PREFIX, ScheduleCommands } from './schedules.ts';
import { Eras } from './eras.ts';
import { Numbers } from './numbers.ts';
import { Outcomes } from './outcomes.ts';
import type { Projection, RecordChange } from './projection.ts';
import { commandsFollowing } from './reactions.ts';
import { RecordWriter } from './record-writer.ts';
import type { Records } from './records.ts';
import { INBOX_READ_ARGS, isTicketVerb, parseAct, parseArgs } from './schema/index.ts';
import type { Malformed } from './schema/index.ts';
import type { Events } from './events.ts';
import { unseenBy } from './unseen.ts';

export interface CommandTools {
  readonly db: Kysely<Database>;
  readonly records: Records;
  readonly events: Events;
  readonly directory: () => Promise<Directory>;
  readonly book: ChangeBook;
  readonly configuration: ConfigurationBook;
}

/** How far the chain of merges is followed for `decide`; rules forbid cycles, this bounds a damaged one. */
const MAX_MERGE_CHAIN = 50;

export class CommandPath {
  readonly #tools: CommandTools;
  readonly #projection: Projection;
  readonly #outcomes: Outcomes;
  readonly #numbers: Numbers;
  readonly #eras: Eras;
  readonly #writer: RecordWriter;
  readonly #announcements: AnnouncementCommands;
  readonly #schedules: ScheduleCommands;
  readonly #changes: ChangeCommands;
  readonly #templates: TemplateCommands;
  readonly #boards: BoardCommands;
  readonly #meetings: MeetingCommands;
  readonly #releases: ReleaseCommands;
  readonly #items: ItemCommands;
  readonly #relations: RelationCommands;
  readonly #configurationRules: ConfigurationRulesCommands;
  readonly #problems: ProblemCommands;
  readonly #knowledge: KnowledgeCommands;
  /** Of the act that runs, for what follows from it. */
  #now = 0;

  constructor(tools: CommandTools, projection: Projection) {
    this.#tools = tools;
    this.#projection = projection;
    this.#outcomes = new Outcomes(tools.db);
    this.#eras = new Eras(tools.db);
    this.#numbers = new Numbers(tools.db, this.#eras);
    this.#writer = new RecordWriter(tools, projection);
    this.#announcements = new AnnouncementCommands(tools, projection);
    this.#schedules = new ScheduleCommands(tools, projection);
    const parts = {
      ...tools,
      ...{ projection, eras: this.#eras, numbers: this.#numbers },
      run: (command: CommandEnvelope, actor: Actor) => this.run(command, actor, this.#now),
    };
    this.#changes = new ChangeCommands(parts);
    this.#templates = new TemplateCommands(parts);
    this.#boards = new BoardCommands(parts);
    this.#meetings = new MeetingCommands({
      ...parts,
      notePlans: (change, now) => this.#changes.notePlans(change, now),
    });
    this.#releases = new ReleaseCommands(parts);
    this.#items = new ItemCommands(parts);
    this.#relations = new RelationCommands(parts);
    this.#configurationRules = new ConfigurationRulesCommands(parts);
    this.#problems = new ProblemCommands(parts);
    this.#knowledge = new KnowledgeCommands(parts);
  }

  /** Runs one command for an actor; `now` is the server's time. */
  async run(command: CommandEnvelope, actor: Actor, now: number): Promise<CommandOutcome> {
    const { id } = command;
    this.#now = now;
    const fault = faultOf(command);
    if (fault !== null) return { id, ...refused({ code: 'command/malformed', ...fault }) };
    const before = await this.#outcomes.find(command, actor.id);
    if (before === 'others' && actor.id === SYSTEM) return this.#runSealed(command, now);
    if (before === 'others' || before === 'reused') return { id, ...refused({ code: 'command/id-reused' }) };
    if (before !== null) return { id, ...before };
    const outcome = await this.#answer(command, actor, now);
    await this.#outcomes.keep(command, actor.id, outcome, now);
    await this.#tellAuthor(command, actor, outcome, now);
    return { id, ...outcome };
  }

  /** Nobody keeps the product from what it does by using the id of it before. */
  async #runSealed(command: CommandEnvelope, now: number): Promise<CommandOutcome> {
    const id = sealedId(command.id, await readStoreSecret(this.#tools.db));
    return { ...(await this.run({ ...command, id }, SYSTEM_ACTOR, now)), id: command.id };
  }

  /** What the room of a change says now becomes known to the rules. */
  async notePlans(change: RecordId, now: number): Promise<void> {
    this.#now = now;
    await this.#changes.notePlans(change, now);
  }

  async #answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    if (command.type === 'inbox.read') return this.#readInbox(command, actor, now);
    if (command.type.startsWith(ANNOUNCEMENT_PREFIX)) return this.#announcements.answer(command, actor, now);
    if (command.type.startsWith(SCHEDULE_PREFIX)) return this.#schedules.answer(command, actor, now);
    if (command.type.startsWith(CHANGE_PREFIX)) return this.#changes.answer(command, actor, now);
    if (command.type.startsWith(TEMPLATE_PREFIX)) return this.#templates.answer(command, actor, now);
    if (command.type.startsWith(BOARD_PREFIX)) return this.#boards.answer(command, actor, now);
    if (command.type.startsWith(MEETING_PREFIX)) return this.#meetings.answer(command, actor, now);
    if (command.type.startsWith(RELEASE_PREFIX)) return this.#releases.answer(command, actor, now);
    if (command.type.startsWith(ITEM_PREFIX)) return this.#items.answer(command, actor, now);
    if (command.type.startsWith(RELATION_PREFIX)) return this.#relations.answer(command, actor, now);
    if (command.type.startsWith(CONFIGURATION_PREFIX))
      return this.#configurationRules.answer(command, actor, now);
    if (command.type.startsWith(PROBLEM_PREFIX)) return this.#problems.answer(command, actor, now);
    if (command.type.startsWith(KNOWLEDGE_PREFIX)) return this.#knowledge.answer(command, actor, now);
    const [process = '', verb = ''] = command.type.split('.', 2);
    if (!isTicketProcess(process) || !isTicketVerb(verb)) {
      return refused({ code: 'command/unknown-type', type: command.type });
    }
    const stored = await this.#tools.records.find(command.target);
    const ticket = stored?.ticket ?? null;
    const hidden = ticket !== null && (ticket.process !== process || !canRead(actor, ticket));
    const isTaken = ticket === null && (await isTakenElsewhere(this.#tools.db, command.target, 'record'));
    if (hidden || isTaken || (ticket === null && verb !== 'create')) {
      return refused({ code: `${process}/no-such-record`, record: command.target });
    }
    const act = parseAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    return this.#decide(process, ticket, act.value, command, actor, now);
  }

  async #decide(
    process: TicketProcess,
    ticket: Ticket | null,
    act: TicketAct,
    command: CommandEnvelope,
    actor: Actor,
    now: number,
  ): Promise<Outcome> {
    const decider = deciderOf(process);
    const asked = { process, ...act };
    const number = ticket === null ? await this.#numbers.forRecord(process, now, command) : null;
    const clientAt = Math.min(command.clientAt, now);
    const directory = await this.#tools.directory();
    const around = { events: this.#tools.events, eras: this.#eras };
    const verdict = decider.decide(ticket, asked, {
      actor,
      now,
      clientAt,
      target: command.target,
      since: ticket === null ? [] : await unseenBy<TicketEvent>(command, around),
      number: number?.text ?? null,
      directory,
      onCall: onCallIn(directory),
      // what its author may not read is not there
      itemStanding: await itemStandings(
        this.#tools.db,
        canReadConfiguration(actor) ? itemsNamedBy(act) : [],
        // no clock of a device names what was retired long ago
        Math.max(clientAt, now - OFFLINE_TOLERANCE_MS),
      ),
      related: await this.#related(decider.relatedTo(asked), actor),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, also = [], tell, superseded, leftOut } = verdict.value;
    if (superseded !== undefined) {
      await this.#tell(tell, command, process, now);
      return { outcome: 'superseded', ...superseded };
    }
    const acts = [{ target: command.target, events }, ...also].filter((each) => each.events.length > 0);
    const written = await this.#writer.write(acts, {
      command: command.id,
      actor: actor.id,
      at: now,
      clientAt,
    });
    if (number?.isNext === true) await this.#numbers.take(process, now);
    await this.#tell(tell, command, process, now);
    if (leftOut !== undefined) await this.#tellLeftOut(leftOut, command, actor, process, now);
    failpoint('command.reactions.before');
    await this.#react(written, now);
    failpoint('command.reactions.after');
    const after = written.find(({ after: { id } }) => id === command.target)?.after ?? ticket;
    const version = after?.version ?? 0;
    return ticket === null && after?.number != null
      ? { outcome: 'applied', version, number: after.number }
      : { outcome: 'applied', version };
  }

  /** The records that a command names and those they were merged into, as far as the actor may read them. */
  async #related(ids: readonly RecordId[], actor: Actor): Promise<ReadonlyMap<RecordId, Ticket>> {
    const related = new Map<RecordId, Ticket>();
    for (const id of ids) {
      let next: RecordId | null = id;
      for (let step = 0; next !== null && step < MAX_MERGE_CHAIN && !related.has(next); step += 1) {
        const found: Ticket | null = (await this.#tools.records.find(next))?.ticket ?? null;
        if (found === null || !canRead(actor, found)) break;
        related.set(found.id, found);
        next = found.mergedInto;
      }
    }
    return related;
  }

  /** Runs what follows, in the same transaction: nothing that was answered waits for a process that may die. */
  async #react(written: readonly RecordChange[], now: number): Promise<void> {
    const find = (ids: readonly RecordId[]) => this.#related(ids, SYSTEM_ACTOR);
    const secret = () => readStoreSecret(this.#tools.db);
    const commands = [
      ...(await commandsFollowing(written, find, this.#tools.directory, secret)),
      ...(await retirementsOvertaken(this.#tools.db, written, now)),
      ...(await linksFollowing(this.#tools.db, written)),
      ...(await alarmsFollowing(this.#tools.db, this.#tools.book, written, now)),
    ];
    for (const command of commands) await this.run(command, SYSTEM_ACTOR, now);
  }

  async #readInbox(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const args = parseArgs(INBOX_READ_ARGS, command.args);
    if (!args.ok) return refused({ code: 'command/malformed', ...args.refusal });
    await this.#projection.markRead(actor.id, args.value.items, now);
    return { outcome: 'applied', version: 0 };
  }

  async #tell(
    tell: readonly Tell[],
    command: CommandEnvelope,
    process: TicketProcess,
    now: number,
  ): Promise<void> {
    for (const [index, { person, kind, detail }] of tell.entries()) {
      const item: InboxItem = {
        id: `${command.id}:${index}`,
        at: now,
        kind,
        process,
        record: command.target,
        detail,
      };
      await this.#projection.tell(person, item);
    }
  }

  /** What of an act was not taken is told as if it had been an act of its own, which can be done again. */
  async #tellLeftOut(
    { act: { verb, ...args }, refusal }: NonNullable<Verdict<TicketEvent>['leftOut']>,
    { id, target }: CommandEnvelope,
    actor: Actor,
    process: TicketProcess,
    now: number,
  ): Promise<void> {
    if (actor.id === SYSTEM) return;
    const detail = { command: `${id}:left-out`, type: `${process}.${verb}`, args, refusal };
    await this.#projection.tell(actor.id, {
      ...{ id: `${id}:left-out`, at: now, kind: 'refused', process, record: target, detail },
    });
  }

  /** A person's other devices learn here what became of an act that did not go through. */
  async #tellAuthor(command: CommandEnvelope, actor: Actor, outcome: Outcome, now: number): Promise<void> {
    if (outcome.outcome === 'applied' || actor.id === SYSTEM) return;
    const { type, args, target } = command;
    const process = type.split('.', 1)[0] ?? '';
    const { outcome: kind, ...facts } = outcome;
    await this.#projection.tell(actor.id, {
      id: command.id,
      at: now,
      kind,
      process: isRecordProcess(process) ? process : null,
      record: target,
      detail: { command: command.id, type, args, ...facts },
    });
  }
}

/** What is wrong with the envelope itself. Such a command is answered and not kept: it may have no usable id. */
function faultOf({ id, type, target, basis, clientAt }: CommandEnvelope): Malformed | null {
  if (!isUlid(id)) return { path: 'id', problem: 'must be a ULID' };
  if (typeof type !== 'string') return { path: 'type', problem: 'must be a text' };
  if (!isUlid(target)) return { path: 'target', problem: 'must be a ULID' };
  if (!isCount(basis)) return { path: 'basis', problem: 'must be a whole number from 0' };
  if (!isCount(clientAt)) return { path: 'clientAt', problem: 'must be epoch milliseconds' };
  return null;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
