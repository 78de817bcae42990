/** What the arguments of `known-error.<verb>` must look like. */
import { KNOWLEDGE_AUDIENCES, KNOWLEDGE_KINDS } from '@muster/domain/problem';
import type { KnowledgeAct, KnowledgeFields, KnowledgeVerb } from '@muster/domain/problem';
import { ok } from '@muster/domain/shared';
import type { ItemId, Result } from '@muster/domain/shared';
import { z } from 'zod';
import { branded } from './branded.ts';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { instant, label, people, person, record, service, tags, text } from './parts.ts';

type Args<Verb extends KnowledgeVerb> = z.ZodType<
  Omit<Extract<KnowledgeAct, { readonly verb: Verb }>, 'verb'>
>;

const item = branded<ItemId>(z.string().min(1).max(64));

const fields = z.strictObject({
  title: text,
  symptom: text,
  workaround: text,
  cause: text,
  errorCode: text,
  items: z.array(item).max(1_000),
  service: service.nullable(),
  category: label.nullable(),
  words: tags,
  problem: record.nullable(),
  audience: z.enum(KNOWLEDGE_AUDIENCES),
  validUntil: instant.nullable(),
  owner: person.nullable(),
  reviewers: people,
}) satisfies z.ZodType<KnowledgeFields>;

const nothing = z.strictObject({});
const why = z.strictObject({ reason: text });
const digest = z.string().max(200).nullable();
const ofTicket = z.strictObject({ ticket: record });

/** The arguments of `known-error.<verb>` by verb. */
const KNOWLEDGE_ARGS: { readonly [Verb in KnowledgeVerb]: Args<Verb> } = {
  create: z.strictObject({ kind: z.enum(KNOWLEDGE_KINDS), fields }),
  edit: z.strictObject({ fields: fields.partial() }),
  revise: nothing,
  discard: z.strictObject({ text: digest.optional() }),
  submit: nothing,
  'send-back': why,
  publish: z.strictObject({ text: digest }),
  retire: why,
  supersede: z.strictObject({ by: record }),
  extend: z.strictObject({ validUntil: instant.nullable() }),
  rate: z.strictObject({ number: z.int().min(1), helped: z.boolean(), comment: text.optional() }),
  link: ofTicket,
  unlink: ofTicket,
  'note-due': nothing,
};

export function isKnowledgeVerb(verb: string): verb is KnowledgeVerb {
  return Object.hasOwn(KNOWLEDGE_ARGS, verb);
}

/** Reads the arguments of a verb into an act; refuses what is missing, of another type or not known. */
export function parseKnowledgeAct(verb: KnowledgeVerb, args: unknown): Result<KnowledgeAct, Malformed> {
  const parsed = parseArgs<object>(KNOWLEDGE_ARGS[verb], args);
  // each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup
  return parsed.ok ? ok({ verb, ...parsed.value } as KnowledgeAct) : parsed;
}
