/** Sync against its peers: `pnpm bench sync [scenario …] [--short] [--servers=a,b] [--repeats=n] [--profile=folder]`. */
import { UsageError, readOptions } from './sync/options.ts';
import type { RunOptions } from './sync/options.ts';
import { describeMachine } from './sync/run/machine.ts';
import { measureScenario } from './sync/run/measure.ts';
import type { Outcome } from './sync/run/measure.ts';
import { writeResults } from './sync/run/results.ts';
import { tableOf } from './sync/run/table.ts';
import { SERVER_NAMES } from './sync/servers/server.ts';
import { SCENARIOS } from './sync/scenarios/index.ts';
import type { Scenario } from './sync/scenarios/scenario.ts';

const MINUTE = 60_000;

const say = (text: string): unknown => process.stdout.write(`${text}\n`);

try {
  const options = readOptions(process.argv.slice(2));
  const machine = describeMachine();
  const from = performance.now();
  const outcomes: Outcome[] = [];
  for (const scenario of wanted(options)) {
    say(`\n${scenario.title}\n`);
    const outcome = await measureScenario(scenario, options);
    outcomes.push(outcome);
    say(tableOf(outcome));
  }
  const minutes = (performance.now() - from) / MINUTE;
  if (isWhole(options)) await writeResults({ machine, outcomes, minutes });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Whether a run says all there is to say: parts of it would leave a page with holes. */
function isWhole({ scenarios, servers, short }: RunOptions): boolean {
  return !short && scenarios.length === 0 && servers.length === SERVER_NAMES.length;
}

function wanted({ scenarios: names }: RunOptions): readonly Scenario[] {
  const unknown = names.find((name) => SCENARIOS.every((scenario) => scenario.name !== name));
  if (unknown !== undefined)
    throw new UsageError(`no scenario ${unknown}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? SCENARIOS : SCENARIOS.filter(({ name }) => names.includes(name));
}
