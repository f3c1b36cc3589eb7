import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { requirePeers, runPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Artifact } from '../src/render/artifact.ts';
import { renderCi } from '../src/render/ci/ci.ts';
import { loadExample } from './example-platforms.ts';

const peers = requirePeers('actionlint');
const examples = ['saas-on-one-vm', 'metered-api', 'home-lab', 'air-gapped', 'many-products'] as const;

describe.skipIf(peers.skip)('actionlint', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-actionlint-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function lint(name: string, artifacts: readonly Artifact[]): Promise<{ code: number; stdout: string }> {
    // It wants the layout of a repository: called workflows are looked up below its root.
    await mkdir(join(folder, name, '.git'), { recursive: true });
    const workflows = artifacts.filter(({ path }) => /^\.git(hub|ea)\/workflows\//.test(path));
    for (const { path, content } of workflows) {
      await mkdir(dirname(join(folder, name, path)), { recursive: true });
      await writeFile(join(folder, name, path), content);
    }
    const paths = workflows.map(({ path }) => path);
    return runPeer(peers.paths.actionlint, ['-no-color', ...paths], { cwd: join(folder, name) });
  }

  it.each(examples)('finds nothing in the workflows of %s', async (name) => {
    const input = await loadExample(name);
    if (!input.platform.targets.includes('ci')) return;
    expect(await lint(name, renderCi(input))).toMatchObject({ code: 0, stdout: '' });
  });

  it.each([
    ['a job that needs one which is not there', 'needs:\n      - changes', 'needs:\n      - change'],
    ['an output that nobody makes', 'needs.changes.outputs.images !=', 'needs.changes.outputs.image !='],
    ['an event inside a command', 'run: npm test', 'run: echo ${{ github.event.head_commit.message }}'],
    ['a step that does nothing', 'run: npm test', 'ran: npm test'],
  ])('finds %s', async (fault, from, to) => {
    const artifacts = renderCi(await loadExample('saas-on-one-vm'));
    const broken = artifacts.map((artifact) => ({ ...artifact, content: artifact.content.replace(from, () => to) }));
    const { code, stdout } = await lint(fault, broken);
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('.yml:') });
  });
});
