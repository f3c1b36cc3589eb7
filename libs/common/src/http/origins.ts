/** Whether a browser's origin fits one of the patterns; `*` stands for letters, digits, hyphens (one label) or a port. */
export function createOriginCheck(patterns: readonly string[]): (origin: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const expressions = patterns
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => new RegExp(`^${pattern.split('*').map(escape).join('[A-Za-z0-9-]+')}$`));
  return (origin) => exact.has(origin) || expressions.some((expression) => expression.test(origin));
}

function escape(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\/]/g, '\\$&');
}
