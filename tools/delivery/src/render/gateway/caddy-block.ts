import { indent } from './indent.ts';

/** A block of a Caddyfile. */
export function block(head: string, lines: readonly string[]): string {
  return `${head === '' ? '' : `${head} `}{\n${indent(lines.join('\n'), '\t')}\n}`;
}
