import type { RecordId } from '@muster/domain/shared';

/** By the name of its service: what incidents of that service may be about. */
export type Parts = ReadonlyMap<string, readonly RecordId[]>;
