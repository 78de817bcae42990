/**
 * Records whose times, people, words and states scatter as those of a real desk do: what a bench of bytes needs,
 * where `records.ts` repeats itself and compresses to nothing. The same seed makes the same records.
 */
import { DEFAULT_MATRIX, makeRecordId, personId, priorityOf, recordId, teamId } from '@muster/domain/shared';
import type { Level, PersonId, RecordId, TicketEvent } from '@muster/domain/shared';
import type { History } from './records.ts';
import { Random } from './sync/random.ts';

const DAY = 24 * 60 * 60 * 1000;
const WINDOW = 60 * DAY;
const REQUESTERS = 2_500;
const STAFF = 60;
const TEAMS = 12;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const words = (text: string): readonly string[] => text.split(' ');
const THINGS = words(
  'mail laptop printer screen phone badge VPN calendar drive invoice licence camera headset dock scanner wiki report password account token mouse keyboard portal browser macro backup tablet projector gateway queue',
);
const FAULTS = words(
  'fails freezes vanished loops crashes hangs flickers lags expired beeps stalls rejects duplicates disconnects overheats reboots locks leaks times-out misroutes',
);
const PLACES = words(
  'Basel Lyon Graz Porto Turku Gdansk Bergen Leiden Utrecht Brno Cork Ghent Lugano Malmo Nantes Parma Tartu Vigo Zadar Split',
);
const WHEN = words('today again since-Monday after-update at-login on-wifi remotely sometimes always twice');

/** How much of a new record's id is random: 30 bits as clients make them, or 80 as they once did. */
export type IdBits = 30 | 80;

/** Records in the order in which they were made, up to `now`. None of them is closed. */
export function believableHistories(
  count: number,
  seed: number,
  now: number,
  bits: IdBits,
): readonly History[] {
  const random = new Random(seed);
  const starts = Array.from({ length: count }, () => now - DAY / 24 - Math.floor(fraction(random) * WINDOW));
  return starts.sort((a, b) => a - b).map((from, index) => history(random, index, from, now, bits));
}

function history(random: Random, index: number, from: number, now: number, bits: IdBits): History {
  const requester = person('R', Math.floor(REQUESTERS * fraction(random) ** 2));
  const team = random.below(TEAMS);
  const staff = person('S', team * 5 + random.below(STAFF / TEAMS));
  const events: { event: TicketEvent; actor: PersonId; at: number }[] = [];
  let at = from;
  const add = (event: TicketEvent, actor: PersonId): void => {
    events.push({ event, actor, at });
    at += 20_000 + Math.round(-Math.log(1 - fraction(random) * 0.98) * 4 * 60 * 60 * 1000);
  };
  const goesOn = (share: number): boolean => at < now && fraction(random) < share;
  add(created(random, requester, team), requester);
  if (goesOn(0.8)) add({ type: 'claimed', owner: staff, before: null }, staff);
  if (goesOn(0.8)) add(moved('new', 'in_progress'), staff);
  if (goesOn(0.7)) add({ type: 'replied', text: 'Since when?', draft: null, side: 'staff' }, staff);
  if (goesOn(0.6)) add({ type: 'replied', text: 'Noon.', draft: null, side: 'requester' }, requester);
  return {
    source: 'believable',
    externalId: `b-${index}`,
    id: idOf(random, from, bits),
    number: null,
    events,
  };
}

function created(random: Random, requester: PersonId, team: number): TicketEvent {
  const impact = (3 - Math.floor(3 * fraction(random) ** 2)) as Level;
  const urgency = (1 + random.below(3)) as Level;
  const tag = random.below(3) === 0 ? ` PC-${10_000 + random.below(50_000)}` : '';
  return {
    type: 'created',
    process: 'incident',
    number: null,
    description: '',
    ticket: {
      kind: 'incident',
      title: `${random.pick(THINGS)} ${random.pick(FAULTS)} ${random.pick(WHEN)} in ${random.pick(PLACES)}${tag}`,
      impact,
      urgency,
      priority: priorityOf(DEFAULT_MATRIX, impact, urgency),
      matrixVersion: DEFAULT_MATRIX.version,
      requester,
      team: teamId(scattered('T', team)),
      service: null,
      category: `Category ${team * 3 + random.below(3)}`,
      channel: random.pick(['portal', 'phone', 'email', 'chat'] as const),
      tags: [],
      restrictedTo: null,
    },
  };
}

const moved = (from: string, to: string): TicketEvent => ({
  type: 'transitioned',
  from,
  to,
  holdReason: null,
  reason: null,
  resolution: null,
});

function idOf(random: Random, at: number, bits: IdBits): RecordId {
  const thirty = makeRecordId(at, random.below(2 ** 30));
  if (bits === 30) return thirty;
  return recordId(thirty.slice(0, 10) + letters(random, 16));
}

const fraction = (random: Random): number => random.below(2 ** 30) / 2 ** 30;

const person = (kind: string, index: number): PersonId => personId(scattered(kind, index));

/** A ULID of 80 bits that nothing foretells, the same for the same thing: as servers make them for people and teams. */
function scattered(kind: string, index: number): string {
  return `01J0000000${letters(new Random(kind.charCodeAt(0) * 100_000 + index), 16)}`;
}

function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () => CROCKFORD.charAt(random.below(32))).join('');
}
