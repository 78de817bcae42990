/** Half a year of what pipelines reported, through three environments. */
import { SYSTEM } from '@muster/domain/shared';
import { stableRecordId } from '../../import/stable-id.ts';
import { changeOf } from '../../store/changes.ts';
import { keepDeployment } from '../../store/deployments.ts';
import type { Store } from '../../store/store.ts';
import { servicesOf } from '../changes/rules.ts';
import { Random } from '../random.ts';
import { DEMO_SOURCE } from '../tickets.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEKS = 26;
const ENVIRONMENTS = ['test', 'staging', 'production'] as const;

export async function reportDeployments(store: Store, now: number): Promise<void> {
  const random = new Random(26);
  const services = servicesOf('Business Applications', 'Data and Reporting').slice(0, 5);
  const rows = await store.reader.selectFrom('change').select('data').where('state', '=', 'closed').execute();
  const guilty = rows.map(changeOf).filter(({ caused }) => caused.length > 0);
  const reports: Promise<unknown>[] = [];
  for (let week = WEEKS; week > 0; week -= 1) {
    for (const [place, service] of services.entries()) {
      if (random.chance(0.25)) continue;
      const version = `${2 + place}.${WEEKS - week}.${random.between(0, 3)}`;
      const begun = now - week * 7 * DAY + random.between(1, 5) * DAY + random.between(0, 8) * HOUR;
      const committedAt = begun - random.delay(2 * DAY);
      const release = week === 4 ? stableRecordId(DEMO_SOURCE, 'release-autumn') : null;
      const change =
        guilty.find((each) => each.items.includes(service) && near(each.startedAt, begun))?.id ?? null;
      for (const [stage, environment] of ENVIRONMENTS.entries()) {
        const at = begun + stage * 20 * HOUR;
        const outcome = outcomeOf(random);
        const finishedAt = at + random.between(4, 40) * MINUTE;
        if (finishedAt > now) break;
        const external = `demo-${service}-${version}-${environment}`;
        const said = { external, service, environment, version, release, change, outcome, committedAt };
        reports.push(keepDeployment(store.writer, { ...said, at, finishedAt }, SYSTEM, finishedAt));
        if (outcome !== 'succeeded') break;
      }
    }
  }
  await Promise.all(reports);
}

function outcomeOf(random: Random): 'succeeded' | 'failed' | 'rolled_back' {
  const roll = random.next();
  return roll < 0.9 ? 'succeeded' : roll < 0.96 ? 'failed' : 'rolled_back';
}

function near(startedAt: number | null, begun: number): boolean {
  return startedAt !== null && Math.abs(startedAt - begun) < 5 * DAY;
}
