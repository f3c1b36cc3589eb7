/** A file of a template: its path below the new package, and its text. The formatter of the repository has the last word. */
export interface TemplateFile {
  readonly path: string;
  readonly content: string;
}

/** An import of the generated file; made here so that no rule takes it for one of this package. */
export function use(names: string, module: string): string {
  return `import { ${names} } from '${module}';`;
}

export function useType(names: string, module: string): string {
  return `import type { ${names} } from '${module}';`;
}

export function useAll(name: string, module: string): string {
  return `import * as ${name} from '${module}';`;
}

/** A JSON file as the formatter leaves it. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
