import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { renderTarEntry, tarEnd } from './tar.ts';

const modifiedAt = new Date('2026-01-02T03:04:05Z');

test('tar reads an archive whose files were compressed one by one', () => {
  const files = { 'a/empty.jsonl': '', 'a/one.jsonl': '{"a":1}\n', 'b/blocks.jsonl': 'x'.repeat(1024) };
  const archive = Buffer.concat([
    ...Object.entries(files).map(([name, text]) => gzipSync(renderTarEntry(name, Buffer.from(text), modifiedAt))),
    gzipSync(tarEnd),
  ]);
  const tar = (...options: string[]) => execFileSync('tar', ['-xzf', '-', ...options], { input: archive }).toString();
  for (const [name, text] of Object.entries(files)) expect(tar('-O', name)).toBe(text);
});

test('refuses a name that its header cannot hold', () => {
  expect(() => renderTarEntry('x'.repeat(101), Buffer.alloc(0), modifiedAt)).toThrow('too long');
});
