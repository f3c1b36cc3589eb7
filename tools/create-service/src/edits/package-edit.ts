import { AnchorMissingError } from '../create.errors.ts';

/** Adds a dependency in its alphabetical place among those of the same scope, unless it is there. */
export function addDependency(path: string, text: string, name: string, range: string): string {
  const json = JSON.parse(text) as { dependencies?: Record<string, string> };
  if (json.dependencies === undefined) throw new AnchorMissingError(path, '"dependencies"');
  if (Object.hasOwn(json.dependencies, name)) return text;
  const entries = Object.entries(json.dependencies);
  const at = entries.findIndex(([other]) => other > name);
  entries.splice(at < 0 ? entries.length : at, 0, [name, range]);
  return `${JSON.stringify({ ...json, dependencies: Object.fromEntries(entries) }, undefined, 2)}\n`;
}

/** Adds a project reference to a tsconfig.json unless it is there; everything else stays byte by byte. */
export function addReference(path: string, text: string, reference: string): string {
  const list = /"references":\s*\[([\s\S]*?)\]/.exec(text);
  const body = list?.[1];
  if (list === null || body === undefined) throw new AnchorMissingError(path, '"references"');
  if (new RegExp(`"path":\\s*"${reference}"`).test(body)) return text;
  const end = list.index + list[0].indexOf(body) + body.trimEnd().length;
  const comma = body.trim() === '' ? '' : ',';
  return `${text.slice(0, end)}${comma}\n    { "path": "${reference}" }${text.slice(end)}`;
}
