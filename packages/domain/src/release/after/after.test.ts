import { describe, expect, test } from 'vitest';
import { recordId, serviceId } from '../../shared/index.ts';
import { DIRECTORY, VPN } from '../../shared/test-support/organisation.ts';
import { HOUR, NOW, change, changeId, deploying, drafted, refusedFor } from '../test-night.ts';
import type { DeploymentFact } from './deployment.ts';
import { doraByWeek } from './dora.ts';
import { alarmsDue } from './hypercare.ts';
import { deploymentMatrix } from './matrix.ts';
import { releaseNotes } from './notes.ts';

const DAY = 24 * HOUR;
const SUMMER = recordId('summer');
const SPRING = recordId('spring');

const deployment = (id: string, other: Partial<DeploymentFact> = {}): DeploymentFact => ({
  id,
  service: VPN,
  environment: 'production',
  version: '1',
  release: SUMMER,
  outcome: 'succeeded',
  at: NOW,
  finishedAt: null,
  committedAt: null,
  ...other,
});

describe('hypercare', () => {
  test('[REL-42] an incident on a member item within the window raises an alarm, once', () => {
    const night = deploying();
    night.state = { ...night.it, members: [changeId(1), changeId(2)] };
    night.changes.set(changeId(1), change(1)).set(changeId(2), change(2, { standing: 'inactive' }));
    night.do('lea', { verb: 'complete-phase', phase: 'deploying' });
    night.now = NOW + HOUR;
    night.to('hypercare');
    const incident = (id: string, openedAt: number, ...items: readonly string[]) => ({
      id: recordId(id),
      openedAt,
      items,
    });
    const hit = incident('hit', NOW + 2 * HOUR, 'item-1', 'item-9', 'item-2');
    const others = [
      incident('before', NOW, 'item-1'),
      incident('after', NOW + HOUR + 48 * HOUR, 'item-1'),
      incident('elsewhere', NOW + 2 * HOUR, 'item-9'),
      incident('called-off', NOW + 2 * HOUR, 'item-2'),
    ];
    expect(alarmsDue(night.it, [hit, ...others], night.facts)).toEqual([hit]);
    for (const each of [hit, ...others]) night.incidents.set(each.id, each);
    const note = (id: string) => night.run('system', { verb: 'note-alarm', incident: recordId(id) });
    expect(note('hit')).toMatchObject({ value: { events: [{ items: ['item-1'] }] } });
    for (const id of ['hit', 'before', 'after', 'elsewhere'])
      expect(note(id)).toMatchObject(refusedFor('no-alarm'));
    expect(note('nowhere')).toMatchObject(refusedFor('unknown-incident'));
    expect(night.it.alarms).toEqual([{ incident: 'hit', items: ['item-1'], at: NOW + HOUR }]);
    expect(alarmsDue(night.it, [hit], night.facts)).toEqual([]);
  });
});

describe('release notes', () => {
  test('[REL-43] changes stand by service, in order, and what people wrote is text', () => {
    const night = drafted().with(
      change(3, { title: 'Third' }),
      change(1, { title: '<b>First*\n# one' }),
      change(2, { service: serviceId('moon') }),
      change(4, { standing: 'inactive' }),
    );
    const unit = { id: 'u', kind: 'unit', name: 'Portal', version: '4.1', parts: [] } as const;
    night.do('ana', { verb: 'set-unit', unit });
    expect(releaseNotes(night.it, night.facts, DIRECTORY)).toBe(
      [
        '# Summer release (2026.6)',
        '## Contents',
        '- Portal 4.1',
        '## VPN',
        '- \\<b\\>First\\* \\# one (CHG-2026-00001)\n- Third (CHG-2026-00003)',
        '## Other',
        '- Change 2 (CHG-2026-00002)',
      ].join('\n\n') + '\n',
    );
    expect(releaseNotes(drafted({ label: '' }).it, night.facts, DIRECTORY)).toBe('# Summer release\n');
  });
});

describe('the matrix', () => {
  test('[REL-44] it tells the version in each environment, since when, and whether it still stands', () => {
    const { environments, rows } = deploymentMatrix([
      deployment('d', {
        version: '2',
        at: NOW + 2 * DAY,
        finishedAt: NOW + 2 * DAY + HOUR,
        environment: 'test',
      }),
      deployment('a', { version: '1', release: SPRING }),
      deployment('b', { version: '1', release: SPRING, environment: 'test' }),
      deployment('c', { version: '3', at: NOW + 3 * DAY, outcome: 'rolled_back' }),
      deployment('e', { version: '3', at: NOW + 3 * DAY, outcome: 'running' }),
    ]);
    expect(environments).toEqual(['production', 'test']);
    expect(rows.map(({ release, cells }) => [release, Object.fromEntries(cells)])).toEqual([
      [SUMMER, { test: [{ service: VPN, version: '2', since: NOW + 2 * DAY + HOUR, isCurrent: true }] }],
      [
        SPRING,
        {
          production: [{ service: VPN, version: '1', since: NOW, isCurrent: true }],
          test: [{ service: VPN, version: '1', since: NOW, isCurrent: false }],
        },
      ],
    ]);
  });
});

describe('DORA', () => {
  const weekOf = (at: number) => Math.floor((at - NOW) / (7 * DAY));

  test('[REL-45] four measures by week', () => {
    const deployments = [
      deployment('a', { committedAt: NOW - 2 * HOUR }),
      deployment('b', { committedAt: NOW - 4 * HOUR, finishedAt: NOW + HOUR }),
      deployment('c', { outcome: 'failed', committedAt: NOW - 9 * HOUR }),
      deployment('d', { at: NOW + DAY }),
      deployment('e', { at: NOW + 8 * DAY, outcome: 'rolled_back' }),
      deployment('f', { at: NOW + 8 * DAY, outcome: 'running' }),
    ];
    const incidents = [
      { deployment: 'd', openedAt: NOW, restoredAt: NOW + HOUR },
      { deployment: 'd', openedAt: NOW, restoredAt: NOW + 3 * HOUR },
      { deployment: 'a', openedAt: NOW, restoredAt: null },
      { deployment: 'x', openedAt: NOW, restoredAt: NOW + 99 * HOUR },
    ];
    expect(doraByWeek(deployments.toReversed(), incidents, weekOf)).toEqual([
      { week: 0, deployments: 4, changeFailureRate: 0.75, leadTimeMs: 3.5 * HOUR, restoreMs: 2 * HOUR },
      { week: 1, deployments: 1, changeFailureRate: 1, leadTimeMs: null, restoreMs: null },
    ]);
    expect(doraByWeek([], incidents, weekOf)).toEqual([]);
  });
});
