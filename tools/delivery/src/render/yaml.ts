import { Document, stringify } from 'yaml';

/** First line of every rendered file: what made it, and where to change it. */
export const renderedBy = 'Rendered by plinth from the platform description. Do not edit: change the description.';

const options = { lineWidth: 0, aliasDuplicateObjects: false, singleQuote: true } as const;

/** One YAML document with a heading comment; keys stay in the given order, undefined ones are left out. */
export function renderYaml(value: unknown): string {
  return `# ${renderedBy}\n${stringify(value, options)}`;
}

/** Several documents in one file. */
export function renderYamlDocuments(values: readonly unknown[]): string {
  return `# ${renderedBy}\n${values.map((value) => new Document(value, options).toString(options)).join('---\n')}`;
}
