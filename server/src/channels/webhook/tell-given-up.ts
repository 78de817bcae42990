import { permissionsOf } from '@muster/domain/shared';
import { listPeople } from '../../access/people.ts';
import type { Store } from '../../store/store.ts';

/** Tells everybody who may mend a webhook that it was switched off; once for each time that it fails. */
export async function tellGivenUp(
  { reader, tell }: Pick<Store, 'reader' | 'tell'>,
  { id, name, failingSince }: { readonly id: string; readonly name: string; readonly failingSince: number },
  now: number,
): Promise<void> {
  const people = await listPeople(reader);
  const whom = people.filter(({ active, roles }) => active && permissionsOf(roles).has('admin.webhooks'));
  await tell(
    whom.map((person) => ({
      person: person.id,
      item: {
        id: `webhook-off:${id}:${failingSince}:${person.id}`,
        at: now,
        kind: 'webhook-off',
        process: null,
        record: null,
        detail: { webhook: id, name, failingSince },
      },
    })),
  );
}
