import type { ReleaseAct } from '@muster/domain/release';
import type { CommandEnvelope } from '@muster/domain/shared';

export const RELEASE_PREFIX = 'release.';

/** The act inside an envelope; null when it is not about a release. */
export function releaseActOf({ type, args }: Pick<CommandEnvelope, 'type' | 'args'>): ReleaseAct | null {
  if (!type.startsWith(RELEASE_PREFIX)) return null;
  // made by this client's own `run`, so of the shape that its types say
  return { ...(args as object), verb: type.slice(RELEASE_PREFIX.length) } as ReleaseAct;
}
