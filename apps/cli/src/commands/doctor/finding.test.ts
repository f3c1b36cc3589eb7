import { expect, it } from 'vitest';
import { checkDisk, checkMemory, checkNodeVersion, renderFindings } from './finding.ts';

const mebibyte = 1024 * 1024;

it('wants Node.js 24', () => {
  expect(checkNodeVersion('24.0.0').status).toBe('ok');
  expect(checkNodeVersion('22.21.1')).toMatchObject({
    status: 'failed',
    advice: expect.stringContaining('Node.js 24'),
  });
});

it.each([
  [2000, 'ok'],
  [300, 'warning'],
  [100, 'failed'],
])('judges %i MiB of memory and of disk', (size, status) => {
  expect(checkMemory(size * mebibyte).status).toBe(status);
  expect(checkDisk(size * 2 * mebibyte, '/data').status).toBe(status);
});

it('renders each finding with its advice below', () => {
  const text = renderFindings([
    { check: 'Node.js', status: 'ok', detail: '24.21.0' },
    { check: 'Port', status: 'failed', detail: '3000 is taken', advice: 'Stop it.' },
  ]);
  expect(text).toBe(
    [
      'ok    Node.js  24.21.0',
      'FAIL  Port     3000 is taken',
      '               → Stop it.',
      '',
      '1 thing keeps it from running.',
    ].join('\n'),
  );
});
