import {
  DEFAULT_MAJOR_RULES,
  DEFAULT_MATRIX,
  personId,
  scheduleId,
  serviceId,
  teamId,
} from '@muster/domain/shared';
import type { Directory } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspectDirectory, readDirectory, writeDirectory, writeStaffDirectory } from './directory.ts';

const ADA = personId('ada');
const NET = teamId('network');
const MAIL = serviceId('mail');

const directory: Directory = {
  people: new Map([
    [
      ADA,
      {
        id: ADA,
        name: 'Ada',
        email: 'ada@example.org',
        roles: ['agent'],
        teams: [NET],
        active: true,
        vip: false,
      },
    ],
  ]),
  teams: new Map([[NET, { id: NET, name: 'Network', members: [ADA], lead: null }]]),
  services: new Map([[MAIL, { id: MAIL, name: 'Mail', team: NET, criticality: 2 }]]),
  categories: ['hardware', 'software'],
  matrix: DEFAULT_MATRIX,
  majorRules: DEFAULT_MAJOR_RULES,
  runbooks: new Map([
    [
      'mail',
      {
        id: 'mail',
        version: 3,
        name: 'Mail is stuck',
        service: MAIL,
        category: null,
        alert: 'QueueFull',
        steps: [
          { id: '01HZZZZZZZZZZZZZZZZZZZ0001', phase: 'triage', words: 'Look at the queue', link: null },
          {
            id: '01HZZZZZZZZZZZZZZZZZZZ0002',
            phase: 'fixing',
            words: 'Restart the relay',
            link: 'https://wiki.example.org/relay',
          },
        ],
      },
    ],
  ]),
  schedules: new Map(),
  chains: new Map([
    [
      'network',
      {
        id: 'network',
        version: 2,
        name: 'Network',
        steps: [
          { kind: 'person', person: ADA },
          { kind: 'wait', minutes: 5 },
          { kind: 'team', team: NET, part: 'all' },
          { kind: 'schedule', schedule: scheduleId('nights'), name: 'Nights' },
          { kind: 'wait', minutes: 10 },
        ],
        repeats: 1,
      },
    ],
  ]),
  calendars: new Map([
    [
      'office',
      {
        id: 'office',
        name: 'Office',
        zone: 'Europe/Berlin',
        hours: [{ weekday: 1, from: 480, to: 1080 }],
        holidays: [],
      },
    ],
  ]),
  agreements: [
    {
      id: 'p1',
      process: 'incident',
      priority: 1,
      metric: 'resolution',
      targetMs: 14_400_000,
      calendar: 'office',
    },
  ],
};

function written(): { readonly doc: Y.Doc; readonly staffDoc: Y.Doc } {
  const [doc, staffDoc] = [new Y.Doc(), new Y.Doc()];
  writeDirectory(doc, directory);
  writeStaffDirectory(staffDoc, directory);
  return { doc, staffDoc };
}

describe('the documents of the directory', () => {
  test('[INC-95] reads back what was written', () => {
    const { doc, staffDoc } = written();
    const copies = [doc, staffDoc].map((original) => {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(original));
      return copy;
    });
    expect(inspectDirectory(copies[0] ?? doc, copies[1])).toEqual({ directory, nonconforming: [] });
  });

  test('[INC-95] how the staff works is in the document of the staff alone', () => {
    const { doc, staffDoc } = written();
    expect(JSON.stringify(doc)).not.toContain('Restart the relay');
    expect(JSON.stringify(doc)).not.toContain('major');
    expect(readDirectory(doc).runbooks.size).toBe(0);
    expect(readDirectory(doc).people).toEqual(directory.people);
    expect(JSON.stringify(staffDoc)).not.toContain('ada@example.org');
  });

  test('writing it again makes no update, and one change writes one entry', () => {
    const { doc, staffDoc } = written();
    const changed: string[] = [];
    for (const each of [doc, staffDoc])
      each.on('afterTransaction', (transaction) => {
        for (const keys of transaction.changed.values()) for (const key of keys) changed.push(String(key));
      });
    const write = (given: Directory): void => {
      writeDirectory(doc, given);
      writeStaffDirectory(staffDoc, given);
    };
    write(directory);
    expect(changed).toEqual([]);
    write({ ...directory, services: new Map(), categories: ['hardware'], majorRules: [] });
    expect(changed).toEqual([MAIL, 'categories', 'major-rules']);
  });

  test('an empty document reads as an empty directory with the default matrix', () => {
    const { people, matrix, categories } = readDirectory(new Y.Doc());
    expect([people.size, matrix, categories]).toEqual([0, DEFAULT_MATRIX, []]);
  });

  test('sets odd entries aside and keeps the rest', () => {
    const { doc, staffDoc } = written();
    doc.getMap('people').set('bob', [1, 'Bob', 7]);
    const { directory: read, nonconforming } = inspectDirectory(doc, staffDoc);
    expect(read).toEqual(directory);
    expect(nonconforming).toEqual([{ nonconforming: true, path: 'bob.email', reason: 'expected text' }]);
  });
});
