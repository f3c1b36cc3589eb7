import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { OutputNotWritableError } from '../render/render.errors.ts';
import { writeOutput } from './write-output.ts';

const file = fileURLToPath(import.meta.url);

it('names the place that cannot be written, and leaves other errors alone', async () => {
  await expect(writeOutput(file, () => mkdir(`${file}/folder`))).rejects.toThrow(OutputNotWritableError);
  await expect(writeOutput(file, () => Promise.reject(new RangeError('other')))).rejects.toThrow(RangeError);
  await expect(writeOutput(file, () => Promise.resolve(1))).resolves.toBe(1);
});
