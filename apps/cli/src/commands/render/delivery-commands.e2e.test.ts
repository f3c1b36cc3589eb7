import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';

const root = fileURLToPath(new URL('../../../../..', import.meta.url));
const description = join(root, 'platform/platform.ts');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plinth-delivery-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function plinth(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const code = await run({
    argv,
    environment: {},
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  });
  return { code, stdout, stderr };
}

describe('plinth render and check --rendered', () => {
  const out = () => join(folder, 'deploy');
  const compose = () => join(out(), 'compose/production/compose.yaml');

  it('writes every target once, and nothing when nothing changed', async () => {
    const first = JSON.parse((await plinth('render', '--all', '--file', description, '--out', out(), '--json')).stdout);
    expect(first.written).toBe(first.files);
    expect(readdirSync(out())).toEqual(expect.arrayContaining(['compose', 'helm', 'kustomize', 'gateway', 'ci']));
    const second = JSON.parse(
      (await plinth('render', '--all', '--file', description, '--out', out(), '--json')).stdout,
    );
    expect([second.written, second.unchanged, second.removed]).toEqual([0, first.files, 0]);
    expect((await plinth('check', description, '--rendered', out())).code).toBe(0);
  });

  it('finds a file that was edited, does not overwrite it, and does when told to', async () => {
    const before = readFileSync(compose(), 'utf8');
    appendFileSync(compose(), '# by hand\n');
    const check = await plinth('check', description, '--rendered', out());
    expect([check.code, check.stdout]).toEqual([1, expect.stringContaining('edited')]);
    const refused = await plinth('render', 'compose', '--file', description, '--out', out());
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('compose/production/compose.yaml')]);
    expect((await plinth('render', 'compose', '--file', description, '--out', out(), '--force')).code).toBe(0);
    expect(readFileSync(compose(), 'utf8')).toBe(before);
  });

  it('keeps the image tags that a pipeline wrote', async () => {
    const tags = join(out(), 'kustomize/overlays/production/images/kustomization.yaml');
    writeFileSync(tags, readFileSync(tags, 'utf8').replace("newTag: '0.1.0'", 'newTag: 4f2a9c1'));
    expect((await plinth('render', 'kustomize', '--file', description, '--out', out())).code).toBe(0);
    expect(readFileSync(tags, 'utf8')).toContain('newTag: 4f2a9c1');
    expect((await plinth('check', description, '--rendered', out())).code).toBe(0);
  });

  it.each([
    [['render'], 'Which target?'],
    [['render', 'compose', '--all'], 'exclude each other'],
    [['render', 'realm', '--file', description], 'does not name the target "realm"'],
    [['render', 'compose', '--env', 'prod', '--file', description], 'no environment "prod"'],
    [['check', join('examples', 'none.ts')], 'examples/none.ts'],
  ])('refuses plinth %j with what is wrong', async (argv, message) => {
    const { code, stderr } = await plinth(...argv);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(message);
  });
});

it('shows a platform as a tree and as a diagram, and in what environments differ', async () => {
  const svg = join(folder, 'platform.svg');
  const show = await plinth('show', description, '--env', 'production', '--svg', svg);
  expect([show.code, show.stdout]).toEqual([0, expect.stringContaining('├─ iam  ')]);
  expect(readFileSync(svg, 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
  const diff = JSON.parse((await plinth('diff', 'staging', 'production', '--file', description, '--json')).stdout);
  expect(diff.differences).toContainEqual({ path: 'workloads.iam.replicas', left: 1, right: 2 });
});

it('makes the secrets of an environment, and never prints one', async () => {
  const secrets = join(folder, 'secrets');
  const made = await plinth('secrets', '--env', 'production', '--file', description, '--out', secrets);
  expect(made.code).toBe(0);
  expect(existsSync(join(secrets, 'database-url'))).toBe(true);
  for (const name of readdirSync(secrets).filter((file) => file !== '.gitignore'))
    expect(made.stdout + made.stderr).not.toContain(readFileSync(join(secrets, name), 'utf8').trim());
});

it('makes no secrets of a description that plinth check refuses', async () => {
  const file = join(folder, 'faulty.ts');
  const text = readFileSync(join(root, 'examples/home-lab/platform.ts'), 'utf8');
  const delivery = import.meta.resolve('@plinth/delivery');
  writeFileSync(file, text.replace("version: '1.0.0'", "version: 'latest'").replace('@plinth/delivery', delivery));
  const secrets = join(folder, 'faulty-secrets');
  const refused = await plinth('secrets', '--env', 'production', '--file', file, '--out', secrets);
  expect([refused.code > 0, refused.stderr]).toEqual([
    true,
    expect.stringContaining('has 1 fault, so nothing is made'),
  ]);
  expect(existsSync(secrets)).toBe(false);
});
