import { parseSync, type Node } from 'oxc-parser';

/** Where a value stands. Lines and columns begin with 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Reads sources; given from outside, so that finding a place needs no file system of its own. */
export interface SourceReader {
  read(file: string): string | undefined;
  /** File of an import, or undefined when it is not ours to look into. */
  resolve(specifier: string, from: string): string | undefined;
}

interface Place {
  readonly file: string;
  readonly node: Node;
}

/** Finds values of a description in its source: `products.chat.api.port` → file, line and column. */
export class SourceLocator {
  readonly #reader: SourceReader;
  readonly #modules = new Map<string, Module | undefined>();

  constructor(reader: SourceReader) {
    this.#reader = reader;
  }

  /** The place of the value, or of the nearest thing around it that is written down. */
  locate(file: string, path: readonly string[]): SourceLocation {
    const module = this.#module(file);
    const start = module?.constants.get('platform');
    if (module === undefined || start === undefined) return { file, line: 1, column: 1 };
    const place = this.#descend({ file, node: start }, path, start);
    return this.#toLocation(place);
  }

  #descend(place: Place, path: readonly string[], fallback: Node): Place {
    const [segment, ...rest] = path;
    if (segment === undefined) return place;
    const next = this.#step(place, segment, 0);
    if (next === undefined) return { file: place.file, node: fallbackOf(place.node, fallback) };
    return this.#descend(next, rest, next.node);
  }

  #step(place: Place, segment: string, depth: number): Place | undefined {
    if (depth > 12) return undefined;
    const { file, node } = place;
    switch (node.type) {
      case 'ObjectExpression':
        return this.#inObject(place, node.properties, segment, depth);
      case 'ArrayExpression': {
        const elements = node.elements.filter((element) => element !== null);
        const byIndex = /^\d+$/.test(segment) ? elements[Number(segment)] : undefined;
        const found = byIndex ?? elements.find((element) => this.#isNamed({ file, node: element }, segment, depth));
        if (found !== undefined) return { file, node: found };
        return this.#inSpreads(place, elements, segment, depth);
      }
      case 'CallExpression': {
        for (const argument of node.arguments) {
          const found = this.#step({ file, node: argument }, segment, depth + 1);
          if (found !== undefined) return found;
        }
        return undefined;
      }
      case 'Identifier': {
        const target = this.#follow(file, node.name);
        return target === undefined ? undefined : this.#step(target, segment, depth + 1);
      }
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        return this.#step({ file, node: node.expression }, segment, depth + 1);
      default:
        return undefined;
    }
  }

  #inObject(place: Place, properties: readonly Node[], segment: string, depth: number): Place | undefined {
    for (const property of properties) {
      if (property.type === 'Property' && keyOf(property.key) === segment)
        return { file: place.file, node: property.value };
    }
    // `{ name: 'PORT', … }` in a list is found by its name; here only by what is spread into the object.
    return this.#inSpreads(place, properties, segment, depth);
  }

  #inSpreads(place: Place, nodes: readonly Node[], segment: string, depth: number): Place | undefined {
    for (const node of nodes) {
      if (node.type !== 'SpreadElement') continue;
      const found = this.#step({ file: place.file, node: node.argument }, segment, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether an element of a list is the thing of that name: a call with the name among its texts, or an object. */
  #isNamed(place: Place, name: string, depth: number): boolean {
    if (depth > 12) return false;
    const { node, file } = place;
    if (node.type === 'CallExpression') {
      const texts = node.arguments.flatMap((argument) =>
        argument.type === 'Literal' && typeof argument.value === 'string' ? [argument.value] : [],
      );
      if (texts.length > 0) return texts.at(-1) === name || texts[0] === name;
      return node.arguments.some((argument) => this.#isNamed({ file, node: argument }, name, depth + 1));
    }
    if (node.type === 'ObjectExpression') {
      const own = node.properties.find((property) => property.type === 'Property' && keyOf(property.key) === 'name');
      return own !== undefined && own.type === 'Property' && own.value.type === 'Literal' && own.value.value === name;
    }
    if (node.type === 'Identifier') {
      if (node.name === name) return true;
      const target = this.#follow(file, node.name);
      return target !== undefined && this.#isNamed(target, name, depth + 1);
    }
    return false;
  }

  /** What a name stands for: a constant of the module, or an export of another one of ours. */
  #follow(file: string, name: string): Place | undefined {
    const module = this.#module(file);
    const own = module?.constants.get(name);
    if (own !== undefined) return { file, node: own };
    const imported = module?.imports.get(name);
    if (imported === undefined) return undefined;
    const target = this.#reader.resolve(imported.specifier, file);
    const node = target === undefined ? undefined : this.#module(target)?.constants.get(imported.name);
    return target === undefined || node === undefined ? undefined : { file: target, node };
  }

  #module(file: string): Module | undefined {
    if (!this.#modules.has(file)) {
      const text = this.#reader.read(file);
      this.#modules.set(file, text === undefined ? undefined : readModule(file, text));
    }
    return this.#modules.get(file);
  }

  #toLocation({ file, node }: Place): SourceLocation {
    const before = (this.#module(file)?.text ?? '').slice(0, node.start);
    const line = before.split('\n').length;
    return { file, line, column: before.length - before.lastIndexOf('\n') };
  }
}

interface Module {
  readonly text: string;
  readonly constants: ReadonlyMap<string, Node>;
  readonly imports: ReadonlyMap<string, { readonly specifier: string; readonly name: string }>;
}

function readModule(file: string, text: string): Module {
  const { program } = parseSync(file, text);
  const constants = new Map<string, Node>();
  const imports = new Map<string, { specifier: string; name: string }>();
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'VariableDeclaration') {
      for (const { id, init } of declaration.declarations)
        if (id.type === 'Identifier' && init !== null) constants.set(id.name, init);
    }
    if (statement.type === 'ImportDeclaration') {
      for (const specifier of statement.specifiers)
        if (specifier.type === 'ImportSpecifier')
          imports.set(specifier.local.name, {
            specifier: statement.source.value,
            name: specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value,
          });
    }
  }
  return { text, constants, imports };
}

function keyOf(key: Node): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

function fallbackOf(node: Node, fallback: Node): Node {
  return node.type === 'ObjectExpression' || node.type === 'ArrayExpression' ? fallback : node;
}
