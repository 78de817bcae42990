import { ANNOUNCEMENT_KINDS, ANNOUNCEMENT_STATES, NOTICES } from '@muster/domain/desk';
import type { AnnouncementAct, AnnouncementVerb } from '@muster/domain/desk';
import { ok } from '@muster/domain/shared';
import type { Result } from '@muster/domain/shared';
import { z } from 'zod';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { instant, label, record, service, team, text } from './parts.ts';

const audience = z.array(team).max(1_000);

const fields = z.strictObject({
  kind: z.enum(ANNOUNCEMENT_KINDS),
  title: label,
  message: text,
  services: z.array(service).max(1_000),
  items: z.array(record).max(1_000).exactOptional(),
  beginsAt: instant.nullable(),
  endsAt: instant.nullable(),
  public: z.boolean(),
  audience,
});

/** Pages and programs of before there were audiences name none: everybody. */
const drafted = fields.extend({ audience: audience.default([]) });

type ArgsSchema<Verb extends AnnouncementVerb> = z.ZodType<
  Omit<Extract<AnnouncementAct, { readonly verb: Verb }>, 'verb'>
>;

/** What is changed; a field that is not named stays: what JSON brings is never `undefined`, which Zod's type allows. */
const changed = fields.partial() as unknown as z.ZodType<Partial<z.infer<typeof fields>>>;

/** The arguments of `announcement.<verb>` by verb. */
const ANNOUNCEMENT_ARGS: { readonly [Verb in AnnouncementVerb]: ArgsSchema<Verb> } = {
  create: z.strictObject({ fields: drafted }),
  edit: z.strictObject({ fields: changed }),
  step: z.strictObject({ to: z.enum(ANNOUNCEMENT_STATES), message: text.optional() }),
  update: z.strictObject({ message: text }),
  notify: z.strictObject({ notice: z.enum(NOTICES) }),
  acknowledge: z.strictObject({ revision: z.int().min(1) }),
};

export function isAnnouncementVerb(verb: string): verb is AnnouncementVerb {
  return Object.hasOwn(ANNOUNCEMENT_ARGS, verb);
}

/** Reads the arguments of a verb into an act; refuses what is missing, of another type or not known. */
export function parseAnnouncementAct(
  verb: AnnouncementVerb,
  args: unknown,
): Result<AnnouncementAct, Malformed> {
  const parsed = parseArgs<object>(ANNOUNCEMENT_ARGS[verb], args);
  // each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup
  return parsed.ok ? ok({ verb, ...parsed.value } as AnnouncementAct) : parsed;
}
