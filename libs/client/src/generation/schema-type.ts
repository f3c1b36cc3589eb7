/** The part of JSON Schema (draft 2020-12) that the operations of the platform use. */
export type JsonSchema =
  | boolean
  | {
      readonly type?: string | readonly string[];
      readonly description?: string;
      readonly const?: unknown;
      readonly enum?: readonly unknown[];
      readonly anyOf?: readonly JsonSchema[];
      readonly oneOf?: readonly JsonSchema[];
      readonly allOf?: readonly JsonSchema[];
      readonly properties?: Readonly<Record<string, JsonSchema>>;
      readonly required?: readonly string[];
      readonly additionalProperties?: JsonSchema;
      readonly items?: JsonSchema;
      readonly prefixItems?: readonly JsonSchema[];
    };

/** The TypeScript type of a JSON Schema. What the type system cannot say becomes `unknown`, never something narrower. */
export function renderType(schema: JsonSchema | undefined, indent = ''): string {
  if (schema === false) return 'never';
  if (schema === undefined || schema === true) return 'unknown';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return renderUnion(schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return renderUnion(choices.map((choice) => renderType(choice, indent)));
  if (schema.allOf !== undefined) return schema.allOf.map((part) => parenthesize(renderType(part, indent))).join(' & ');
  const { type } = schema;
  if (Array.isArray(type))
    return renderUnion(type.map((name: string) => renderType({ ...schema, type: name }, indent)));
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type as string;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return renderArray(schema, indent);
    case 'object':
      return renderObject(schema, indent);
    default:
      return 'unknown';
  }
}

/** A name as it may stand before a colon in an object type. */
export function renderMemberName(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A comment of one line, or nothing. */
export function renderComment(text: string | undefined, indent: string): string {
  return text === undefined ? '' : `${indent}/** ${text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n`;
}

type SchemaObject = Exclude<JsonSchema, boolean>;

function renderArray(schema: SchemaObject, indent: string): string {
  if (schema.prefixItems === undefined) return `${parenthesize(renderType(schema.items, indent))}[]`;
  return `[${schema.prefixItems.map((item) => renderType(item, indent)).join(', ')}]`;
}

function renderObject(schema: SchemaObject, indent: string): string {
  const properties = Object.entries(schema.properties ?? {});
  const others = schema.additionalProperties;
  const isOpen = others !== undefined && others !== false;
  if (properties.length === 0)
    return isOpen ? `Record<string, ${renderType(others, indent)}>` : 'Record<string, unknown>';
  const required = new Set(schema.required);
  const inner = `${indent}  `;
  const members = properties.map(([name, property]) => {
    const comment = renderComment(property === true || property === false ? undefined : property.description, inner);
    return `${comment}${inner}${renderMemberName(name)}${required.has(name) ? '' : '?'}: ${renderType(property, inner)};\n`;
  });
  const object = `{\n${members.join('')}${indent}}`;
  // An index signature would have to cover the named members too.
  return isOpen ? `${object} & Record<string, unknown>` : object;
}

function renderUnion(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  if (distinct.includes('unknown')) return 'unknown';
  return distinct.map((type) => (type.includes(' & ') ? parenthesize(type) : type)).join(' | ') || 'never';
}

function parenthesize(type: string): string {
  return / [|&] /.test(type) ? `(${type})` : type;
}
