import { indent } from './indent.ts';

/** A block of nginx.conf. */
export function nginxBlock(head: string, lines: readonly string[]): string {
  return `${head} {\n${indent(lines.join('\n'), '  ')}\n}`;
}
