import { describe, expect, test } from 'vitest';
import {
  WEBHOOK_TRIED_MS,
  isHopeless,
  nextWebhookAttempt,
  recordId,
  webhookContent,
} from '../shared/index.ts';
import type { TicketEvent } from '../shared/index.ts';
import { PAYROLL } from '../shared/test-support/organisation.ts';
import { HOUR, MINUTE, Records, creating } from '../shared/test-support/records.ts';
import { desk } from './index.ts';

const DAY = 24 * HOUR;

/** What webhooks are told of the last event of a record. */
function toldOfLast(records: Records, name = 'r1') {
  const history = records.history(name);
  const last = history.at(-1);
  if (last === undefined) throw new Error('nothing happened');
  const before = history
    .slice(0, -1)
    .reduce<ReturnType<typeof desk.evolve> | null>(
      (held, each) => desk.evolve(held, each, recordId(name)),
      null,
    );
  return webhookContent(before, records.ticket(name), last.event, last.actor);
}

function opened(changes: object = {}): Records {
  const records = new Records(() => desk);
  records.run('cem', 'desk', 'r1', creating('desk', changes));
  return records;
}

describe('what webhooks are told', () => {
  test('[DSK-170] the record after the event, and what changed fields held before', () => {
    const records = opened();
    expect(toldOfLast(records)).toMatchObject({ type: 'record.created', previous: null });
    records.run('bo', 'desk', 'r1', { verb: 'edit', fields: { title: 'Another title' } });
    const told = toldOfLast(records);
    expect(told?.type).toBe('record.edited');
    expect(told?.data.record.title).toBe('Another title');
    expect(Object.keys(told?.previous ?? {}).toSorted()).toEqual(['title', 'updatedAt', 'version']);
  });

  test('[DSK-170] public replies with their words, and no notes', () => {
    const records = opened();
    records.run('bo', 'desk', 'r1', { verb: 'reply', text: 'We look into it.' });
    expect(toldOfLast(records)?.data.text).toBe('We look into it.');
    records.run('bo', 'desk', 'r1', { verb: 'comment', text: 'between us' });
    expect(toldOfLast(records)).toBeNull();
  });

  test('[DSK-171] nothing of a record that only some may read, before or after', () => {
    const open = opened().ticket('r1');
    const restricted = { ...open, restrictedTo: PAYROLL };
    const edited: TicketEvent = {
      ...{ type: 'edited', fields: { title: 'x' }, before: { title: 'y' } },
      ...{ priority: null, matrixVersion: null },
    };
    expect(webhookContent(open, open, edited, open.requester)).not.toBeNull();
    for (const [before, after] of [
      [open, restricted],
      [restricted, open],
      [restricted, restricted],
      [null, { ...open, readers: [open.requester] }],
    ] as const)
      expect(webhookContent(before, after, edited, open.requester)).toBeNull();
  });

  test('[DSK-173] pauses grow to an hour, and end with the day', () => {
    const pauses = [1, 2, 3, 20].map((attempts) => nextWebhookAttempt(attempts, 0, WEBHOOK_TRIED_MS));
    expect(pauses).toEqual([5_000, 10_000, 20_000, HOUR]);
    expect(nextWebhookAttempt(20, DAY - MINUTE, WEBHOOK_TRIED_MS)).toBeNull();
  });

  test('[DSK-175] three days of nothing but failures are the end', () => {
    expect(isHopeless(null, 9 * DAY)).toBe(false);
    expect(isHopeless(0, 3 * DAY - 1)).toBe(false);
    expect(isHopeless(0, 3 * DAY)).toBe(true);
  });
});
