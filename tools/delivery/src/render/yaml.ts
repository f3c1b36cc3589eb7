/** First line of every rendered file: what made it, and where to change it. */
export const renderedBy = 'Rendered by plinth from the platform description. Do not edit: change the description.';

/**
 * One YAML document with a heading comment; keys stay in the given order, undefined ones are left out. Plain data
 * only. Written here instead of by a library because rendering is mostly this: 20 times faster, and every text that
 * some YAML 1.1 or 1.2 reader would take for something else is quoted (YAML 1.2.2, 7.3).
 */
export function renderYaml(value: unknown): string {
  return `# ${renderedBy}\n${renderDocument(value)}`;
}

/** Several documents in one file. */
export function renderYamlDocuments(values: readonly unknown[]): string {
  return `# ${renderedBy}\n${values.map(renderDocument).join('---\n')}`;
}

function renderDocument(value: unknown): string {
  if (isEmpty(value) || !isContainer(value)) return `${renderFlow(value, '')}\n`;
  const lines: string[] = [];
  addBlock(lines, value, '');
  return `${lines.join('\n')}\n`;
}

function addBlock(lines: string[], value: object, indent: string): void {
  if (Array.isArray(value)) {
    for (const item of value) addItem(lines, item, indent);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) addEntry(lines, `${indent}${renderText(key)}:`, item, indent);
  }
}

function addEntry(lines: string[], head: string, value: unknown, indent: string): void {
  if (isEmpty(value) || !isContainer(value)) {
    lines.push(`${head} ${renderFlow(value, indent)}`);
    return;
  }
  lines.push(head);
  addBlock(lines, value, `${indent}  `);
}

/** `- key: value`: the first entry of a map stands behind the dash. */
function addItem(lines: string[], item: unknown, indent: string): void {
  if (isEmpty(item) || !isContainer(item)) {
    lines.push(`${indent}- ${renderFlow(item ?? null, indent)}`);
    return;
  }
  const start = lines.length;
  addBlock(lines, item, `${indent}  `);
  lines[start] = `${indent}- ${(lines[start] ?? '').slice(indent.length + 2)}`;
}

function renderFlow(value: unknown, indent: string): string {
  if (typeof value === 'string') return value.includes('\n') ? renderLines(value, indent) : renderText(value);
  if (Array.isArray(value)) return '[]';
  if (isContainer(value)) return '{}';
  return String(value ?? null);
}

/** A text of several lines as a literal block, or quoted where a block could not give it back. */
function renderLines(text: string, indent: string): string {
  const body = text.replace(/\n+$/, '');
  const newlines = text.length - body.length;
  if (body === '' || /^[ \t]|[ \t]$|[ \t]\n|[^\n\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]/.test(body))
    return JSON.stringify(text);
  const style = newlines === 0 ? '|-' : newlines === 1 ? '|' : '|+';
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${indent}  ${line}`));
  return [style, ...lines, ...Array.from({ length: Math.max(0, newlines - 1) }, () => '')].join('\n');
}

// Words that YAML 1.1 readers take for a boolean or nothing; dates and numbers in all their forms.
const reserved = /^(true|false|yes|no|on|off|y|n|null|~|\.inf|\.nan|<<|=)$/i;
const numeric = /^[-+.]?\d[\d_.,:xobXOBa-fA-FeE+-]*$|^[-+]?\.(inf|nan)$/i;
const indicator = /^[?:,[\]{}#&*!|>'"%@`]|^-(\s|$)|^[\s]|\s$|:(\s|$)|\s#/;

/** A text of one line: plain where every reader gives it back as text, else in single quotes. */
export function renderText(text: string): string {
  if (/[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]/.test(text)) return JSON.stringify(text);
  if (text === '' || reserved.test(text) || numeric.test(text) || indicator.test(text) || /^---|^\.\.\./.test(text))
    return `'${text.replaceAll("'", "''")}'`;
  return text;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  if (!isContainer(value)) return false;
  return Array.isArray(value) ? value.length === 0 : Object.values(value).every((item) => item === undefined);
}
