import { readAnnouncements, readReadings } from '@muster/documents';
import { decideAnnouncement, evolveAnnouncement, isInAudience, readingKey } from '@muster/domain/desk';
import type { Announcement, AnnouncementAct, AnnouncementFields } from '@muster/domain/desk';
import { commandId, recordId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, RecordId } from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type { Outbox } from '../connection/outbox.ts';
import type { Handle } from '../connection/shelf.ts';
import { Grains } from './grains.ts';
import type { AnnouncementRow, LiveAnnouncements, SentCommand } from './muster.ts';
import { outcomeHere, sendAct } from './send-act.ts';
import { WatchedDocument } from './watched-document.ts';

/**
 * What people are told: from the documents `notice`, everybody's and those of this person's teams, which every device
 * holds, also without a network. Drafts and what is for others are in none of them: authors ask the server. This
 * device's own acts are folded in by the server's own rules until what came of them is here.
 */
export class Announcements implements LiveAnnouncements {
  readonly #options: AnnouncementsOptions;
  readonly #grains = new Grains<'all'>();
  readonly #ulid = monotonicFactory();
  readonly #off: (() => void)[];
  readonly #notices = new Map<Handle, WatchedDocument>();
  readonly #inbox: WatchedDocument;
  #asked: readonly Announcement[] = [];
  /** As last asked for, by those who read the configuration: no document says what items one is of. */
  #whole: ReadonlyMap<RecordId, Announcement> | null = null;
  #all: readonly AnnouncementRow[] | null = null;
  #read: ReadonlySet<string> | null = null;

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
    this.#inbox = new WatchedDocument(() => this.#changed());
    this.#inbox.follow(options.inbox);
    this.#off = [
      options.outbox.onChange(() => this.#changed()),
      options.outbox.onAnswered(() => this.#answered()),
    ];
  }

  get all(): readonly AnnouncementRow[] {
    this.#grains.read('all');
    return this.#peek();
  }

  get mine(): readonly AnnouncementRow[] {
    this.#grains.read('all');
    const shown = new Set(this.#shown().map(({ id }) => id));
    const { teams } = this.#options.actor;
    const isOwn = (row: AnnouncementRow) => row.pending > 0 && isInAudience(row, teams);
    return this.#peek().filter((row) => shown.has(row.id) || isOwn(row));
  }

  get read(): ReadonlySet<string> {
    this.#grains.read('all');
    return (this.#read ??= this.#readings());
  }

  create(fields: AnnouncementFields): SentCommand {
    return this.run(recordId(this.#ulid(this.#options.now())), { verb: 'create', fields });
  }

  basisOf(target: RecordId): number {
    return this.#base().get(target)?.version ?? 0;
  }

  itemsOf(target: RecordId): readonly RecordId[] | null {
    const row = this.all.find(({ id }) => id === target);
    const confirmed = this.#base().get(target);
    const known = this.#whole?.get(target)?.version ?? 0;
    if (row === undefined || (confirmed !== undefined && known < confirmed.version)) return null;
    return row.items ?? [];
  }

  run(target: RecordId, act: AnnouncementAct, basis = this.basisOf(target)): SentCommand {
    const before = this.#peek().find(({ id }) => id === target) ?? null;
    const clientAt = this.#options.now();
    const outcome = outcomeHere(this.#decide(before, act, target, clientAt));
    const { verb, ...args } = act;
    const envelope: CommandEnvelope = {
      id: commandId(this.#ulid(clientAt)),
      type: `${PREFIX}${verb}`,
      ...{ target, args, basis, clientAt },
    };
    return sendAct(this.#options.outbox, envelope, this.#options.knowsOrganisation() ? outcome : null);
  }

  async refresh(): Promise<void> {
    const { permissions } = this.#options.actor;
    const isAuthor = permissions.has('desk.announce');
    if (!isAuthor && !permissions.has('configuration.read')) return;
    const answer = (await this.#options.request('/api/announcements')) as {
      readonly announcements: readonly Announcement[];
    };
    if (isAuthor) this.#asked = answer.announcements;
    if (permissions.has('configuration.read'))
      this.#whole = new Map(answer.announcements.map((each) => [each.id, each]));
    this.#changed();
  }

  follow(notices: readonly Handle[]): void {
    for (const [handle, watched] of this.#notices) {
      if (notices.includes(handle)) continue;
      this.#notices.delete(handle);
      watched.follow(undefined);
    }
    for (const handle of notices) {
      if (this.#notices.has(handle)) continue;
      const watched = new WatchedDocument(() => this.#noticed());
      this.#notices.set(handle, watched);
      watched.follow(handle);
    }
    this.#changed();
  }

  close(): void {
    for (const off of this.#off) off();
    for (const watched of this.#notices.values()) watched.follow(undefined);
    this.#inbox.follow(undefined);
  }

  #changed(): void {
    this.#all = null;
    this.#read = null;
    this.#grains.tell('all');
    this.#finishShown();
  }

  /** Whoever looks at items asks for those of what was changed since. */
  #noticed(): void {
    this.#changed();
    const isNewer = ({ id, version }: Announcement) => version > (this.#whole?.get(id)?.version ?? 0);
    if (this.#whole !== null && this.#shown().some(isNewer)) void this.refresh().catch(() => undefined);
  }

  /** Drafts change in no document: what came of an own act is asked for. */
  #answered(): void {
    const mine = this.#options.outbox.commands.some(({ envelope, applied }) => applied && isOurs(envelope));
    if (mine && this.#options.actor.permissions.has('desk.announce'))
      void this.refresh().catch(() => undefined);
    this.#changed();
  }

  #peek(): readonly AnnouncementRow[] {
    return (this.#all ??= this.#gather());
  }

  #gather(): readonly AnnouncementRow[] {
    const base = this.#base();
    const pending = Map.groupBy(
      this.#options.outbox.commands.filter(({ envelope }) => isOurs(envelope)),
      ({ envelope }) => envelope.target,
    );
    const rows = [...new Set([...base.keys(), ...pending.keys()])].flatMap((id): AnnouncementRow[] => {
      const confirmed = base.get(id) ?? null;
      const waiting = (pending.get(id) ?? []).filter(
        ({ applied }) => applied === null || applied.version > (confirmed?.version ?? 0),
      );
      const folded = waiting.reduce<Announcement | null>(
        (state, { envelope }) => this.#fold(state, envelope),
        confirmed,
      );
      const unsent = waiting.filter(({ applied }) => applied === null).length;
      return folded === null ? [] : [{ ...folded, pending: unsent }];
    });
    return rows.toSorted((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? 1 : -1));
  }

  /** The newest that is known of each without own acts. */
  #base(): ReadonlyMap<RecordId, Announcement> {
    const base = new Map(this.#asked.map((each) => [each.id, each]));
    for (const each of this.#shown()) {
      const items = this.#whole?.get(each.id)?.items;
      if (each.version >= (base.get(each.id)?.version ?? 0))
        base.set(each.id, items === undefined ? each : { ...each, items });
    }
    return base;
  }

  /** What is in a document that this person reads; twice where two of their teams are told. */
  #shown(): readonly Announcement[] {
    return [...this.#notices.values()].flatMap(({ doc }) =>
      doc === null ? [] : readAnnouncements(doc).announcements,
    );
  }

  #fold(state: Announcement | null, envelope: CommandEnvelope): Announcement | null {
    const { target, clientAt } = envelope;
    const act = announcementActOf(envelope);
    if (act === null) return state;
    const answer = this.#decide(state, act, target, clientAt);
    const by = { actor: this.#options.actor.id, at: clientAt };
    return answer.ok
      ? answer.value.events.reduce<Announcement | null>(
          (so, event) => evolveAnnouncement(so, event, by, target),
          state,
        )
      : state;
  }

  #decide(state: Announcement | null, act: AnnouncementAct, target: RecordId, now: number) {
    const { actor } = this.#options;
    const { services, teams } = this.#options.directory();
    return decideAnnouncement(state, act, { actor, now, target, since: [], services, teams });
  }

  #readings(): ReadonlySet<string> {
    const doc = this.#inbox.doc;
    const here = this.#options.outbox.commands.flatMap(({ envelope }) =>
      envelope.type === `${PREFIX}acknowledge`
        ? readingKey(envelope.target, (envelope.args as { readonly revision: number }).revision)
        : [],
    );
    return new Set([...(doc === null ? [] : readReadings(doc)), ...here]);
  }

  /** Lets go of own acts whose effect is here, or has had its time to come. */
  #finishShown(): void {
    const { outbox, deviceNow } = this.#options;
    const applied = outbox.commands.filter((each) => each.applied !== null && isOurs(each.envelope));
    if (applied.length === 0) return;
    const base = this.#base();
    const readHere = this.#inbox.doc === null ? new Set<string>() : readReadings(this.#inbox.doc);
    const done = applied.filter(({ envelope, applied: answer }) => {
      if (answer === null) return false;
      if (deviceNow() - answer.at > SHOWN_WITHIN_MS) return true;
      if (envelope.type !== `${PREFIX}acknowledge`)
        return (base.get(envelope.target)?.version ?? 0) >= answer.version;
      return readHere.has(
        readingKey(envelope.target, (envelope.args as { readonly revision: number }).revision),
      );
    });
    if (done.length > 0) outbox.finish(done.map(({ id }) => id));
  }
}

export interface AnnouncementsOptions {
  readonly actor: Actor;
  readonly inbox: Handle;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  readonly request: (path: string) => Promise<unknown>;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  /** The device's clock, epoch ms: answers are noted by it. */
  readonly deviceNow: () => number;
}

const PREFIX = 'announcement.';
const EVERYBODY = { audience: [] } as const;
const SHOWN_WITHIN_MS = 10_000;

function isOurs({ type }: Pick<CommandEnvelope, 'type'>): boolean {
  return type.startsWith(PREFIX);
}

/** The act inside an envelope; null when it is not about an announcement. */
export function announcementActOf(envelope: Pick<CommandEnvelope, 'type' | 'args'>): AnnouncementAct | null {
  if (!isOurs(envelope)) return null;
  // made by this client's own `run`, so of the shape that its types say
  const act = { ...(envelope.args as object), verb: envelope.type.slice(PREFIX.length) } as AnnouncementAct;
  // one that waits since before there were audiences names none
  return act.verb === 'create' ? { ...act, fields: { ...EVERYBODY, ...act.fields } } : act;
}
