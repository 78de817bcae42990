import { situation } from './situation.ts';
import type { Situation } from './situation.ts';

export const INFRASTRUCTURE: readonly Situation[] = [
  situation(
    'incident',
    'Disk of the reporting server is 98 % full',
    'The warning mail came three times this night.',
    'May we remove the old exports?',
    'Everything before this year, yes.',
    'Exports of 2024 take 400 GB.',
    'fixed',
    'Old exports removed, rule for the future set.',
  ),
  situation(
    'incident',
    'Build server does not answer',
    'Nobody can build since ten o’clock.',
    'Does the console answer?',
    'No, it is black.',
    'Host 3 lost its storage path.',
    'fixed',
    'Path restored, machine started on host 2.',
  ),
  situation(
    'request',
    'Two test servers for the roll-out in {place}',
    'We need two small servers for four weeks.',
    'Which system, and who looks after them?',
    'Debian, and we do.',
    'Fits the template. Set the end date.',
    'fulfilled',
    'Servers made from the template, end date set.',
  ),
  situation(
    'incident',
    'Containers restart every few minutes',
    'Our service restarts about every five minutes since the update.',
    'Which version did you deploy?',
    'The one from this morning.',
    'Memory limit is below what the new version takes at start.',
    'workaround',
    'Limit raised; the team looks at the start-up memory.',
  ),
];
