/** What is altered in the demonstration, by service. */
import { BUSINESS_SUBJECTS } from './business.ts';
import { PLATFORM_SUBJECTS } from './platform.ts';
import { REACH_SUBJECTS } from './reach.ts';
import type { Subject } from './subject.ts';

export { STANDARD_SUBJECTS } from './standard.ts';
export type { Subject } from './subject.ts';

/** The seeded choice goes by place in this list: a new subject at its end leaves the others as they are. */
export const SUBJECTS: readonly Subject[] = [...REACH_SUBJECTS, ...PLATFORM_SUBJECTS, ...BUSINESS_SUBJECTS];

export const VERSIONS = ['4.2', '4.3', '5.0', '7.1', '2026.3', '2026.4', '11.8', '12.0', '3.9'] as const;
