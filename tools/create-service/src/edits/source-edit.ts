import { parseSync } from 'oxc-parser';
import { AnchorMissingError } from '../create.errors.ts';

/** A node of the syntax tree, as far as edits look at it. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** Adds a property to the object of `const <name> = { … }` unless it has one of that key. */
export function addProperty(path: string, text: string, constant: string, key: string, property: string): string {
  const object = findConstant(path, text, constant, 'ObjectExpression', 'object');
  const properties = object['properties'] as readonly Node[];
  if (properties.some((node) => nameOf(node['key'] as Node) === key)) return text;
  return insertAfterLast(text, object, properties, property);
}

/** Adds an element to the list of `const <name> = [ … ]` unless the same is in it. */
export function addElement(path: string, text: string, constant: string, element: string): string {
  const list = findConstant(path, text, constant, 'ArrayExpression', 'list');
  const elements = list['elements'] as readonly Node[];
  if (elements.some(({ start, end }) => text.slice(start, end) === element)) return text;
  return insertAfterLast(text, list, elements, element);
}

/** Adds an element to the list under a key of the object that the module gives to a function, wherever it keeps the result. */
export function addToCall(path: string, text: string, callee: string, key: string, element: string): string {
  const call = findCall(body(path, text), callee);
  const [object] = (call?.['arguments'] ?? []) as readonly Node[];
  const properties = (object?.['properties'] ?? []) as readonly Node[];
  const list = properties.find((node) => nameOf(node['key'] as Node) === key)?.['value'] as Node | undefined;
  if (list?.type !== 'ArrayExpression') throw new AnchorMissingError(path, `list "${key}" in ${callee}({ … })`);
  const elements = list['elements'] as readonly Node[];
  if (elements.some(({ start, end }) => text.slice(start, end) === element)) return text;
  return insertAfterLast(text, list, elements, element);
}

/** Calls at the top of a module: exported by name or by default, or kept in a constant. */
function findCall(statements: readonly Node[], callee: string): Node | undefined {
  const calls = statements.flatMap((statement) => {
    const node = (statement['declaration'] as Node | null | undefined) ?? statement;
    if (node.type !== 'VariableDeclaration') return [node];
    return (node['declarations'] as readonly Node[]).map((declarator) => unwrap(declarator['init'] as Node));
  });
  return calls.find((node) => node.type === 'CallExpression' && nameOf(node['callee'] as Node) === callee);
}

/** Adds a line `import …` below the last one, or a name to the import that there is of the same module. */
export function addImport(path: string, text: string, name: string, module: string): string {
  const imports = body(path, text).filter(({ type }) => type === 'ImportDeclaration');
  const last = imports.at(-1);
  if (last === undefined) throw new AnchorMissingError(path, 'import');
  const same = imports.find((node) => (node['source'] as Node)['value'] === module && node['importKind'] !== 'type');
  if (same === undefined) {
    return `${text.slice(0, last.end)}\nimport { ${name} } from '${module}';${text.slice(last.end)}`;
  }
  const specifiers = same['specifiers'] as readonly Node[];
  if (specifiers.some(({ start, end }) => text.slice(start, end) === name)) return text;
  const end = specifiers.at(-1)!.end;
  return `${text.slice(0, end)}, ${name}${text.slice(end)}`;
}

function insertAfterLast(text: string, parent: Node, children: readonly Node[], addition: string): string {
  const last = children.at(-1);
  const at = last?.end ?? parent.start + 1;
  return `${text.slice(0, at)}${last === undefined ? '' : ',\n'}${addition}${text.slice(at)}`;
}

function findConstant(path: string, text: string, name: string, type: string, what: string): Node {
  const declarations = body(path, text).map((node) =>
    node.type === 'ExportNamedDeclaration' ? (node['declaration'] as Node | null) : node,
  );
  for (const node of declarations) {
    if (node?.type !== 'VariableDeclaration') continue;
    for (const declarator of node['declarations'] as readonly Node[]) {
      if (nameOf(declarator['id'] as Node) !== name) continue;
      const value = unwrap(declarator['init'] as Node);
      if (value.type === type) return value;
    }
  }
  throw new AnchorMissingError(path, `${what} "${name}"`);
}

/** Takes `as const` and `satisfies …` off. */
function unwrap(node: Node): Node {
  const wrapped = node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression';
  return wrapped ? unwrap(node['expression'] as Node) : node;
}

function nameOf(node: Node | undefined): unknown {
  return node?.['name'] ?? node?.['value'];
}

function body(path: string, text: string): readonly Node[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new AnchorMissingError(path, 'syntax that can be read');
  return program.body as unknown as readonly Node[];
}
