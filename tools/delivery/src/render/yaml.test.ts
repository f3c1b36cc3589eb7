import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { renderYaml, renderYamlDocuments } from './yaml.ts';

const texts = [
  '',
  ' ',
  'plain',
  'two words',
  'a: b',
  'a:b',
  'a:',
  ':a',
  'a #b',
  '#a',
  'a#b',
  '- a',
  '-a',
  '--flag',
  '-',
  '?',
  '? a',
  '!tag',
  '&a',
  '*a',
  '*',
  '@a',
  '`a`',
  '%a',
  '|',
  '>',
  "it's",
  "'",
  '"',
  '"quoted"',
  '{a}',
  '[a]',
  'a, b',
  '{{ .Values.x }}',
  'true',
  'True',
  'no',
  'ON',
  'y',
  'null',
  '~',
  '<<',
  '=',
  '1',
  '1.5',
  '-1',
  '+1',
  '1e3',
  '0x1F',
  '0o7',
  '012',
  '1_000',
  '1:20',
  '12:30:45',
  '2026-11-21',
  '1.2.3',
  '10s',
  '5m',
  '.5',
  '.inf',
  '-.INF',
  '.nan',
  '---',
  '--- a',
  '...',
  'a\tb',
  '\ta',
  'a ',
  'ä ö ü',
  '€',
  '\u0007',
  '\u2028',
  '😀',
  'line\n',
  'line',
  'a\nb',
  'a\nb\n',
  'a\nb\n\n',
  '\n',
  '\n\n',
  ' a\nb',
  'a \nb',
  'a\n\n\nb\n',
  'a\n  b\n c\n',
  '\ta\nb',
  '# a\nb: c\n',
  '\na',
  'a\r\nb',
];

it.each(texts.map((text) => [JSON.stringify(text), text]))(
  'gives %s back, alone, in a list and as a key',
  (_shown, text) => {
    const value = { text, list: [text, { deep: [text] }], map: { [text]: text }, after: 1 };
    // Readers of both versions of YAML are out there: Go's follow 1.1, JavaScript's 1.2.
    expect(parse(renderYaml(value), { version: '1.1' })).toEqual(value);
    expect(parse(renderYaml(value), { version: '1.2' })).toEqual(value);
  },
);

it('keeps types, order and emptiness, and leaves undefined out', () => {
  const value = {
    z: 1,
    a: true,
    none: null,
    empty: {},
    list: [],
    nested: [[1, 2], [], [{}], [{ a: 1, b: [1] }]],
    gone: undefined,
  };
  const { gone: _gone, ...expected } = value;
  const text = renderYaml(value);
  expect(parse(text)).toEqual(expected);
  expect(Object.keys(parse(text) as object)).toEqual(['z', 'a', 'none', 'empty', 'list', 'nested']);
});

it('separates documents', () => {
  expect(parseAllDocuments(renderYamlDocuments([{ a: 1 }, { b: 2 }])).map((document) => document.toJS())).toEqual([
    { a: 1 },
    { b: 2 },
  ]);
});

it('writes what people would write', () => {
  expect(
    renderYaml({
      services: { web: { image: 'web:1.0.0', command: ['node', '-e', 'x'], environment: { PORT: '80' } } },
    }),
  ).toBe(`# Rendered by plinth from the platform description. Do not edit: change the description.
services:
  web:
    image: web:1.0.0
    command:
      - node
      - -e
      - x
    environment:
      PORT: '80'
`);
});
