/** The parts of JSON Schema that our OpenAPI document uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly default?: unknown;
}

/** A value that fits a schema, with every property; `takeId` supplies the UUIDs. */
export function sampleValue(schema: JsonSchema, takeId: () => string): unknown {
  const choice = schema.anyOf?.find((option) => option.type !== 'null') ?? schema.oneOf?.[0];
  if (choice !== undefined) return sampleValue(choice, takeId);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, sampleNamed(name, property, takeId)]),
      );
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sampleValue(schema.items ?? {}, takeId));
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return sampleText(schema, takeId);
  }
}

function sampleNamed(name: string, schema: JsonSchema, takeId: () => string): unknown {
  if (name === 'timeZone') return 'UTC';
  if (name === 'currency') return 'EUR';
  return sampleValue(schema, takeId);
}

function sampleText(schema: JsonSchema, takeId: () => string): string {
  if (schema.format === 'uuid') return takeId();
  if (schema.format === 'date-time') return '2025-02-01T00:00:00.000Z';
  if (schema.format === 'date') return '2025-01-01';
  if (schema.format === 'email') return 'x@example.com';
  const candidates = ['1', 'EUR', 'sample', '2025-01-01', 'a:b'];
  const fits = candidates.find(
    (candidate) => schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(candidate),
  );
  return (fits ?? 'sample').padEnd(schema.minLength ?? 0, 'x');
}
