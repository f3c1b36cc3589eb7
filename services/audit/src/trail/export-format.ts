import { canonicalMembers } from './canonical-json.ts';
import { renderContent, type Entry } from './entry.ts';

const columns = [
  'sequence',
  'occurredAt',
  'action',
  'resourceType',
  'resourceId',
  'actorKind',
  'actorId',
  'actorEmail',
  'service',
  'context',
  'before',
  'after',
  'eventId',
  'previousHash',
  'hash',
] as const satisfies readonly (keyof Entry)[];

/** One line of a JSON Lines export: the hashed content and its hash, so that the file can be verified by itself. */
export function renderJsonLine(entry: Entry): string {
  return `${renderContent(entry).slice(0, -1)},"hash":"${entry.hash}"}\n`;
}

/** The entry of a line that `renderJsonLine` made. Throws a SyntaxError for what is no JSON object. */
export function parseJsonLine(line: string): Entry {
  const value = JSON.parse(line) as unknown;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyntaxError('a line of an audit trail is a JSON object');
  const members = value as Readonly<Record<string, unknown>>;
  const canonical = canonicalMembers(line);
  const text = (name: string): string => (typeof members[name] === 'string' ? members[name] : '');
  const json = (name: string): string | null => canonical.get(name) ?? null;
  return {
    tenantId: text('tenantId'),
    sequence: /^\d{1,19}$/.test(text('sequence')) ? text('sequence') : '0',
    eventId: text('eventId'),
    occurredAt: text('occurredAt'),
    action: text('action'),
    resourceType: text('resourceType'),
    resourceId: text('resourceId'),
    actorKind: text('actorKind'),
    actorId: text('actorId'),
    actorEmail: members['actorEmail'] === undefined ? null : text('actorEmail'),
    service: text('service'),
    context: json('context'),
    before: json('before'),
    after: json('after'),
    previousHash: text('previousHash'),
    hash: text('hash'),
  };
}

export const csvHeader = `${columns.join(',')}\r\n`;

/** One line of a CSV export (RFC 4180). */
export function renderCsvLine(entry: Entry): string {
  return `${columns.map((column) => renderCell(entry[column] ?? '')).join(',')}\r\n`;
}

function renderCell(value: string): string {
  // A spreadsheet takes a cell that starts like this for a formula and runs it.
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
