import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a container of the image would run, with all paths on this machine. */
export interface AssembledImage {
  /** Root of the image's file system, as far as our build fills it. */
  readonly root: string;
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Absent where the base image's own command runs. */
  readonly command: readonly string[] | undefined;
  readonly healthCheck: readonly string[];
}

interface Instruction {
  readonly name: string;
  readonly value: string;
}

/**
 * Does what a rendered Dockerfile does after the build, without an engine: the commands of the stages that fill
 * `/image`, and the package's manifest, which the stage of the production dependencies brings. `repository` is where
 * the application was built.
 */
export async function assembleImage(
  dockerfile: string,
  { repository, folder, root }: { readonly repository: string; readonly folder: string; readonly root: string },
): Promise<AssembledImage> {
  const stages = parseStages(dockerfile);
  await mkdir(join(root, 'app', folder), { recursive: true });
  for (const name of ['output', 'configuration']) {
    for (const { value } of instructionsOf(stages, name, 'RUN')) {
      const command = value.replaceAll(/\/image(?=[/ ])/g, root);
      await run('sh', ['-euc', command], { cwd: repository, env: { PATH: '/usr/bin:/bin', SOURCE_DATE_EPOCH: '0' } });
    }
  }
  if (stages.has('production'))
    await cp(join(repository, folder, 'package.json'), join(root, 'app', folder, 'package.json'));
  const [workingFolder] = instructionsOf(stages, 'runtime', 'WORKDIR');
  const [command] = instructionsOf(stages, 'runtime', 'CMD');
  const [health] = instructionsOf(stages, 'runtime', 'HEALTHCHECK');
  const variables = instructionsOf(stages, 'runtime', 'ENV').flatMap(({ value }) => value.split(/\s+/));
  return {
    root,
    workingFolder: join(root, workingFolder?.value ?? '/'),
    environment: Object.fromEntries(variables.map((text) => text.split('=') as [string, string])),
    command: command && (JSON.parse(command.value) as string[]),
    healthCheck: JSON.parse(health?.value.replace(/^.*?CMD /, '') ?? '[]') as string[],
  };
}

/** Instructions by the name of their stage. */
function parseStages(dockerfile: string): Map<string, Instruction[]> {
  const lines = dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter(Boolean);
  const stages = new Map<string, Instruction[]>();
  let current: Instruction[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') stages.set(/ AS (\S+)$/.exec(value)?.[1] ?? '', (current = []));
    else current.push({ name, value });
  }
  return stages;
}

function instructionsOf(stages: ReadonlyMap<string, Instruction[]>, stage: string, name: string): Instruction[] {
  return (stages.get(stage) ?? []).filter((instruction) => instruction.name === name);
}
