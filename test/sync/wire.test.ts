/**
 * The bytes that other people's clients, older tabs and stored documents depend on. When one of these fails, what
 * travels or lies on disk has changed: raise the version that names it (`layout` and the codec's version for stored
 * forms, a new message type for frames) and only then write the new bytes here. Round trips are tested beside the
 * encoders, and the shapes of columns in packages/documents; this holds what actually comes out.
 */
import {
  KINDS,
  decodeEvent,
  decodeRow,
  encodeEvent,
  encodeRow,
  seedBoard,
  writeRow,
} from '@muster/documents';
import { personId, recordId, teamId } from '@muster/domain/shared';
import type { Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import {
  KEEP_ALIVE,
  LIMITS,
  encodeAck,
  encodeAwareness,
  encodeChannelFrame,
  encodeControl,
  encodeDenied,
  encodeHello,
  encodeNack,
  encodeQueryAwareness,
  encodeReset,
  encodeStepOne,
  encodeStepTwo,
  encodeUpdate,
} from '@muster/sync';
import type { Limits } from '@muster/sync';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

const PAYLOAD = Uint8Array.of(1, 2, 200, 0);

const KNOWN_LIMITS = [
  'frameBytes',
  'updateBytes',
  'firstStepTwoBytes',
  'documentBytes',
  'messagesPerSecond',
  'bytesPerSecond',
  'awarenessBytes',
  'channels',
  'keepAliveMs',
  'oldEpochMs',
];

/** Every limit as its place in the list: names are the wire's, values are configuration. */
const NUMBERED = Object.fromEntries(Object.keys(LIMITS).map((name, index) => [name, index])) as Limits;

const ticket: Ticket = {
  id: recordId('01JDD0000000000000000000AA'),
  process: 'incident',
  number: 'INC-2026-00042',
  version: 9,
  kind: 'incident',
  title: 'Mail is down',
  state: 'on_hold',
  holdReason: 'vendor',
  impact: 1,
  urgency: 2,
  priority: 3,
  matrixVersion: 1,
  priorityReason: 'one person',
  items: [recordId('01JDD0000000000000000000CI')],
  requester: personId('rita'),
  team: teamId('network'),
  owner: personId('arne'),
  coOwners: [personId('olga')],
  service: null,
  category: 'mail',
  channel: 'phone',
  tags: ['vip'],
  links: [{ kind: 'caused-by', target: recordId('01JDD0000000000000000000BB') }],
  watchers: [personId('lena')],
  mergedInto: null,
  snoozedUntil: null,
  snoozedBy: null,
  resolution: { code: 'fixed', notes: 'A new cable.' },
  createdAt: 1_780_000_000_000,
  updatedAt: 1_780_000_060_000,
  resolvedAt: 1_780_000_030_000,
  closedAt: null,
  firstResponseAt: 1_780_000_010_000,
  lastReplyAt: 1_780_000_020_000,
  lastReplyBy: 'staff',
  reopenCount: 1,
  clock: [1_780_000_000_000, 1_780_000_060_000],
  restrictedTo: teamId('network'),
  readers: [],
  major: {
    state: 'accepted',
    severity: 2,
    since: 1_780_000_001_000,
    proposedBy: personId('arne'),
    rule: null,
    reason: null,
    acceptedAt: 1_780_000_002_000,
    endedAt: null,
    phases: [
      { phase: 'triage', at: 1_780_000_002_000 },
      { phase: 'investigating', at: 1_780_000_003_000 },
    ],
    roles: [{ role: 'commander', person: personId('arne'), since: 1_780_000_002_000 }],
    offer: null,
    review: null,
    reports: { count: 2, lastAt: 1_780_000_005_000, minutes: 45 },
  },
  escalation: {
    level: 1,
    by: personId('arne'),
    at: 1_780_000_004_000,
    reason: 'The branch stands still',
    contact: personId('olga'),
    passed: [{ metric: 'response', percent: 75 }],
  },
  calls: [
    {
      id: 7,
      state: 'acknowledged',
      team: teamId('network'),
      name: 'Network',
      cause: 'escalated',
      by: personId('system'),
      at: 1_780_000_004_000,
      steps: [
        { kind: 'person', person: personId('arne') },
        { kind: 'wait', minutes: 5 },
      ],
      repeats: 1,
      taken: [{ round: 0, step: 0, at: 1_780_000_004_000, people: [personId('arne')] }],
      endedBy: personId('arne'),
      endedAt: 1_780_000_005_000,
    },
  ],
};

const recorded: Recorded<TicketEvent> = {
  seq: 77,
  version: 9,
  event: { type: 'replied', text: 'On our way.', draft: 'reply:1', side: 'staff' },
  actor: personId('arne'),
  at: 1_780_000_020_000,
  clientAt: 1_780_000_019_000,
};

describe('the wire', () => {
  it.each([
    ['step 1', encodeStepOne(PAYLOAD), '0000040102c800'],
    ['step 2', encodeStepTwo(PAYLOAD), '0001040102c800'],
    ['update', encodeUpdate(PAYLOAD), '0002040102c800'],
    [
      'awareness',
      encodeAwareness([{ client: 300, clock: 2, state: '{"a":1}' }]),
      '010c01ac0202077b2261223a317d',
    ],
    ['keep-alive', KEEP_ALIVE, '010100'],
    ['query awareness', encodeQueryAwareness(), '03'],
    ['denied', encodeDenied('no'), '0200026e6f'],
    ['ack', encodeAck(300), '71ac02'],
    ['nack', encodeNack({ count: 3, code: 'too-deep', text: 'é' }), '720308746f6f2d6465657002c3a9'],
    [
      'reset',
      encodeReset({ epoch: 2, next: 'board/desk@2', reason: 'r' }),
      '73020c626f6172642f6465736b40320172',
    ],
    ['frame on a channel', encodeChannelFrame(300, PAYLOAD), 'ac020102c800'],
    ['open', encodeControl({ type: 'open', channel: 1, name: 'notice' }), '000001066e6f74696365'],
    ['opened', encodeControl({ type: 'opened', channel: 1 }), '000101'],
    ['closed', encodeControl({ type: 'closed', channel: 1, code: 4403, reason: 'no' }), '000201b322026e6f'],
    ['ping', encodeControl({ type: 'ping' }), '0003'],
    ['pong', encodeControl({ type: 'pong' }), '0004'],
  ])('writes %s as these bytes', (_what, bytes, known) => {
    expect(Buffer.from(bytes).toString('hex')).toBe(known);
  });

  it('writes HELLO as these bytes, its limits as JSON by these names', () => {
    const hello = { epoch: 2, layout: 1, headSeq: 300, serverTime: 1_780_000_000_000, mayWrite: true };
    const bytes = Buffer.from(encodeHello({ ...hello, limits: NUMBERED }));
    expect(bytes.subarray(0, 12).toString('hex')).toBe('700201ac0280909282e73301');
    expect(JSON.parse(bytes.subarray(14).toString())).toEqual(NUMBERED);
    // more may come; one that goes is missed by clients that heed it
    expect(Object.keys(NUMBERED)).toEqual(expect.arrayContaining(KNOWN_LIMITS));
  });
});

describe('what is stored', () => {
  it(`holds a ticket as this row in layout ${KINDS.board.layout}`, () => {
    const row = encodeRow(ticket);
    expect(row).toEqual([
      4,
      1780000000000,
      1,
      'INC-2026-00042',
      9,
      4,
      'Mail is down',
      'on_hold',
      1,
      2,
      3,
      1,
      'rita',
      1,
      60000,
      'network',
      'arne',
      null,
      'mail',
      [0, 60000],
      10000,
      20000,
      1,
      ['vip'],
      ['lena'],
      3,
      1,
      ['fixed', 'A new cable.'],
      30000,
      null,
      ['olga'],
      [[4, '01JDD0000000000000000000BB']],
      'one person',
      null,
      null,
      null,
      'network',
      [
        1,
        2,
        1000,
        'arne',
        2000,
        [
          [0, 2000],
          [1, 3000],
        ],
        [[0, 'arne', 2000]],
        null,
        null,
        null,
        null,
        null,
        [2, 5000, 45],
      ],
      [1, 'arne', 4000, 'The branch stands still', 'olga', [[0, 75]]],
      null,
      [
        [
          7,
          1,
          'network',
          'Network',
          1,
          'system',
          4000,
          [
            [1, 'arne'],
            [0, null, 5],
          ],
          1,
          [[0, 0, 4000, ['arne']]],
          'arne',
          5000,
        ],
      ],
      ['01JDD0000000000000000000CI'],
    ]);
    expect(decodeRow(ticket.id, row)).toEqual(ticket);
  });

  it(`holds an event as this entry in layout ${KINDS.record.layout}`, () => {
    const entry = encodeEvent(recorded);
    expect(entry).toEqual([
      4,
      77,
      9,
      'arne',
      1780000020000,
      ['replied', ['On our way.', 1, 'reply:1']],
      1000,
    ]);
    expect(decodeEvent('events.0', entry)).toEqual(recorded);
  });

  it(`holds a board with one row as this Yjs update in layout ${KINDS.board.layout}`, () => {
    const board = new Y.Doc();
    board.clientID = 7;
    board.transact(() => {
      seedBoard(board);
      writeRow(board, ticket);
    });
    const hash = createHash('sha256').update(Y.encodeStateAsUpdate(board)).digest('hex');
    expect(hash.slice(0, 16)).toBe('796ae82d89f954dc');
  });
});
