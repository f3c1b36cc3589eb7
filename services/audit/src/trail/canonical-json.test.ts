import { expect, test } from 'vitest';
import { canonicalJson, canonicalMembers } from './canonical-json.ts';

test('gives one text for one value, whatever the order of its members and its white space', () => {
  expect(canonicalJson('{ "b" : [1, {"z":null,"a":true}], "a" : "x" }')).toBe('{"a":"x","b":[1,{"a":true,"z":null}]}');
  expect(canonicalJson('{"a":"x","b":[1,{"a":true,"z":null}]}')).toBe('{"a":"x","b":[1,{"a":true,"z":null}]}');
});

test('sorts members by UTF-16 code units as RFC 8785 does', () => {
  const json = '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}';
  expect(canonicalJson(json)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
});

test('keeps numbers that a float cannot hold', () => {
  expect(canonicalJson('[12345678901234567891, 0.10, 1e400, -0, 0.1]')).toBe(
    '[12345678901234567891,0.10,1e400,-0,0.1]',
  );
});

test('keeps a member named __proto__', () => {
  expect(canonicalJson('{"__proto__":{"a":1},"a":2}')).toBe('{"__proto__":{"a":1},"a":2}');
});

test('takes texts for nothing but texts', () => {
  expect(canonicalJson('"a, {\\"b\\": [1]} \\\\"')).toBe('"a, {\\"b\\": [1]} \\\\"');
  expect(canonicalJson('{"a\\"b":"\\u0041\\/\\u000a","":[[],{},"",null]}')).toBe(
    '{"":[[],{},"",null],"a\\"b":"A/\\n"}',
  );
  expect(canonicalJson(' true ')).toBe('true');
});

test('takes values of any depth', () => {
  const depth = 100_000;
  const text = '{"a":['.repeat(depth) + ']}'.repeat(depth);
  expect(canonicalJson(text) === text).toBe(true);
});

test('gives the members of an object', () => {
  expect([...canonicalMembers('{"b": {"d": 1.0, "c": 2}, "a\\u0041": "x"}\n')]).toEqual([
    ['b', '{"c":2,"d":1.0}'],
    ['aA', '"x"'],
  ]);
  expect(canonicalMembers('{}').size).toBe(0);
});
