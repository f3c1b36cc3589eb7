import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePeers, runPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolvePlatform } from '../description/resolve-platform.ts';
import type { Workload } from '../model/platform-model.ts';
import { describeWholeCatalogue } from './whole-catalogue.builders.ts';

function everyWorkload(): readonly Workload[] {
  return describeWholeCatalogue().flatMap((description) => resolvePlatform(description, 'development').workloads);
}

interface Script {
  readonly where: string;
  readonly shell: 'sh' | 'bash';
  readonly text: string;
}

function scriptsOf(workload: Workload): Script[] {
  return [workload.command, workload.health?.check].flatMap((command, index) => {
    const shell = /(^|\/)(sh|bash)$/.exec(command?.[0] ?? '')?.[2];
    if (command === undefined || (shell !== 'sh' && shell !== 'bash') || command[1] !== '-c') return [];
    return [{ where: `${workload.name} ${index === 0 ? 'command' : 'health'}`, shell, text: command[2] ?? '' }];
  });
}

const workloads = everyWorkload();
const scripts = workloads.flatMap(scriptsOf);
const balancers = workloads.flatMap(({ name, files }) =>
  files.filter(({ path }) => path.endsWith('haproxy.cfg')).map(({ content }) => ({ name, content })),
);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plinth-catalogue-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('scripts of the catalogue', () => {
  it.each(scripts)('$where can be read by $shell', async ({ shell, text }) => {
    const result = await runPeer(`/bin/${shell}`, ['-n', '-c', text]);
    expect(result.stderr).toBe('');
    expect(result.code).toBe(0);
  });

  it.each(scripts.filter(({ shell }) => shell === 'sh'))('$where uses nothing that only bash has', ({ text }) => {
    expect(text).not.toMatch(/\$\(<|\[\[ |<<<|\/dev\/tcp/);
  });
});

describe.skipIf(requirePeers('haproxy').skip)('configurations of HAProxy', () => {
  const check = async (name: string, content: string) => {
    const file = join(folder, `${name}.cfg`);
    await writeFile(file, content);
    return runPeer(requirePeers('haproxy').paths.haproxy, ['-c', '-f', file]);
  };

  it.each(balancers)('$name is accepted', async ({ name, content }) => {
    const { code, stderr } = await check(name, content);
    expect(code, stderr).toBe(0);
  });

  it.each(balancers)('$name is refused when a line says more than HAProxy knows', async ({ name, content }) => {
    const broken = content.replaceAll(/default_backend (\S+)|^(listen|backend) (\S+)/gm, '$& gone');
    expect(broken).not.toBe(content);
    expect((await check(`${name}-broken`, broken)).code).not.toBe(0);
  });
});

describe('scripts with an error', () => {
  it.each(['sh', 'bash'])('are refused by %s', async (shell) => {
    expect((await runPeer(`/bin/${shell}`, ['-n', '-c', 'if true; then echo'])).code).not.toBe(0);
  });
});
