/**
 * Works off what was taken from monitoring systems, a few alerts a transaction: what changed of the episodes, what that
 * does to their incident, and how far the payload is done, all kept together or not at all. So each payload counts
 * once however often the process dies, and people's commands get their turn between two pieces.
 */
import {
  answerEnded,
  answerFired,
  isOutgrown,
  isSilent,
  labelsOf,
  openingOf,
  raisingOf,
  readReport,
  reopeningOf,
  resolvingOf,
  stormOf,
} from '@muster/domain/incident';
import type { AlertSource, ReportRead } from '@muster/domain/incident';
import { MOST_NAMED, SYSTEM_ACTOR, TERMINAL_STATES, personId, recordId } from '@muster/domain/shared';
import type {
  AlertChange,
  AlertStance,
  CommandOutcome,
  Directory,
  RecordId,
  TeamId,
  Ticket,
  TicketAct,
} from '@muster/domain/shared';
import { derivedCommandId, sealedId } from '../../../commands/derived-id.ts';
import type { CommandPath } from '../../../commands/path.ts';
import type { Records } from '../../../commands/records.ts';
import type { AlertPiece } from '../../alerts.ts';
import type { AlertTables } from './alert-tables.ts';
import type { GroupOf } from './alert-tables.ts';
import { GroupPiece, withFiring } from './group-piece.ts';

const MINUTE_MS = 60_000;
/** Between two notes about alerts in one incident's history, unless something else happens to it. */
const NOTE_EVERY_MS = 30_000;
const NOTES_AT_ONCE = 10;
const MAX_MERGES = 50;

const NOTHING: AlertPiece = { worked: 0, episodes: 0, folded: 0, more: false };

export interface AlertTools {
  readonly records: Records;
  readonly directory: () => Promise<Directory>;
}

export class AlertWork {
  readonly #tables: AlertTables;
  readonly #records: Records;
  readonly #tools: AlertTools;
  readonly #path: CommandPath;
  readonly #now: number;

  constructor(tables: AlertTables, tools: AlertTools, path: CommandPath, now: number) {
    this.#tables = tables;
    this.#records = tools.records;
    this.#tools = tools;
    this.#path = path;
    this.#now = now;
  }

  /**
   * One piece: up to `limit` alerts of the oldest payload, or, when none waits, what a silence kept that is over, and
   * then what histories have not been told.
   */
  async run(limit: number): Promise<AlertPiece> {
    const row = this.#tables.nextIntake();
    if (row === undefined) return (await this.#answerKept()) ?? (await this.#tellDue());
    const integration = this.#tables.integration(row.integration);
    if (integration === undefined) {
      this.#tables.finish(row.seq);
      return { ...NOTHING, more: true };
    }
    const piece = new GroupPiece(this.#tables, row, integration, this.#now);
    const { fired, ended, isLast } = piece.fold(limit);
    let folded = 0;
    if (fired > 0) folded = await this.#answerFired(piece);
    else if (piece.isRelabelled) await this.#raiseFiring(piece);
    if (piece.isAcknowledged) await this.#acknowledge(piece);
    if (isLast && ended > 0) await this.#answerEnded(piece);
    this.#tables.count(integration.id, fired, folded);
    if (isLast) this.#tables.finish(row.seq);
    else this.#tables.advance(row.seq, piece.doneAfter, ended);
    return { worked: piece.size, episodes: fired, folded, more: true };
  }

  /** Where a group's alerts go, after merges; what was merged moves with its alerts. */
  async #incidentOf(group: GroupOf): Promise<Ticket | null> {
    const first = this.#tables.group(group)?.record ?? null;
    let incident: Ticket | null = null;
    let next = first;
    for (let step = 0; next !== null && step < MAX_MERGES; step += 1) {
      const found: Ticket | null = (await this.#records.find(next))?.ticket ?? null;
      if (found === null) break;
      incident = found;
      next = found.mergedInto;
    }
    if (incident !== null && first !== null && incident.id !== first) this.#tables.move(first, incident.id);
    return incident;
  }

  /** How many groups went to a storm: one or none. */
  async #answerFired(piece: GroupPiece): Promise<number> {
    const { group, numbers, firedAt } = piece;
    const before = await this.#incidentOf(group);
    const silencedUntil = before === null ? null : this.#tables.silencedUntil(before.id);
    const answer = answerFired(before, { now: this.#now, firedAt, numbers, silencedUntil });
    if (answer.does === 'keep') piece.keep();
    else this.#tables.letGo(group, answer.does === 'open');
    if (answer.does === 'open' || before === null) return await this.#open(piece, before);
    this.#tables.assign(group, before.id);
    if (answer.does === 'reopen') {
      const done = await this.#act(piece, before, 'reopen', reopeningOf(piece.source.name));
      if (done) await this.#raise(piece, before.id);
      await this.#note(before.id, piece.source, 'fired', done ? null : 'refused', true);
      if (done && before.team !== null) await this.#call(piece, before, before.team);
    } else if (answer.does === 'note') {
      await this.#raise(piece, before.id);
      await this.#note(before.id, piece.source, 'fired', answer.stance, false);
    }
    return 0;
  }

  /** Answers the next group that fired under a silence which is over by now; null where none did. */
  async #answerKept(): Promise<AlertPiece | null> {
    for (const group of this.#tables.keptGroups()) {
      const incident = await this.#incidentOf(group);
      const silencedUntil = incident === null ? null : this.#tables.silencedUntil(incident.id);
      if (isSilent(silencedUntil, this.#now)) continue;
      return await this.#answerSilenced(group);
    }
    return null;
  }

  async #answerSilenced(group: GroupOf): Promise<AlertPiece> {
    const kept = this.#tables.kept(group);
    const integration = this.#tables.integration(group.integration);
    const firing = kept === undefined ? [] : this.#tables.firingSince(group, kept.received_at);
    const [first] = firing;
    if (kept === undefined || integration === undefined || first === undefined) {
      this.#tables.letGo(group, false);
      return { ...NOTHING, more: true };
    }
    const row = { ...kept, report: withFiring(kept.report, firing) };
    const piece = new GroupPiece(this.#tables, row, integration, first.received_at);
    const folded = await this.#answerFired(piece);
    this.#tables.count(integration.id, 0, folded);
    return { ...NOTHING, folded, more: true };
  }

  async #open(piece: GroupPiece, before: Ticket | null): Promise<number> {
    const storm = this.#stormOf(piece);
    const under = storm === null ? null : await this.#openStorm(piece.source, storm);
    if (under !== null) {
      this.#tables.assign(piece.group, under.id);
      if (this.#isSilenced(under)) piece.keep();
      else {
        await this.#raise(piece, under.id);
        await this.#note(under.id, piece.source, 'fired', null, false);
      }
      return 1;
    }
    const made = await this.#make(piece, storm);
    if (made === null) return 0;
    this.#tables.assign(piece.group, made);
    if (storm !== null) this.#tables.setStorm(piece.integration.id, storm, made);
    else if (before !== null) await this.#relate(piece, made, before.id);
    await this.#note(made, piece.source, 'fired', null, true);
    return storm === null ? 0 : 1;
  }

  #stormOf({ group, integration, numbers, report }: GroupPiece): string | null {
    const labels = labelsOf(report);
    const { stormLabels, stormLabelGroups, stormGroups, stormMinutes } = numbers;
    const shared = stormLabels.flatMap((label) => {
      const value = labels[label];
      return value === undefined ? [] : [[label, value] as const];
    });
    this.#tables.openGroup(group, report, shared, this.#now);
    const since = this.#now - stormMinutes * MINUTE_MS;
    const recent = {
      all: this.#tables.groupsSince(integration.id, since, stormGroups),
      sharing: (label: string, value: string) =>
        this.#tables.groupsSharing(integration.id, label, value, since, stormLabelGroups),
    };
    return stormOf(labels, recent, numbers);
  }

  /** The incident of a storm while it is worked on; what is over takes no more in. */
  async #openStorm(source: AlertSource, storm: string): Promise<Ticket | null> {
    const record = this.#tables.storm(source.person, storm);
    if (record === null) return null;
    const ticket = (await this.#records.find(record))?.ticket ?? null;
    return ticket === null || ticket.state === 'resolved' || TERMINAL_STATES.has(ticket.state)
      ? null
      : ticket;
  }

  async #make(piece: GroupPiece, storm: string | null): Promise<RecordId | null> {
    const derived = derivedCommandId(piece.derive('record'), piece.receivedAt);
    const id = recordId(sealedId(derived, this.#tables.storeSecret));
    const act = openingOf(piece.source, piece.report, await this.#read(piece), storm);
    return (await this.#run(piece.derive('create'), id, act, 0)) ? id : null;
  }

  async #read({ report, source }: GroupPiece): Promise<ReportRead> {
    const { services } = await this.#tools.directory();
    return readReport(report, source.mapping, source.service, services);
  }

  /** Raises an incident to the worst that fires now. */
  async #raise(piece: GroupPiece, record: RecordId): Promise<void> {
    const incident = (await this.#records.find(record))?.ticket;
    const read = await this.#read(piece);
    if (incident === undefined || !isOutgrown(incident, read)) return;
    const act = raisingOf(incident, this.#tables.edits(record), read);
    if (act !== null) await this.#act(piece, incident, 'raise', act);
  }

  /** What fires already may be worse by now. */
  async #raiseFiring(piece: GroupPiece): Promise<void> {
    const incident = await this.#incidentOf(piece.group);
    if (incident !== null && !this.#isSilenced(incident)) await this.#raise(piece, incident.id);
  }

  #isSilenced({ id }: Ticket): boolean {
    return isSilent(this.#tables.silencedUntil(id), this.#now);
  }

  async #relate(piece: GroupPiece, made: RecordId, before: RecordId): Promise<void> {
    const { version = 0 } = (await this.#records.find(made))?.ticket ?? {};
    const act: TicketAct = { verb: 'link', kind: 'related', target: before };
    await this.#run(piece.derive('relate'), made, act, version);
  }

  async #answerEnded(piece: GroupPiece): Promise<void> {
    const incident = await this.#incidentOf(piece.group);
    if (incident === null) return;
    const firing = this.#tables.firing(incident.id);
    const silencedUntil = this.#tables.silencedUntil(incident.id);
    const answer = answerEnded(incident, firing, { now: this.#now, silencedUntil });
    if (answer.does === 'keep') return;
    if (answer.does === 'note')
      return await this.#note(incident.id, piece.source, 'resolved', answer.stance, firing === 0);
    await this.#note(incident.id, piece.source, 'resolved', null, true);
    const steps = resolvingOf(incident, piece.source.name, this.#tables.total(incident.id));
    for (const [at, step] of steps.entries()) {
      if (await this.#act(piece, incident, `resolve-${at}`, step)) continue;
      return await this.#note(incident.id, piece.source, 'resolved', 'refused', true);
    }
  }

  async #acknowledge(piece: GroupPiece): Promise<void> {
    const incident = await this.#incidentOf(piece.group);
    if (incident !== null) await this.#act(piece, incident, 'acknowledge', { verb: 'acknowledge-alerts' });
  }

  /** Calls the team of an incident that fires again, as one that is made does; refused where it has no chain. */
  async #call(piece: GroupPiece, incident: Ticket, team: TeamId): Promise<void> {
    await this.#act(piece, incident, 'call', { verb: 'begin-call', team, cause: 'alert' });
  }

  /** Runs an act on an incident as it stands now; whether it was applied. */
  async #act(piece: GroupPiece, { id }: Ticket, part: string, act: TicketAct): Promise<boolean> {
    const { version = 0 } = (await this.#records.find(id))?.ticket ?? {};
    return await this.#run(piece.derive(part), id, act, version);
  }

  async #run(cause: string, target: RecordId, { verb, ...args }: TicketAct, basis: number): Promise<boolean> {
    const command = {
      id: derivedCommandId(cause, this.#now),
      type: `incident.${verb}`,
      target,
      args,
      basis,
      clientAt: this.#now,
    };
    const { outcome }: CommandOutcome = await this.#path.run(command, SYSTEM_ACTOR, this.#now);
    return outcome === 'applied';
  }

  /** Tells an incident's history how its alerts stand, at once or with what comes in the next half minute. */
  async #note(
    record: RecordId,
    source: Pick<AlertSource, 'person' | 'name'>,
    change: AlertChange,
    stance: AlertStance | null,
    atOnce: boolean,
  ): Promise<void> {
    const last = this.#tables.note(record);
    const isSoon = last !== undefined && this.#now - last.noted_at < NOTE_EVERY_MS;
    if (isSoon && !atOnce) {
      this.#tables.keepNote(record, source.person, last.noted_at, change, stance);
      return;
    }
    const stored = (await this.#records.find(record))?.ticket;
    if (stored === undefined) return;
    const act: TicketAct = {
      verb: 'note-alerts',
      change,
      source: source.name,
      firing: this.#tables.firing(record),
      total: this.#tables.total(record),
      untold: this.#tables.untold(record),
      named: this.#tables.firingNames(record, MOST_NAMED),
      stance,
    };
    await this.#run(`alert-note:${record}:${stored.version}`, record, act, stored.version);
    this.#tables.keepNote(record, source.person, this.#now, null, null);
  }

  async #tellDue(): Promise<AlertPiece> {
    const due = this.#tables.dueNotes(this.#now - NOTE_EVERY_MS, NOTES_AT_ONCE);
    for (const { record, integration, change, stance } of due) {
      const name = this.#tables.integration(integration)?.name ?? '';
      this.#tables.keepNote(record, integration, this.#now, null, null);
      await this.#note(record, { person: personId(integration), name }, change ?? 'fired', stance, true);
    }
    return { ...NOTHING, more: due.length === NOTES_AT_ONCE };
  }
}
