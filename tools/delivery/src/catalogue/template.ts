/** What placeholders stand for: `settings.storage` → value. */
export type TemplateScope = Readonly<Record<string, string | number | boolean>>;

const placeholder = /\$\$\{|\$\{([A-Za-z0-9_.-]+)\}/g;

/**
 * Fills `${name}` placeholders of a text from the scope; `$${` stands for `${` itself. An unknown placeholder is a
 * fault of the catalogue entry and throws.
 */
export function fillTemplate(text: string, scope: TemplateScope): string {
  return text.replaceAll(placeholder, (match, name: string | undefined) => {
    if (name === undefined) return '${';
    const value = Object.hasOwn(scope, name) ? scope[name] : undefined;
    if (value === undefined)
      throw new Error(`The placeholder ${match} stands for nothing; known: ${Object.keys(scope).join(', ')}`);
    return String(value);
  });
}

/** Fills all texts of a document. A text that is one placeholder alone becomes the value itself, a number or a boolean. */
export function fillTemplates(value: unknown, scope: TemplateScope): unknown {
  if (typeof value === 'string') {
    const alone = /^\$\{([A-Za-z0-9_.-]+)\}$/.exec(value)?.[1];
    return alone !== undefined && Object.hasOwn(scope, alone) ? scope[alone] : fillTemplate(value, scope);
  }
  if (Array.isArray(value)) return value.map((item) => fillTemplates(item, scope));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [fillTemplate(key, scope), fillTemplates(item, scope)]),
    );
  return value;
}

/** Names of the placeholders in a text, without repetition. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].flatMap(([, name]) => (name === undefined ? [] : [name])))];
}
