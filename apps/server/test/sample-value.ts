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
  readonly additionalProperties?: boolean | JsonSchema;
  readonly default?: unknown;
}

/** Whether a value of this name is no id, and the same for everybody. */
export function isNamed(name: string): boolean {
  return name in named;
}

/** Supplies ids and addresses by the names of their parameters or fields. */
export type TakeId = (name: string) => string;

/** What a sample has besides what must be there: everything, or this field alone. */
export type Extent = 'everything' | { readonly only: string };

// Values that their schemas leave open, and operations do not.
const named: Readonly<Record<string, unknown>> = {
  timeZone: 'UTC',
  currency: 'EUR',
  role: 'org_member',
  roles: ['org_member'],
};

/** A value that fits a schema. */
export function sampleValue(schema: JsonSchema, takeId: TakeId, extent: Extent = 'everything', name = ''): unknown {
  if (name in named) return named[name];
  const choice = schema.anyOf?.find((option) => option.type !== 'null') ?? schema.oneOf?.[0];
  if (choice !== undefined) return sampleValue(choice, takeId, extent, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([field, property]) => schema.required?.includes(field) || isWanted(field, property, extent))
          .map(([field, property]) => [field, sampleValue(property, takeId, extent, field)]),
      );
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () =>
        sampleValue(schema.items ?? {}, takeId, extent, name),
      );
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return sampleText(schema, takeId, name);
  }
}

/** Also what leads to the one field that is wanted. */
function isWanted(name: string, schema: JsonSchema, extent: Extent): boolean {
  if (extent === 'everything' || extent.only === name || (schema.format === 'email' && extent.only === 'email'))
    return true;
  const parts = [
    ...Object.entries(schema.properties ?? {}),
    ...[schema.items ?? {}, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((part) => ['', part] as const),
  ];
  return parts.some(([field, part]) => Object.keys(part).length > 0 && isWanted(field, part, extent));
}

function sampleText(schema: JsonSchema, takeId: TakeId, name: string): string {
  if (schema.format === 'uuid') return takeId(name);
  if (schema.format === 'email') return takeId('email');
  if (schema.format === 'date-time') return name === 'from' ? '2025-01-01T00:00:00.000Z' : '2025-02-01T00:00:00.000Z';
  if (schema.format === 'date') return name === 'to' ? '2025-01-31' : '2025-01-01';
  // Who or what is asked about where any kind of id is taken.
  if (name === 'id') return takeId(name);
  const candidates = ['1', 'EUR', 'sample', '2025-01-01', 'a:b', 'https://sample.example/'];
  const fits = candidates.find(
    (candidate) => schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(candidate),
  );
  return (fits ?? 'sample').padEnd(schema.minLength ?? 0, 'x');
}
