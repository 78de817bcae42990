import type { Task, TaskOrigin } from '@muster/documents';
import { personId } from '@muster/domain/shared';
import { expect, it } from 'vitest';
import { taskGroups } from './task-groups.ts';

const task = (id: string, origin: Partial<TaskOrigin> | null): Task => ({
  id,
  writtenAt: 1,
  by: personId('ana'),
  text: id,
  origin:
    origin === null
      ? null
      : { runbook: 'mail', name: 'Mail', phase: 'triage', place: 0, words: id, link: null, ...origin },
  owner: null,
  dueAt: null,
  done: false,
  evidence: '',
  hidden: false,
  ticked: null,
  contested: [],
  marks: [],
});

it('[INC-91] shows tasks of people first, then those of runbooks by phase and place', () => {
  const groups = taskGroups([
    task('second', { place: 1 }),
    task('fix', { phase: 'fixing', place: 2 }),
    task('first', { place: 0 }),
    task('own', null),
    task('vpn', { runbook: 'vpn', name: 'VPN' }),
  ]);
  expect(groups.map(({ name, tasks }) => [name, tasks.map(({ id }) => id)])).toEqual([
    ['Tasks', ['own']],
    ['Mail: Triage', ['first', 'second']],
    ['Mail: Fixing', ['fix']],
    ['VPN: Triage', ['vpn']],
  ]);
});
