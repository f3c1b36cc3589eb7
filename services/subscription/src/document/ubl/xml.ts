/** An element: its name, and text or elements in it. What is undefined is left out. */
export interface Element {
  readonly name: string;
  readonly content: string | readonly Element[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** An element with text; none where there is no text. */
export function text(
  name: string,
  value: string | null | undefined,
  attributes?: Readonly<Record<string, string>>,
): Element[] {
  if (value === undefined || value === null || value === '') return [];
  return [{ name, content: value, ...(attributes === undefined ? {} : { attributes }) }];
}

/** An element with others in it; none where it would be empty. */
export function group(name: string, ...content: readonly (readonly Element[])[]): Element[] {
  const inner = content.flat();
  return inner.length === 0 ? [] : [{ name, content: inner }];
}

/** An XML document in UTF-8, one element a line. */
export function renderXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(root, '')}`;
}

export function renderElement({ name, content, attributes = {} }: Element, indent: string): string {
  const start = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escape(value)}"`)
    .join('')}>`;
  if (typeof content === 'string') return `${start}${escape(content)}</${name}>\n`;
  return `${start}\n${content.map((element) => renderElement(element, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

function escape(value: string): string {
  return (
    value
      // Control characters that XML 1.0 has no way to write.
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
