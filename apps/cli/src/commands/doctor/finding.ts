/** What one check found. A warning leaves the exit code 0. */
export interface Finding {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  /** What to do about it. */
  readonly advice?: string;
}

const mebibyte = 1024 * 1024;

/** Judges the version of Node.js; `process.versions.node` without the v. */
export function checkNodeVersion(version: string): Finding {
  const major = Number(version.split('.')[0]);
  const check = 'Node.js';
  if (major >= 24) return { check, status: 'ok', detail: version };
  const advice = 'Start with "npm start" or scripts/plinth.mjs, which bring Node.js 24 along, or install Node.js 24.';
  return { check, status: 'failed', detail: `${version} is too old`, advice };
}

/** Judges the memory that programs may still take. */
export function checkMemory(availableBytes: number): Finding {
  const check = 'Memory';
  const detail = `${Math.round(availableBytes / mebibyte)} MiB available`;
  if (availableBytes >= 512 * mebibyte) return { check, status: 'ok', detail };
  const advice = 'Close other programs or raise the limit: the platform needs about 400 MiB with PostgreSQL.';
  return { check, status: availableBytes >= 256 * mebibyte ? 'warning' : 'failed', detail, advice };
}

/** Judges the free space where the data lies. */
export function checkDisk(freeBytes: number, where: string): Finding {
  const check = 'Disk';
  const detail = `${Math.round(freeBytes / mebibyte)} MiB free at ${where}`;
  if (freeBytes >= 1024 * mebibyte) return { check, status: 'ok', detail };
  const advice = 'Free some space or use --data on another disk: PostgreSQL stops when the disk is full.';
  return { check, status: freeBytes >= 256 * mebibyte ? 'warning' : 'failed', detail, advice };
}

const marks = { ok: 'ok', warning: 'WARN', failed: 'FAIL' } as const;

/** The report for people. */
export function renderFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, status, detail, advice }) => [
    `${marks[status].padEnd(4)}  ${check.padEnd(width)}  ${detail.replaceAll('\n', `\n${' '.repeat(width + 8)}`)}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width + 8)}→ ${advice}`]),
  ]);
  const failed = findings.filter(({ status }) => status === 'failed').length;
  const conclusion =
    failed === 0
      ? 'The platform can run here.'
      : `${failed} ${failed === 1 ? 'thing keeps' : 'things keep'} it from running.`;
  return [...lines, '', conclusion].join('\n');
}
