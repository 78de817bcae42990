/** Runs scenarios: all servers in turn, again and again, so that what the machine does meanwhile meets each of them. */
import type { RunOptions } from '../options.ts';
import type { Figures, Scenario } from '../scenarios/scenario.ts';
import type { ServerName } from '../servers/server.ts';

export interface Outcome {
  readonly scenario: Scenario;
  /** In the order of the scenario's servers; the figures of each repeat. */
  readonly runs: ReadonlyMap<ServerName, readonly Figures[]>;
}

export async function measureScenario(scenario: Scenario, options: RunOptions): Promise<Outcome> {
  const servers = scenario.servers.filter((name) => options.servers.includes(name));
  const runs = new Map<ServerName, Figures[]>(servers.map((name) => [name, []]));
  const repeats = Math.min(options.repeats, scenario.repeatsAtMost ?? options.repeats);
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const server of servers) {
      const { short, profile } = options;
      runs.get(server)?.push(await scenario.measure({ server, short, repeat, profile }));
    }
  }
  return { scenario, runs };
}
