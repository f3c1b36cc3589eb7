interface OpenValue {
  readonly isObject: boolean;
  /** Canonical texts; a member of an object begins with its name. */
  readonly parts: { readonly name: string; readonly text: string }[];
  /** The name whose value comes next. */
  name: string | undefined;
}

const tokenPattern = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]|[^\s{}[\],:"]+/g;

/**
 * One text for one value, as RFC 8785 (JSON Canonicalization Scheme): no white space, members sorted by UTF-16 code
 * units, strings escaped as ECMAScript does. Unlike there a number keeps the text that it has. The JSON must be valid.
 */
export function canonicalJson(json: string): string {
  return renderOpened({ isObject: false, parts: parse(json).parts, name: undefined }).slice(1, -1);
}

/** Canonical texts of the members of a JSON object. */
export function canonicalMembers(json: string): ReadonlyMap<string, string> {
  const inside = /^\s*\{([\s\S]*)\}\s*$/.exec(json)?.[1] ?? '';
  const members = parse(inside, true).parts;
  return new Map(members.map(({ name, text }) => [name, text]));
}

/** Walks the tokens with a stack of its own: however deep a value is, it is hashed. */
function parse(json: string, isObject = false): OpenValue {
  let open: OpenValue = { isObject, parts: [], name: undefined };
  const outer: OpenValue[] = [];
  const add = (text: string): void => {
    open.parts.push({ name: open.name ?? '', text });
    open.name = undefined;
  };
  for (const [token] of json.matchAll(tokenPattern)) {
    if (token === '{' || token === '[') {
      outer.push(open);
      open = { isObject: token === '{', parts: [], name: undefined };
    } else if (token === '}' || token === ']') {
      const text = renderOpened(open);
      open = outer.pop()!;
      add(text);
    } else if (open.isObject && open.name === undefined) {
      open.name = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
    } else {
      add(token.includes('\\') ? JSON.stringify(JSON.parse(token)) : token);
    }
  }
  return open;
}

function renderOpened({ isObject, parts }: OpenValue): string {
  if (isObject) parts.sort((left, right) => (left.name < right.name ? -1 : 1));
  // Joined by "+", which shares the parts: copying them at each level would be slow for deep values.
  let text = '';
  for (const part of parts)
    text += `${text === '' ? '' : ','}${isObject ? `${JSON.stringify(part.name)}:` : ''}${part.text}`;
  return isObject ? `{${text}}` : `[${text}]`;
}
