/** What the organisation of the demonstration is told of: work that lies ahead, and work that is done. */
import type { AnnouncementAct, AnnouncementFields } from '@muster/domain/desk';
import { commandId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope } from '@muster/domain/shared';
import { stableId, stableRecordId } from '../import/stable-id.ts';
import type { Store } from '../store/store.ts';
import { DEMO_SERVICES } from './organisation.ts';
import type { Cast } from './people.ts';
import { DEMO_SOURCE, demoServiceId } from './tickets.ts';

const HOUR = 60 * 60 * 1000;

interface DemoAnnouncement {
  readonly key: string;
  readonly fields: AnnouncementFields;
  readonly acts: readonly AnnouncementAct[];
}

/** Announces by the commands that people use, as the lead of the platform team. */
export async function announceWork(store: Store, cast: Cast, now: number): Promise<void> {
  const [author] = cast.team('Platform').members;
  if (author === undefined) throw new Error('nobody announces in the demonstration');
  for (const { key, fields, acts } of announcements(cast, now)) {
    for (const [index, act] of [{ verb: 'create', fields } as const, ...acts].entries())
      await run(store, author, { key, now, index }, act);
  }
}

function announcements(cast: Cast, now: number): readonly DemoAnnouncement[] {
  const service = (name: string) => {
    const found = DEMO_SERVICES.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no service ${name} in the demonstration`);
    return demoServiceId(found);
  };
  return [
    {
      key: 'storage',
      fields: {
        kind: 'planned-outage',
        title: 'File shares are away while their storage is exchanged',
        message:
          'The shares cannot be reached for about two hours. Save what you have open before; nothing that was saved is lost.',
        services: [service('File shares'), service('Backup')],
        beginsAt: now + 20 * HOUR,
        endsAt: now + 22 * HOUR,
        public: true,
        audience: [],
      },
      acts: [{ verb: 'step', to: 'scheduled' }],
    },
    {
      key: 'jump-hosts',
      fields: {
        kind: 'maintenance',
        title: 'Jump hosts are patched, and sessions on them end',
        message:
          'Finish what runs in them before, or move it to the standby host. Its address is in the runbook.',
        services: [],
        beginsAt: now + 9 * HOUR,
        endsAt: now + 10 * HOUR,
        public: false,
        audience: [cast.team('Network').team.id, cast.team('Platform').team.id],
      },
      acts: [{ verb: 'step', to: 'scheduled' }],
    },
    {
      key: 'gateway',
      fields: {
        kind: 'degradation',
        title: 'Web shop takes no card payments',
        message: 'Orders on account go through. The payment provider renews a certificate.',
        services: [service('Web shop')],
        beginsAt: null,
        endsAt: null,
        public: true,
        audience: [],
      },
      acts: [
        { verb: 'step', to: 'in_progress' },
        { verb: 'update', message: 'The cause is found; the provider rolls out a new certificate.' },
      ],
    },
  ];
}

async function run(
  store: Store,
  author: Actor,
  { key, now, index }: { readonly key: string; readonly now: number; readonly index: number },
  { verb, ...args }: AnnouncementAct,
): Promise<void> {
  const command: CommandEnvelope = {
    id: commandId(stableId(DEMO_SOURCE, 'command', `${key}-${index}`)),
    type: `announcement.${verb}`,
    target: stableRecordId(DEMO_SOURCE, `announcement-${key}`),
    args,
    basis: index,
    clientAt: now,
  };
  const [outcome] = await store.commands.run([command], author);
  if (outcome?.outcome !== 'applied')
    throw new Error(`demonstration: announcement.${verb} was ${JSON.stringify(outcome)}`);
}
