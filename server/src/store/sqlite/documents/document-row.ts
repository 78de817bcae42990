import type { Selectable } from 'kysely';
import type { DocumentSnapshotTable, DocumentTable, DocumentUpdateTable } from '../../schema-documents.ts';

export type DocumentRow = Selectable<DocumentTable>;
export type UpdateRow = Selectable<DocumentUpdateTable>;
export type SnapshotRow = Selectable<DocumentSnapshotTable>;
