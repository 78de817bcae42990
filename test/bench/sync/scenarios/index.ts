/** All scenarios, in the order in which they run and are told. */
import { board10k, board20k } from './board.ts';
import { commands } from './commands.ts';
import { fanOut, hotRoom200, hotRoom500 } from './fan-out.ts';
import { killSaturated, killSteady } from './kill.ts';
import { coldOpen, idleSockets, manyDocuments } from './opening.ts';
import { resync } from './resync.ts';
import type { Scenario } from './scenario.ts';
import { latency, manySockets } from './steady.ts';

export const SCENARIOS: readonly Scenario[] = [
  fanOut,
  hotRoom200,
  hotRoom500,
  latency,
  manySockets,
  coldOpen,
  manyDocuments,
  idleSockets,
  board10k,
  board20k,
  resync,
  killSteady,
  killSaturated,
  commands,
];
