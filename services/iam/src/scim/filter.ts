import { InvalidFilterError } from './scim.errors.ts';

export const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];
export type Literal = string | boolean | number | null;

/** A filter (RFC 7644, section 3.4.2.2). Paths are as the client wrote them; `at` is where they stand, from 1. */
export type Filter =
  | { readonly op: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly op: 'not'; readonly term: Filter }
  /** `emails[type eq "work"]`: one and the same value fulfils all of it. */
  | { readonly op: 'has'; readonly path: string; readonly at: number; readonly filter: Filter }
  | { readonly op: 'present'; readonly path: string; readonly at: number }
  | { readonly op: Comparison; readonly path: string; readonly at: number; readonly value: Literal };

const longest = 4096;
const deepest = 16;
const mostComparisons = 50;

// Each is tried at one place and matches in linear time.
const tokens = {
  space: / +/y,
  word: /[A-Za-z$][\w$:.-]*/y,
  text: /"(?:[^"\\]|\\.)*"/y,
  number: /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
} as const;

/** Parses a filter. Throws `InvalidFilterError` with the place of the mistake; long, deep and endless ones are refused. */
export function parseFilter(text: string): Filter {
  const parser = new FilterParser(text);
  return parser.parseWhole();
}

/** Parses the filter in the brackets of a path, from `start` on; `end` is the place after the closing bracket. */
export function parseBracketed(text: string, start: number): { filter: Filter; end: number } {
  const parser = new FilterParser(text, start);
  const filter = parser.parseInBrackets();
  return { filter, end: parser.position };
}

class FilterParser {
  readonly #text: string;
  #at: number;
  #depth = 0;
  #count = 0;
  #inBrackets = false;

  constructor(text: string, start = 0) {
    if (text.length > longest) throw new InvalidFilterError(`is longer than ${longest} characters`);
    this.#text = text;
    this.#at = start;
  }

  get position(): number {
    return this.#at;
  }

  parseWhole(): Filter {
    const filter = this.#parseOr();
    this.#take('space');
    if (this.#at < this.#text.length) throw this.#expected('"and", "or" or the end');
    return filter;
  }

  parseInBrackets(): Filter {
    this.#inBrackets = true;
    this.#expect('[');
    const filter = this.#parseOr();
    this.#take('space');
    this.#expect(']');
    this.#inBrackets = false;
    return filter;
  }

  #parseOr(): Filter {
    if (++this.#depth > deepest) throw new InvalidFilterError(`is nested deeper than ${deepest} levels`, this.#at + 1);
    const filter = this.#parseSeveral('or', () => this.#parseSeveral('and', () => this.#parseTerm()));
    this.#depth -= 1;
    return filter;
  }

  #parseSeveral(op: 'and' | 'or', parseOne: () => Filter): Filter {
    const terms = [parseOne()];
    while (this.#takeWord(op)) terms.push(parseOne());
    return terms.length === 1 ? terms[0]! : { op, terms };
  }

  #parseTerm(): Filter {
    this.#take('space');
    if (this.#text[this.#at] === '(') return this.#parseGroup();
    const at = this.#at + 1;
    const path = this.#take('word');
    if (path === undefined) throw this.#expected('an attribute');
    if (path.toLowerCase() === 'not' && /^ *\(/.test(this.#text.slice(this.#at, this.#at + 20))) {
      this.#take('space');
      return { op: 'not', term: this.#parseGroup() };
    }
    if (this.#text[this.#at] === '[') {
      if (this.#inBrackets) throw new InvalidFilterError('has brackets within brackets', this.#at + 1);
      return { op: 'has', path, at, filter: this.parseInBrackets() };
    }
    return this.#parseComparison(path, at);
  }

  #parseGroup(): Filter {
    this.#expect('(');
    const filter = this.#parseOr();
    this.#take('space');
    this.#expect(')');
    return filter;
  }

  #parseComparison(path: string, at: number): Filter {
    if (++this.#count > mostComparisons)
      throw new InvalidFilterError(`has more than ${mostComparisons} comparisons`, at);
    this.#take('space');
    const start = this.#at;
    const op = this.#take('word')?.toLowerCase();
    if (op === 'pr') return { op: 'present', path, at };
    if (!(comparisons as readonly (string | undefined)[]).includes(op)) {
      this.#at = start;
      throw this.#expected(`one of ${comparisons.join(', ')}, pr`);
    }
    this.#take('space');
    return { op: op as Comparison, path, at, value: this.#parseLiteral() };
  }

  #parseLiteral(): Literal {
    const start = this.#at;
    const literal = this.#take('text') ?? this.#take('number') ?? this.#take('word')?.toLowerCase();
    try {
      return JSON.parse(literal ?? '') as Literal;
    } catch {
      this.#at = start;
      throw this.#expected('a value: "text" in double quotes, a number, true, false or null');
    }
  }

  #takeWord(word: string): boolean {
    const start = this.#at;
    this.#take('space');
    if (this.#take('word')?.toLowerCase() === word) return true;
    this.#at = start;
    return false;
  }

  #take(token: keyof typeof tokens): string | undefined {
    const pattern = tokens[token];
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) throw this.#expected(`"${character}"`);
    this.#at += 1;
  }

  #expected(what: string): InvalidFilterError {
    return new InvalidFilterError(`needs ${what}`, this.#at + 1);
  }
}
