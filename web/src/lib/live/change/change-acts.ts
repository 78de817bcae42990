import type { ChangeAct, TemplateAct } from '@muster/domain/change';
import type { CommandEnvelope } from '@muster/domain/shared';

export const CHANGE_PREFIX = 'change.';
export const TEMPLATE_PREFIX = 'change-template.';

/** The act inside an envelope; null when it is not about a change. */
export function changeActOf(envelope: Pick<CommandEnvelope, 'type' | 'args'>): ChangeAct | null {
  return actOf<ChangeAct>(envelope, CHANGE_PREFIX);
}

/** The act inside an envelope; null when it is not about a standard change. */
export function templateActOf(envelope: Pick<CommandEnvelope, 'type' | 'args'>): TemplateAct | null {
  return actOf<TemplateAct>(envelope, TEMPLATE_PREFIX);
}

function actOf<Act>({ type, args }: Pick<CommandEnvelope, 'type' | 'args'>, prefix: string): Act | null {
  if (!type.startsWith(prefix)) return null;
  // made by this client's own `run`, so of the shape that its types say
  return { ...(args as object), verb: type.slice(prefix.length) } as Act;
}
