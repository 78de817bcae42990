import type { TicketAct, TicketVerb } from '@muster/domain/shared';
import type { z } from 'zod';

/** The arguments of a verb as they travel: the act without its verb. */
export type ArgsOf<Verb extends TicketVerb> = Omit<Extract<TicketAct, { readonly verb: Verb }>, 'verb'>;

export type ArgsSchema<Verb extends TicketVerb> = z.ZodType<ArgsOf<Verb>>;
