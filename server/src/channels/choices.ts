/** Which kinds of news a person wants by a channel. Kept only where it differs from the default, which may change. */
import { MAIL_KINDS, MAIL_POLICY, TICKET_MAIL_KINDS } from '@muster/domain/shared';
import type { MailKind, PersonId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { DeliveryChannel } from '../store/schema-channels.ts';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

/** What a person chose for a kind; null where they leave it to the default. */
export async function chosenFor(
  db: Kysely<Database>,
  person: PersonId,
  channel: DeliveryChannel,
  kind: MailKind,
): Promise<boolean | null> {
  const row = await db
    .selectFrom('channel_choice')
    .select('wanted')
    .where('person', '=', person)
    .where('channel', '=', channel)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row === undefined ? null : row.wanted === 1;
}

export interface MailChoice {
  readonly kind: MailKind;
  readonly byDefault: boolean;
  readonly wanted: boolean;
}

/** The kinds that go by a channel: announcements go to no device. */
const KINDS_BY: Readonly<Record<DeliveryChannel, readonly MailKind[]>> = {
  mail: MAIL_KINDS,
  push: TICKET_MAIL_KINDS,
};

/** Every kind of a channel with what holds for the person, in the order of the kinds. */
export async function listChoices(
  db: Kysely<Database>,
  person: PersonId,
  channel: DeliveryChannel,
): Promise<readonly MailChoice[]> {
  const rows = await db
    .selectFrom('channel_choice')
    .select(['kind', 'wanted'])
    .where('person', '=', person)
    .where('channel', '=', channel)
    .execute();
  const chosen = new Map(rows.map(({ kind, wanted }) => [kind, wanted === 1]));
  return KINDS_BY[channel].map((kind) => {
    const { byDefault } = MAIL_POLICY[kind];
    return { kind, byDefault, wanted: chosen.get(kind) ?? byDefault };
  });
}

/** Keeps these choices of a channel and leaves those of other kinds: another device may have made them meanwhile. */
export async function keepChoices(
  { writer, together }: Pick<Store, 'writer' | 'together'>,
  person: PersonId,
  channel: DeliveryChannel,
  choices: ReadonlyMap<MailKind, boolean>,
): Promise<void> {
  if (choices.size === 0) return;
  const differing = [...choices].filter(([kind, wanted]) => wanted !== MAIL_POLICY[kind].byDefault);
  await together([
    writer
      .deleteFrom('channel_choice')
      .where('person', '=', person)
      .where('channel', '=', channel)
      .where('kind', 'in', [...choices.keys()]),
    ...differing.map(([kind, wanted]) =>
      writer.insertInto('channel_choice').values({ person, channel, kind, wanted: wanted ? 1 : 0 }),
    ),
  ]);
}

/** Keeps one choice and leaves the others. */
export async function chooseOne(
  db: Kysely<Database>,
  person: PersonId,
  kind: MailKind,
  wanted: boolean,
): Promise<void> {
  const value = wanted ? 1 : 0;
  await db
    .insertInto('channel_choice')
    .values({ person, channel: 'mail', kind, wanted: value })
    .onConflict((conflict) => conflict.columns(['person', 'channel', 'kind']).doUpdateSet({ wanted: value }))
    .execute();
}
