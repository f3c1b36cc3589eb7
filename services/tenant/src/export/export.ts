/** An archive of everything that is held about a tenant. */
export interface TenantExport {
  readonly id: string;
  readonly tenantId: string;
  readonly requestedBy: string;
  readonly status: 'waiting' | 'running' | 'ready' | 'failed';
  readonly sizeBytes: number;
  readonly rows: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date;
}

/** A file of an archive. */
export interface ExportedFile {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** All rows of one table, in one or more files. */
export interface ExportedKind {
  readonly service: string;
  readonly kind: string;
  readonly rows: number;
  readonly files: readonly ExportedFile[];
}

/** Where the making of an archive goes on. */
export interface ExportProgress {
  /** Which service is read; as many as there are: all are done. */
  readonly holder: number;
  readonly cursor: string | null;
  /** Number of the next piece. */
  readonly position: number;
  readonly kinds: readonly ExportedKind[];
}

export const exportStart: ExportProgress = { holder: 0, cursor: null, position: 0, kinds: [] };

/** The list of a table's files with one more. A table without rows is in it with no file. */
export function addFile(
  kinds: readonly ExportedKind[],
  service: string,
  kind: string,
  file?: ExportedFile,
): ExportedKind[] {
  const last = kinds.at(-1);
  const known = last?.service === service && last.kind === kind ? last : { service, kind, rows: 0, files: [] };
  const others = known === last ? kinds.slice(0, -1) : kinds;
  if (file === undefined) return [...others, known];
  return [...others, { ...known, rows: known.rows + file.rows, files: [...known.files, file] }];
}

/** Name of a table's next file in the archive. */
export function fileName(kinds: readonly ExportedKind[], service: string, kind: string): string {
  const last = kinds.at(-1);
  const files = last?.service === service && last.kind === kind ? last.files.length : 0;
  return `${service}/${kind}${files === 0 ? '' : `.${files + 1}`}.jsonl`;
}
