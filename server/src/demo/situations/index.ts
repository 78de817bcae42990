/** What people of the demonstration write about, by category of service. */
import { COMMUNICATION } from './communication.ts';
import { HARDWARE } from './hardware.ts';
import { NETWORK } from './network.ts';
import { ACCESS } from './access.ts';
import { STORAGE } from './storage.ts';
import { INFRASTRUCTURE } from './infrastructure.ts';
import { APPLICATIONS } from './applications.ts';
import { DATA } from './data.ts';
import type { Situation } from './situation.ts';

export type { Situation } from './situation.ts';

export const PLACES = [
  'Lisbon',
  'Utrecht',
  'Graz',
  'Leeds',
  'Turin',
  'Malmö',
  'Gdańsk',
  'the north warehouse',
  'the fourth floor',
  'the training room',
] as const;

export const SITUATIONS: Readonly<Record<string, readonly Situation[]>> = {
  Communication: COMMUNICATION,
  Hardware: HARDWARE,
  Network: NETWORK,
  Access: ACCESS,
  Storage: STORAGE,
  Infrastructure: INFRASTRUCTURE,
  Applications: APPLICATIONS,
  Data: DATA,
};
