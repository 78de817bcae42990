/** Sync against its peers: `pnpm bench sync [scenario …] [--short] [--servers=a,b] [--repeats=n] [--profile=folder]`. */
import { UsageError, readOptions } from './sync/options.ts';
import type { RunOptions } from './sync/options.ts';
import { measureScenario } from './sync/run/measure.ts';
import { tableOf } from './sync/run/table.ts';
import { SCENARIOS } from './sync/scenarios/index.ts';
import type { Scenario } from './sync/scenarios/scenario.ts';

const say = (text: string): unknown => process.stdout.write(`${text}\n`);

try {
  const options = readOptions(process.argv.slice(2));
  for (const scenario of wanted(options)) {
    say(`\n${scenario.title}\n`);
    say(tableOf(await measureScenario(scenario, options)));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function wanted({ scenarios: names }: RunOptions): readonly Scenario[] {
  const unknown = names.find((name) => SCENARIOS.every((scenario) => scenario.name !== name));
  if (unknown !== undefined)
    throw new UsageError(`no scenario ${unknown}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? SCENARIOS : SCENARIOS.filter(({ name }) => names.includes(name));
}
