import { journalName, roomName } from '@muster/documents';
import type { ProseRoot } from '@muster/documents';
import type { Actor, ItemId, Permission, RecordId } from '@muster/domain/shared';
import type { Api } from '../connection/api.ts';
import { openApi } from '../connection/api.ts';
import { openChannelTransport, socketUrl } from '../connection/channel-transport.ts';
import { Connection } from '../connection/connection.ts';
import type { Session } from '../connection/session.ts';
import type { Transport } from '../connection/transport.ts';
import type { Surroundings } from './anticipate.ts';
import { Announcements } from './announcements.ts';
import { LiveAttention } from './attention.ts';
import { ServerClock } from './clock.ts';
import { TicketCommands } from './commands.ts';
import { LiveDrafts } from './drafts.ts';
import { FirstRows } from './first-rows.ts';
import { History } from './history.ts';
import { LiveInbox } from './inbox.ts';
import type { LiveTimeline } from './live-timeline.ts';
import type { LiveHistory, LiveRoom, Me, Muster } from './muster.ts';
import { People } from './people.ts';
import { OnDemand } from './on-demand.ts';
import { Prefetch } from './prefetch.ts';
import { restorationOf } from './restoration.ts';
import { LivePresence } from './presence.ts';
import { Room } from './room.ts';
import { LiveSaving } from './saving.ts';
import { shownBy } from './shown-by.ts';
import type { OnDemandPart } from './shown-by.ts';
import { Tickets } from './tickets.ts';
import { Timeline } from './timeline.ts';
import type { Surface } from './surface.ts';
import { pageSurface } from './surface.ts';
import { painted } from './changes.ts';

const OPEN_STATES: ReadonlySet<string> = new Set(['new', 'in_progress', 'on_hold']);

/** What the signed-in layout holds: the living state, and what signing out needs. */
export interface OpenMuster extends Muster {
  /** Acts and documents that only this device holds; asked before signing out. */
  unsent(): number;
  /** Why the server speaks no more with this page; null while it does. Subscribes. */
  readonly refused: 'session-ended' | 'client-too-old' | null;
  /** Lets go of everything; the local copy stays. */
  close(): Promise<void>;
  /** Lets go, and takes everything of this person off this device. */
  forget(): Promise<void>;
}

/**
 * Opens the living state of a person: first from the local copy, then from the server, by itself.
 * Returns at once; `tickets.loaded` tells when there is something to show.
 */
export function openMuster(session: Session, options: OpenMusterOptions = {}): OpenMuster {
  const { person, permissions } = session;
  const surface = options.surface ?? pageSurface();
  const api = options.api ?? openApi();
  const transport =
    options.transport ?? openChannelTransport({ url: socketUrl(surface.location), person: person.id });
  const connection = new Connection({
    person: person.id,
    api,
    transport,
    beforeBoards: showFirst,
    ...(options.now && { now: options.now }),
  });
  const { shelf, held, outbox } = connection;
  const clock = new ServerClock(session.clockOffsetMs);
  const now = () => clock.peek();
  const actor: Actor = { id: person.id, name: person.name, permissions, teams: person.teams };
  const staff = permissions.has('desk.read') || permissions.has('incident.read');

  const people = new People(person, () => {
    tickets.refold();
    changes.part?.refold();
    releases.part?.refold();
    meetings.part?.refold();
    knownErrors.part?.refold();
    problems.part?.refold();
    configuration.part?.refold();
  });
  const around = (): Surroundings => ({
    actor,
    directory: people.peek(),
    ticket: (id) => tickets.peek(id),
  });
  const inbox = new LiveInbox({ me: person, shelf, outbox, commands: () => commands });
  const first = new FirstRows({ notes: connection.notes, row: (id) => tickets.confirmed(id) });
  const tickets: Tickets = new Tickets({
    outbox,
    boards: () => (staff ? held.of('board') : [inbox.handle]),
    around,
    isLive: () => saving.peekConnection() === 'live',
    now: connection.now,
    first,
    left: (ids) => {
      if (ids.size > 0) void shelf.askFor(ids);
    },
    advanced: () => {
      prefetch.soon();
      first.soon();
      presence.look();
      shelf.retryForbidden((id) => tickets.homeOf(id) !== undefined);
      if (connection.restoration) connection.retryLost((id) => tickets.homeOf(id) !== undefined);
    },
  });
  const knowsOrganisation = () => people.isHere;
  const commands = new TicketCommands({ tickets, outbox, around, knowsOrganisation, now });
  const announcements = new Announcements({
    actor,
    inbox: inbox.handle,
    outbox,
    directory: () => people.peek(),
    knowsOrganisation,
    request: (path) => api.request(path),
    now,
    deviceNow: connection.now,
  });
  const saving: LiveSaving = new LiveSaving(connection, surface.isOnline);
  const attention = new LiveAttention({
    ...{ connection, inbox, commands, ticketOf: (id) => tickets.peek(id) },
    // these come further below, and are asked for by a person alone
    parts: {
      problem: () => problems.ask(),
      error: () => knownErrors.ask(),
      item: () => configuration.ask(),
    },
  });
  const drafts = new LiveDrafts(person.id, { shelf, now });
  const presence = new LivePresence({
    me: person.id,
    homeOf: (record) => tickets.homeOf(record),
    // what is on no board of tickets, as releases are, is met in its journal too
    namesReaders: (record) => (tickets.peek(record)?.readers.length ?? 1) > 0,
    openJournal: (record) => shelf.open(journalName(record)),
    isHidden: surface.isHidden,
    onVisibility: surface.onVisibility,
  });
  const prefetch = new Prefetch({
    me: person.id,
    staff,
    shelf,
    documents: connection.documents,
    tickets: () => tickets.all(),
    isLive: () => saving.peekConnection() === 'live',
    now: connection.now,
  });

  const isLive = () => saving.peekConnection() === 'live';
  const here = { directory: () => people.peek(), knowsOrganisation, now, isLive, deviceNow: connection.now };
  const parts = { actor, outbox, ...here };
  const schedules = new OnDemand(async () => {
    const { Schedules } = await import('./schedules.ts');
    return followed(new Schedules(parts), (opened) => opened.follow(held.of('oncall')[0]));
  });
  const changes = new OnDemand(async () => {
    const { Changes } = await import('./change/changes.ts');
    keepMap();
    return followed(new Changes({ ...parts, shelf, configuration: () => configuration.part }), (opened) =>
      opened.follow(held.of('change-board')[0], held.of('rules')[0]),
    );
  });
  const releases = new OnDemand(async () => {
    // the gates of a release look at its changes
    const [{ Releases }] = await Promise.all([import('./release/releases.ts'), changes.ask()]);
    return followed(new Releases({ ...parts, shelf, changes: () => changes.part }), (opened) =>
      opened.follow(held.of('release-board')[0]),
    );
  });
  const meetings = new OnDemand(async () => {
    // agendas are of changes
    const [{ Meetings }, known] = await Promise.all([import('./meeting/meetings.ts'), changes.ask()]);
    return followed(new Meetings({ ...parts, shelf, changes: () => known }), (opened) =>
      opened.follow(held.of('meeting-board')[0], held.of('rules')[0]),
    );
  });
  const problems = new OnDemand(async () => {
    const { Problems } = await import('./problem/problems.ts');
    const incidents = {
      // the server knows those that have left the boards
      mayReadIncident: () => true,
      isOpen: (id: RecordId) => OPEN_STATES.has(tickets.peek(id)?.state ?? ''),
    };
    return followed(new Problems({ ...parts, ...incidents, shelf }), (opened) =>
      opened.follow(held.of('problem-board')[0]),
    );
  });
  const configuration = new OnDemand(
    async () => {
      const { Configuration } = await import('./configuration/configuration.ts');
      return followed(new Configuration({ ...parts, shelf }), (opened) =>
        opened.follow(held.of('configuration-board')[0], held.of('configuration-rules')[0]),
      );
      // what is suggested goes by the map from then on
    },
    () => knownErrors.part?.refold(),
  );
  /** What changes touch and collide with is told by the map. */
  function keepMap(): void {
    if (!permissions.has('configuration.read')) return;
    void configuration.ask().then(
      () => changes.part?.refold(),
      () => undefined,
    );
  }
  function stayingOf(id: ItemId): ItemId {
    void configuration.part?.revision;
    return configuration.part?.map.stayingOf(id) ?? id;
  }
  const knownErrors = new OnDemand(async () => {
    const { KnownErrors } = await import('./knowledge/known-errors.ts');
    const known = {
      mayReadTicket: (id: RecordId) => tickets.peek(id) !== undefined,
      ...{ isItem: () => true, isProblem: () => true },
      stayingOf,
    };
    return followed(new KnownErrors({ ...parts, ...known, shelf }), (opened) =>
      opened.follow(held.of('knowledge-board')[0], held.of('help-board')[0]),
    );
  });
  const follows: (() => void)[] = [];
  /** Has a part read its documents now, and again whenever they come, go or are exchanged. */
  function followed<Part>(part: Part, follow: (part: Part) => void): Part {
    follows.push(() => follow(part));
    follow(part);
    return part;
  }

  const follow = () => {
    tickets.follow();
    people.follow(held.of('directory'));
    presence.follow(held.of('board'));
    announcements.follow(held.of('notice'));
    for (const again of follows) again();
  };
  /** Puts the first screen of the last visit on the page, names and all, before the boards take the thread. */
  async function showFirst(): Promise<void> {
    await first.read();
    if (first.ids.length === 0) return;
    await Promise.all(held.of('directory').flatMap(({ current }) => current?.opened ?? []));
    tickets.showFirst();
    await painted();
  }

  /** Own acts that wait are folded and let go of by the part that shows them. */
  const shownOnDemand: Readonly<Record<OnDemandPart, OnDemand<unknown>>> = {
    schedules,
    changes,
    releases,
    meetings,
    knownErrors,
    problems,
    configuration,
  };
  /** The night of a release may have no network: where there are any, those under way are fetched before it. */
  function keepReleases(): void {
    const board = held.of('release-board')[0]?.current?.doc;
    if (board !== undefined && board.getMap('rows').size > 0) void releases.ask().catch(() => undefined);
  }
  let wasLive = false;
  const off = [
    held.onChange(() => {
      follow();
      keepReleases();
    }),
    outbox.onChange(() => {
      const waited = new Set(outbox.commands.map(({ envelope }) => shownBy(envelope)));
      for (const [name, part] of Object.entries(shownOnDemand))
        if (!part.isAsked && waited.has(name as OnDemandPart)) void part.ask().catch(() => undefined);
    }),
    connection.onChange(() => {
      if (transport.clockOffsetMs !== null) clock.set(transport.clockOffsetMs);
      const live = saving.peekConnection() === 'live';
      if (live && !wasLive) {
        prefetch.soon();
        keepReleases();
        if (changes.isAsked && !configuration.isAsked) keepMap();
        if (permissions.has('desk.announce')) void announcements.refresh().catch(() => undefined);
      }
      wasLive = live;
    }),
    surface.onOffline(() => transport.suspend()),
    surface.onOnline(() => connection.retry()),
    surface.onLeave(() => connection.wouldLose),
  ];
  follow();
  void connection.start();
  void surface.askToPersist()?.then((isPromised) => saving.persisted(isPromised));

  const me: Me = { person, permissions, can: (permission: Permission) => permissions.has(permission) };

  async function letGo(end: () => Promise<void>): Promise<void> {
    for (const stop of off) stop();
    prefetch.close();
    first.close();
    schedules.part?.close();
    changes.part?.close();
    releases.part?.close();
    meetings.part?.close();
    knownErrors.part?.close();
    problems.part?.close();
    configuration.part?.close();
    for (const part of [presence, attention, drafts, announcements, inbox, tickets, people, saving])
      part.close();
    await end();
  }

  return {
    me,
    tickets,
    directory: people,
    commands,
    attention,
    saving,
    presence,
    drafts,
    inbox,
    announcements,
    get restoration() {
      saving.touch();
      return restorationOf(connection);
    },
    get now() {
      return clock.now;
    },
    openSchedules: schedules.ask,
    openChanges: changes.ask,
    openReleases: releases.ask,
    openMeetings: meetings.ask,
    openKnownErrors: knownErrors.ask,
    openProblems: problems.ask,
    openConfiguration: configuration.ask,
    openHistory(id: RecordId): LiveHistory {
      void prefetch.opened(id).catch(() => undefined);
      return new History(id, { shelf, tickets, outbox, staff, now: connection.now });
    },
    openRoom: (id: RecordId, root?: ProseRoot): LiveRoom => new Room(id, shelf, root),
    openTimeline: (id: RecordId): LiveTimeline =>
      new Timeline({ handle: shelf.open(roomName(id)), me: person.id, now }),
    unsent: () => connection.unsent,
    get refused() {
      saving.touch();
      return connection.refused;
    },
    close: () => letGo(() => connection.close()),
    forget: () => letGo(() => connection.forget()),
  };
}

export interface OpenMusterOptions {
  readonly api?: Api;
  readonly transport?: Transport;
  readonly surface?: Surface;
  /** The device's clock, epoch ms. */
  readonly now?: () => number;
}
