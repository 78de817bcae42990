import type { Person } from '@muster/domain/shared';

/**
 * Whether somebody reads what is sent to a person. Nobody does at an address under `.invalid` (RFC 2606): it stands for
 * a program that makes records, such as a monitoring system. Somebody unknown here may.
 */
export function hasMailbox(person: Pick<Person, 'email'> | undefined): boolean {
  return person === undefined || !person.email.endsWith('.invalid');
}
