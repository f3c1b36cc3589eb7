import { readFileSync } from 'node:fs';
import type { VariableDefinition } from '@plinth/contracts';
import { ConfigurationError, type VariableFault } from './config.errors.ts';
import { Secret } from './secret.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables by name, typed by their definition: text, integer, boolean, list, milliseconds or `Secret`. */
export class ParsedEnvironment {
  readonly #values: ReadonlyMap<string, unknown>;
  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }
  /** The text, or undefined when it is optional and absent. */
  findString(name: string): string | undefined {
    return this.#values.get(name) as string | undefined;
  }
  getString(name: string): string {
    return this.#get(name) as string;
  }
  getInteger(name: string): number {
    return this.#get(name) as number;
  }
  getBoolean(name: string): boolean {
    return this.#get(name) as boolean;
  }
  getList(name: string): readonly string[] {
    return this.#get(name) as readonly string[];
  }
  getSecret(name: string): Secret {
    return this.#get(name) as Secret;
  }
  findSecret(name: string): Secret | undefined {
    return this.#values.get(name) as Secret | undefined;
  }
  #get(name: string): unknown {
    const value = this.#values.get(name);
    if (value === undefined) throw new ConfigurationError([{ variable: name, message: 'is not declared or not set' }]);
    return value;
  }
}

export interface EnvironmentTable {
  /** Prefix that belongs to this table: an unknown variable that starts with it is a fault. */
  readonly prefix?: string;
  readonly variables: readonly VariableDefinition[];
}

/**
 * Parses the environment against variable tables; a default may depend on the environment's name. The value of a
 * secret `NAME` may stand in a file that `NAME_FILE` names, so that it is in no environment. Throws one
 * `ConfigurationError` that names every fault.
 */
export function parseEnvironment(
  tables: readonly EnvironmentTable[],
  environment: Environment,
  environmentName = 'production',
): ParsedEnvironment {
  const faults: VariableFault[] = [];
  const values = new Map<string, unknown>();
  const known = new Set(
    tables.flatMap((table) =>
      table.variables.flatMap(({ name, secret }) => (secret === true ? [name, `${name}_FILE`] : [name])),
    ),
  );
  for (const table of tables) {
    for (const variable of table.variables) {
      const text =
        presentText(environment[variable.name]) ??
        readSecretFile(variable, environment, faults) ??
        variable.environments?.[environmentName] ??
        variable.default;
      if (text === undefined) {
        if (variable.required !== false)
          faults.push({ variable: variable.name, message: `is not set (${variable.doc})` });
        continue;
      }
      const parsed = parseValue(variable, text);
      if ('fault' in parsed) faults.push({ variable: variable.name, message: parsed.fault });
      else values.set(variable.name, variable.secret ? new Secret(text) : parsed.value);
    }
    if (table.prefix !== undefined) faults.push(...unknownVariables(table.prefix, known, environment));
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return new ParsedEnvironment(values);
}

function presentText(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

function readSecretFile(
  variable: VariableDefinition,
  environment: Environment,
  faults: VariableFault[],
): string | undefined {
  const name = `${variable.name}_FILE`;
  const path = variable.secret === true ? presentText(environment[name]) : undefined;
  if (path === undefined) return undefined;
  try {
    const text = presentText(readFileSync(path, 'utf8'));
    if (text === undefined) faults.push({ variable: name, message: `names ${path}, which is empty` });
    return text;
  } catch (error) {
    const reason = (error as { code?: string }).code ?? String(error);
    faults.push({ variable: name, message: `names ${path}, which cannot be read (${reason})` });
    return undefined;
  }
}

function unknownVariables(prefix: string, known: ReadonlySet<string>, environment: Environment): VariableFault[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !known.has(name) && environment[name] !== undefined)
    .sort()
    .map((name) => ({ variable: name, message: `is unknown; no variable that starts with ${prefix} has this name` }));
}

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseValue(variable: VariableDefinition, text: string): { value: unknown } | { fault: string } {
  switch (variable.type) {
    case 'string':
      if (variable.values === undefined || variable.values.includes(text)) return { value: text };
      return { fault: `must be one of ${variable.values.join(', ')}` };
    case 'list':
      return {
        value: text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      };
    case 'boolean':
      if (text === 'true' || text === 'false') return { value: text === 'true' };
      return { fault: 'must be true or false' };
    case 'url':
      if (URL.canParse(text)) return { value: text };
      return { fault: 'must be a URL such as postgres://user@host:5432/database' };
    case 'integer': {
      if (!/^-?\d{1,15}$/.test(text)) return { fault: 'must be an integer' };
      return inRange(variable, Number(text));
    }
    case 'duration': {
      const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
      if (!match) return { fault: 'must be a duration such as 500ms, 30s or 5m' };
      return inRange(variable, Number(match[1]) * (durationUnits[match[2] ?? ''] ?? 1));
    }
  }
}

function inRange(variable: VariableDefinition, value: number): { value: number } | { fault: string } {
  if (variable.minimum !== undefined && value < variable.minimum)
    return { fault: `must be at least ${variable.minimum}` };
  if (variable.maximum !== undefined && value > variable.maximum)
    return { fault: `must be at most ${variable.maximum}` };
  return { value };
}
