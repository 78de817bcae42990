import type {
  CommandEnvelope,
  RecordId,
  RecordProcess,
  Ticket,
  TicketAct,
  TicketCommand,
} from '@muster/domain/shared';
import { isTicketProcess } from '@muster/domain/shared';
import type { Connection } from '../connection/connection.ts';
import type { StoredAttention, StoredRescue } from '../connection/local-schema.ts';
import { ticketCommandOf } from './anticipate.ts';
import type { TicketCommands } from './commands.ts';
import { Grains } from './grains.ts';
import { putBackOf } from './put-back.ts';
import type { PutBack } from './put-back.ts';
import type { LiveConfiguration } from './configuration/live-configuration.ts';
import type { LiveInbox } from './inbox.ts';
import type { LiveKnownErrors } from './knowledge/live-known-errors.ts';
import type { LiveProblems } from './problem/live-problems.ts';
import type { Attention, AttentionItem, DoneAgain, InboxItem, SentCommand } from './muster.ts';

/**
 * What asks for this person's eyes: acts of theirs that were refused or came too late, words that were not taken,
 * and what others did to what was theirs. Nothing leaves before the person says so.
 */
export class LiveAttention implements Attention {
  readonly #options: LiveAttentionOptions;
  readonly #grains = new Grains<'items'>();
  readonly #off: (() => void)[];
  #acts: readonly StoredAttention[] = [];
  #texts: readonly StoredRescue[] = [];
  #dismissed = new Set<string>();
  #items: readonly AttentionItem[] | null = null;

  constructor(options: LiveAttentionOptions) {
    this.#options = options;
    const { connection, inbox } = options;
    this.#off = [
      connection.outbox.onAnswered(() => void this.#refresh()),
      connection.setAside.onChange(() => void this.#refresh()),
      inbox.onChange(() => this.#changed()),
    ];
    void this.#refresh();
  }

  get items(): readonly AttentionItem[] {
    this.#grains.read('items');
    return (this.#items ??= this.#gather());
  }

  again(id: string): DoneAgain | null {
    const item = this.#peek().find((candidate) => candidate.id === id);
    const sent = item === undefined ? null : this.#sendAgain(item);
    // what the rules refuse at once stays where it is, as does what could not be reached
    sent?.kept.then(
      (answer) => {
        if (answer === 'kept' || answer.outcome === 'applied') this.dismiss(id);
      },
      () => undefined,
    );
    return sent;
  }

  dismiss(id: string): void {
    this.#dismissed.add(id);
    this.#changed();
    const told = this.#options.inbox.items.filter((item) => item.id === id || commandOf(item) === id);
    this.#options.inbox.markRead(told.map((item) => item.id));
    this.#options.connection.setAside.dismiss(id);
  }

  close(): void {
    for (const off of this.#off) off();
  }

  #peek(): readonly AttentionItem[] {
    return (this.#items ??= this.#gather());
  }

  #changed(): void {
    this.#items = null;
    this.#grains.tell('items');
  }

  /** Null for what is about no ticket, unless it was replaced: its page is where it is done again. */
  #sendAgain(item: AttentionItem): DoneAgain | null {
    const { process, record } = item;
    if (process === null || record === null) return null;
    // on top of the ticket as it stands by now
    const back: Partial<Pick<AttentionItem, 'act' | keyof PutBackParts>> =
      (item.kind === 'replaced' ? this.#putBack(item) : null) ?? item;
    if (back.act)
      return isTicketProcess(process) ? this.#options.commands.run(process, record, back.act) : null;
    if (item.kind !== 'replaced') return null;
    const { problem, error, item: edit } = back;
    const { parts } = this.#options;
    if (problem !== undefined) return once(parts.problem().then((live) => live.run(record, problem)));
    if (error !== undefined) return once(parts.error().then((live) => live.run(record, error)));
    return edit === undefined ? null : once(parts.item().then((live) => live.runItem(record, edit)));
  }

  #putBack(item: Pick<AttentionItem, 'process' | 'record' | 'detail'>): PutBack | null {
    return putBackOf(item, item.record === null ? undefined : this.#options.ticketOf(item.record));
  }

  async #refresh(): Promise<void> {
    const { acts, texts } = await this.#options.connection.setAside.read();
    this.#acts = acts;
    this.#texts = texts;
    this.#changed();
  }

  #gather(): readonly AttentionItem[] {
    const own = this.#acts.flatMap((act) => itemOfStored(act) ?? []);
    const known = new Set(own.map((item) => item.id));
    const told = this.#options.inbox.items.flatMap((item) => {
      const command = commandOf(item);
      if (item.read || (command !== null && known.has(command))) return [];
      const told = itemOfInbox(item);
      if (told === null) return [];
      return told.kind === 'replaced' ? { ...told, ...this.#putBack(told) } : told;
    });
    return [...own, ...this.#texts.map(itemOfText), ...told]
      .filter((item) => !this.#dismissed.has(item.id))
      .toSorted((a, b) => b.at - a.at);
  }
}

/** What puts back values of what is no ticket, each fetched when it is needed. */
export interface PutBackParts {
  readonly problem: () => Promise<Pick<LiveProblems, 'run'>>;
  readonly error: () => Promise<Pick<LiveKnownErrors, 'run'>>;
  readonly item: () => Promise<Pick<LiveConfiguration, 'runItem'>>;
}

export interface LiveAttentionOptions {
  readonly connection: Pick<Connection, 'outbox' | 'setAside'>;
  readonly inbox: LiveInbox;
  readonly commands: Pick<TicketCommands, 'run'>;
  readonly parts: PutBackParts;
  /** The ticket as it stands here, without subscribing. */
  readonly ticketOf: (id: RecordId) => Ticket | undefined;
}

/** An act whose part is being fetched. */
function once(sending: Promise<SentCommand>): DoneAgain {
  const settled = sending.then((sent) => sent.settled);
  // whoever waits for it being kept is told
  settled.catch(() => undefined);
  return { kept: sending.then((sent) => sent.kept), settled };
}

function itemOfStored({ id, at, envelope, outcome }: StoredAttention): AttentionItem | null {
  const facts = outcome.outcome === 'refused' ? outcome.refusal : { ...outcome.by, reason: outcome.reason };
  return itemOfAct({ id, at, kind: outcome.outcome, record: envelope.target, detail: facts }, envelope);
}

/** Null for what is no loss: marking something read. */
function itemOfAct(
  told: Pick<AttentionItem, 'id' | 'at' | 'kind' | 'record' | 'detail'>,
  envelope: Pick<CommandEnvelope, 'type' | 'args'>,
): AttentionItem | null {
  const command = ticketCommandOf(envelope);
  const act = command ? actOf(command) : null;
  const others = otherActs(envelope);
  if (act === null && others === null) return null;
  const kept = act ? keptOf(act) : wordsIn(others).join('\n\n') || null;
  return { ...told, process: command?.process ?? null, act, ...others, kept };
}

/** What acts on other things than tickets are about: the last word of the first part of their type. */
const OTHERS =
  /^(?:change-|known-)?(announcement|schedule|release|change|template|board|meeting|error|problem|item|relation)\./;

type OtherActs = Pick<
  AttentionItem,
  | 'announcement'
  | 'schedule'
  | 'release'
  | 'change'
  | 'template'
  | 'board'
  | 'meeting'
  | 'error'
  | 'problem'
  | 'item'
  | 'relation'
>;

/** The act of an envelope that is about no ticket; null for one that is, and for what is no loss. */
function otherActs({ type, args }: Pick<CommandEnvelope, 'type' | 'args'>): OtherActs | null {
  const kind = OTHERS.exec(type)?.[1];
  if (kind === undefined || type === 'announcement.acknowledge') return null;
  // made by this person's own devices, so of the shape that its type says
  return { [kind]: { ...(args as object), verb: type.split('.')[1] } } as OtherActs;
}

const WORDS =
  /^(?:title|name|message|text|backout|rollback|note|reason|symptom|workaround|fix|evidence|cause|comment)$/;

/** The words of an act on something else than a ticket that would be lost with it, wherever they are in it. */
function wordsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return value !== '' && WORDS.test(key) ? [value] : [];
  return Object.entries(value ?? {}).flatMap(([name, each]) =>
    // a plan is known by its own name
    wordsIn(each, key === 'plans' ? 'text' : name),
  );
}

function itemOfText({ id, at, record, text, reason, document }: StoredRescue): AttentionItem {
  return {
    id,
    at,
    kind: 'rejected-text',
    record,
    process: null,
    act: null,
    detail: { reason, document },
    kept: text,
  };
}

function itemOfInbox(item: InboxItem): AttentionItem | null {
  const { id, at, record, detail, kind } = item;
  switch (kind) {
    case 'replaced':
    case 'handover-requested':
      return {
        id,
        at,
        kind,
        record,
        process: processOf(item),
        act: null,
        detail,
        kept: replacedValue(detail),
      };
    case 'refused':
    case 'superseded': {
      // tried on another device of this person, so the act comes with the news
      const { type, args } = detail;
      if (typeof type !== 'string') return null;
      const facts =
        kind === 'refused' ? detail['refusal'] : { ...(detail['by'] as object), reason: detail['reason'] };
      return itemOfAct({ id, at, kind, record, detail: facts as AttentionItem['detail'] }, { type, args });
    }
    default:
      return null;
  }
}

function actOf({ process: _process, ...act }: TicketCommand): TicketAct {
  return act;
}

function processOf(item: InboxItem): RecordProcess | null {
  return (item as InboxItem & { readonly process?: RecordProcess | null }).process ?? null;
}

/** The id of the command that an inbox item answers; null when it answers none. */
function commandOf(item: InboxItem): string | null {
  const command = item.detail['command'];
  return typeof command === 'string' ? command : null;
}

/** The words of an act that would be lost with it. */
export function keptOf(act: TicketAct): string | null {
  switch (act.verb) {
    case 'reply':
    case 'comment':
      return act.text;
    case 'create':
      return [act.title, act.description].filter((text) => text !== '').join('\n\n');
    case 'request-handover':
      return act.note === '' ? null : act.note;
    case 'transition':
      return [act.reason, act.notes].filter(Boolean).join('\n') || null;
    case 'assign':
    case 'override-priority':
      return act.reason || null;
    case 'edit':
      return Object.entries(act.fields)
        .map(([field, value]) => `${field}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
        .join('\n');
    default:
      return null;
  }
}

function replacedValue(detail: Readonly<Record<string, unknown>>): string | null {
  const value = detail['value'];
  return typeof value === 'string' && value !== '' ? value : null;
}
