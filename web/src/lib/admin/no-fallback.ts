import type { Service } from '@muster/domain/shared';

/** What becomes of alerts that name no service, where an integration has no team for them; null where it has one. */
export function noFallbackHint(team: string, service: Service | undefined): string | undefined {
  if (team !== '' || (service !== undefined && service.team !== null)) return undefined;
  const why =
    service === undefined ? 'With no team and no service to go to' : `“${service.name}” has no team`;
  return `${why}: incidents of such alerts wait in the queue without a team, and no team is called.`;
}
