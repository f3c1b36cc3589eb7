import { expect, test } from 'vitest';
import { renderType, type JsonSchema } from './schema-type.ts';

const cases: [schema: JsonSchema | undefined, type: string][] = [
  [{ type: 'string', description: 'a name' }, 'string'],
  [{ type: 'integer' }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }, { type: 'string' }] }, 'string | null'],
  [{ anyOf: [{}, { type: 'null' }] }, 'unknown'],
  [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
  [{ const: false }, 'false'],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
  [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
  [
    { type: 'object', properties: { a: { type: 'null' } }, additionalProperties: {} },
    '{\n  a?: null;\n} & Record<string, unknown>',
  ],
  [{ allOf: [{ type: 'string' }, { anyOf: [{ type: 'string' }, { type: 'number' }] }] }, 'string & (string | number)'],
  [{}, 'unknown'],
  [undefined, 'unknown'],
  [false, 'never'],
];

test.each(cases)('%j', (schema, type) => {
  expect(renderType(schema)).toBe(type);
});

test('an object names its members, required or not, with their descriptions', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'ends */ here' },
      'x-y': { type: 'object', properties: { z: {} } },
    },
    required: ['id'],
    additionalProperties: false,
  };
  expect(renderType(schema)).toBe('{\n  /** ends * / here */\n  id: string;\n  "x-y"?: {\n    z?: unknown;\n  };\n}');
});
