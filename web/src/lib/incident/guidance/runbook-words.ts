import type { Directory, Runbook } from '@muster/domain/shared';

/** When a runbook applies: `alert QueueFull, service Mail`; `every incident` when it states nothing. */
export function appliesWords(
  { alert, service, category }: Pick<Runbook, 'alert' | 'service' | 'category'>,
  directory: Directory,
): string {
  const parts = [
    alert === null ? '' : `alert ${alert}`,
    service === null ? '' : `service ${directory.services.get(service)?.name ?? 'that is gone'}`,
    category === null ? '' : `category ${category}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'every incident' : parts.join(', ');
}

export function stepsWords(count: number): string {
  return count === 1 ? '1 step' : `${count} steps`;
}
