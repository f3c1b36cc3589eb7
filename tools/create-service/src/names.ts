import { NameInvalidError } from './create.errors.ts';

/** A kebab-case name in every form that code needs. */
export interface Name {
  /** `point-card` */
  readonly kebab: string;
  /** `pointCard` */
  readonly camel: string;
  /** `PointCard` */
  readonly pascal: string;
  /** `point_card` */
  readonly snake: string;
  /** `POINT_CARD` */
  readonly upper: string;
  /** `point card` */
  readonly words: string;
  /** `Point card` */
  readonly title: string;
}

/** A thing and many of it. */
export interface Noun {
  readonly one: Name;
  readonly many: Name;
}

/** Longest name: constraint names made of it still fit into PostgreSQL's 63 characters. */
const longest = 30;

const inUse =
  'all gateway migrate plinth platform core api app web docs public internal auth jobs messaging pgboss openapi health ' +
  'metrics services admin contracts common client testing server cli console delivery create-service bench examples';

// Key words that PostgreSQL does not take as a schema or table name (appendix C of its manual), and those of TypeScript.
const keyWords =
  'all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column ' +
  'concurrently constraint create cross current-catalog current-date current-role current-schema current-time ' +
  'current-timestamp current-user default deferrable desc distinct do else end except false fetch for foreign freeze ' +
  'from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit ' +
  'localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references ' +
  'returning right select session-user similar some symmetric system-user table tablesample then to trailing true union ' +
  'unique user using variadic verbose when where window with ' +
  'await break catch class const continue debugger delete enum eval export extends finally function if implements import ' +
  'instanceof interface let new package private protected return static super switch this throw try typeof var void while yield';

const reservedNames = new Set(inUse.split(' '));
const reservedWords = new Set(keyWords.split(' '));

/** Parses the name of a service, a feature or an application; throws with the reason and what to take instead. */
export function parseName(what: 'a service' | 'a feature' | 'an application', text: string): Name {
  const refuse = (because: string, suggestion: string) => new NameInvalidError(what, text, because, suggestion);
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(text)) {
    throw refuse('it is not kebab-case', `Write "${toKebab(text)}": lower-case words joined by hyphens.`);
  }
  if (text.length > longest) throw refuse(`it has more than ${longest} characters`, 'Find a shorter one.');
  if (text.startsWith('pg-')) throw refuse('PostgreSQL keeps names that begin with pg', 'Choose another one.');
  if (what !== 'a feature' && reservedNames.has(text)) {
    throw refuse('the platform uses it for something of its own', 'Choose another one.');
  }
  if (reservedWords.has(text)) {
    throw refuse('it is a key word of TypeScript or SQL', `The plural often does: "${pluralize(text)}".`);
  }
  return toName(text);
}

/** A name and its plural. */
export function toNoun(one: Name): Noun {
  return { one, many: toName(pluralize(one.kebab)) };
}

function toName(kebab: string): Name {
  const parts = kebab.split('-');
  const pascal = parts.map(capitalize).join('');
  const words = parts.join(' ');
  return {
    kebab,
    camel: pascal[0]!.toLowerCase() + pascal.slice(1),
    pascal,
    snake: parts.join('_'),
    upper: parts.join('_').toUpperCase(),
    words,
    title: capitalize(words),
  };
}

function toKebab(text: string): string {
  const kebab = text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-(?=[0-9])|-+$/g, '');
  return kebab === '' ? 'my-service' : kebab;
}

/** The English plural of the last word, by its regular rules. */
function pluralize(kebab: string): string {
  if (/[^aeiou]y$/.test(kebab)) return `${kebab.slice(0, -1)}ies`;
  if (/(s|x|z|ch|sh)$/.test(kebab)) return `${kebab}es`;
  return `${kebab}s`;
}

function capitalize(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
