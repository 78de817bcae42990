/** All scenarios, in the order in which they run and are told. */
import { fanOut, hotRoom200, hotRoom500 } from './fan-out.ts';
import { coldOpen, idleSockets } from './opening.ts';
import type { Scenario } from './scenario.ts';
import { latency, manySockets } from './steady.ts';

export const SCENARIOS: readonly Scenario[] = [
  fanOut,
  hotRoom200,
  hotRoom500,
  latency,
  manySockets,
  coldOpen,
  idleSockets,
];
