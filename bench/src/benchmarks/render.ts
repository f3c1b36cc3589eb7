import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openPlatform, renderTargets, writeArtifacts, type Target } from '@plinth/delivery';
import { atMost, type Benchmark, type BenchmarkContext, type Figure, type Outcome } from '../benchmark.ts';
import { findPeer } from '../peers/find-peer.ts';
import { median } from '../statistics.ts';

const execute = promisify(execFile);
const names = ['saas-on-one-vm', 'metered-api', 'home-lab', 'air-gapped', 'many-products'];

export const render: Benchmark = {
  name: 'render',
  title: 'Rendering the five reference platforms',
  description:
    'All five platforms of `examples/` to all targets that they name, for all environments: loading, checking and rendering, without writing. ' +
    'A new process does it once, from its start to its end; one process does it again and again. `plinth check` is the whole command, with the warm compile cache that it has from the second start on. ' +
    'Beside it the tools that read the result: `helm template` of the rendered chart and `kustomize build` of the rendered overlays of saas-on-one-vm, each in processes of their own, for its three environments, and our rendering of the same two trees in a process of its own.',
  run,
};

async function run(context: BenchmarkContext): Promise<Outcome> {
  const rounds = context.quick ? 3 : 15;
  const script = fileURLToPath(new URL('../processes/render-platforms.js', import.meta.url));
  const runOnce = (count: number, ...platforms: string[]) =>
    execute(process.execPath, [script, context.root, String(count), ...platforms], { cwd: context.root });
  const warm = JSON.parse((await runOnce(rounds, ...names)).stdout) as {
    times: number[];
    files: number;
    lines: number;
  };
  const whole = await timeRounds(context.quick ? 1 : 5, () => runOnce(1, ...names));
  const cli = join(context.root, 'apps/cli/dist/src/main.js');
  const check = await timeRounds(context.quick ? 3 : 15, () =>
    execute(process.execPath, [cli, 'check', 'platform/platform.ts'], {
      cwd: context.root,
      // As `npm run plinth` starts it.
      env: {
        NODE_COMPILE_CACHE: join(context.root, '.cache/node-compile'),
        ...context.environment,
      } as NodeJS.ProcessEnv,
    }),
  );
  const figures: Figure[] = [
    { what: 'All five in a new process, from its start', value: median(whole) / 1000, unit: 's', budget: atMost(2) },
    {
      what: 'All five again in the same process, median',
      value: median(warm.times.slice(1)) / 1000,
      unit: 's',
      budget: atMost(2),
    },
    { what: '`plinth check`, the whole command, median', value: median(check), unit: 'ms', budget: atMost(300) },
    ...(await compareWithTools(context, (...platforms) => runOnce(1, ...platforms))),
  ];
  return { figures, notes: [`${warm.files.toLocaleString('en')} files, ${warm.lines.toLocaleString('en')} lines.`] };
}

async function compareWithTools(
  context: BenchmarkContext,
  renderInProcess: (...platforms: string[]) => Promise<unknown>,
): Promise<Figure[]> {
  const [name = ''] = names;
  const [helm, kustomize] = await Promise.all([findPeer(context, 'helm'), findPeer(context, 'kustomize')]);
  if (helm === undefined || kustomize === undefined) {
    context.say('  helm or kustomize is missing, so they are not compared; npm run peers -- helm kustomize');
    return [];
  }
  const folder = await context.folders.create();
  const { description, environments } = await openPlatform(join('examples', name, 'platform.ts'), context.root);
  const targets: Target[] = ['helm', 'kustomize'];
  const artifacts = renderTargets({ environments, targets });
  await writeArtifacts(artifacts, { folder, platform: description.name, owned: [''] });
  const rounds = context.quick ? 1 : 5;
  const chart = join(folder, 'helm/charts', description.name);
  const valuesOf = (environment: string) =>
    [join(chart, `values-${environment}.yaml`), join(folder, `helm/images/${environment}.yaml`)].flatMap((file) => [
      '--values',
      file,
    ]);
  const times = { ours: [] as number[], helm: [] as number[], kustomize: [] as number[] };
  // In turns: other machines on the same host come and go.
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(...(await timeRounds(1, () => renderInProcess(name))));
    times.helm.push(
      ...(await timeRounds(1, async () => {
        for (const { environment } of environments)
          await execute(helm, ['template', description.name, chart, ...valuesOf(environment)], { maxBuffer: 1 << 28 });
      })),
    );
    times.kustomize.push(
      ...(await timeRounds(1, async () => {
        for (const { environment } of environments)
          await execute(kustomize, ['build', join(folder, 'kustomize/overlays', environment)], { maxBuffer: 1 << 28 });
      })),
    );
  }
  return [
    { what: `${name}: checked and rendered to all its targets, new process`, value: median(times.ours), unit: 'ms' },
    { what: `${name}: helm template of its chart, three environments`, value: median(times.helm), unit: 'ms' },
    {
      what: `${name}: kustomize build of its overlays, three environments`,
      value: median(times.kustomize),
      unit: 'ms',
    },
    {
      what: 'Ours to helm and kustomize together',
      value: (median(times.ours) / (median(times.helm) + median(times.kustomize))) * 100,
      unit: '%',
    },
  ];
}

async function timeRounds(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times;
}
