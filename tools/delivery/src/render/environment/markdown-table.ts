import { renderedBy } from '../yaml.ts';

/** A Markdown table with columns of one width, so that it can be read as text too. Cells are plain text. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(escapeCell));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n');
}

/** A Markdown file: title and parts, each below an empty line. */
export function renderMarkdown(title: string, parts: readonly string[]): string {
  return `${[`<!-- ${renderedBy} -->`, `# ${title}`, ...parts].join('\n\n')}\n`;
}

/** Text as code; a value may hold back-ticks itself. */
export function code(text: string): string {
  return text === '' ? '' : text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function escapeCell(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', String.raw`\|`)
    .trim();
}
