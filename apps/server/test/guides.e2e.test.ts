import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findFreePort } from '../src/composition/free-port.ts';
import { readGuide, runGuide, type GuideStep } from './guide.ts';
import { startPlinth } from './platform-process.ts';

const guides = resolve(import.meta.dirname, '../../../docs/guides');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs `npm start` as its script does, in a folder and at a port of its own. */
async function startIn(directory: string): Promise<string> {
  const port = await findFreePort('127.0.0.1');
  const plinth = startPlinth(['up', '--data', join(directory, '.plinth'), '--port', String(port)]);
  cleanups.push(() => plinth.kill());
  await plinth.ready(`http://localhost:${port}`);
  return `http://localhost:${port}`;
}

/** Steps of the first guide with which this one begins: somebody who has a key, and a company that charges tax. */
async function readBeginning(): Promise<GuideStep[]> {
  const steps = await readGuide(join(guides, 'charge-by-usage.md'));
  return steps.slice(
    0,
    steps.findIndex(({ name }) => name.startsWith('4.')),
  );
}

test.each([
  ['charge-by-usage', async () => []],
  ['move-from-another-engine', readBeginning],
  ['prepaid-credits', async () => []],
])(
  'every command of %s runs on a new platform, and prints what the guide shows',
  async (name, readBefore) => {
    const directory = await mkdtemp(join(tmpdir(), 'plinth-guide-'));
    await chmod(directory, 0o755);
    cleanups.push(() => rm(directory, { recursive: true, force: true, maxRetries: 20 }));
    const [start, ...steps] = [...(await readBefore()), ...(await readGuide(join(guides, `${name}.md`)))];
    expect(start?.commands).toBe('npm start\n');
    const outputs = await runGuide(steps, directory, await startIn(directory));
    expect(outputs.length).toBeGreaterThan(3);
    for (const { step, printed, expected } of outputs) {
      if (Array.isArray(printed)) expect(printed, step.name).toEqual(expected);
      else expect(printed, step.name).toMatchObject(expected as object);
    }
  },
  240_000,
);
