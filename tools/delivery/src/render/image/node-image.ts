import { buildStages, collectStage, productionStage, type Output } from './application-stages.ts';
import { heading, joinStages, runtimeInstructions, stage } from './dockerfile.ts';
import type { ImagePlan } from './image-plan.ts';
import { imageUser } from './image-pins.ts';

type NodeType = 'nest' | 'svelte-kit' | 'next';

const commands: Readonly<Record<NodeType, readonly string[]>> = {
  nest: ['node', 'dist/main.js'],
  'svelte-kit': ['node', 'build'],
  next: ['node', 'server.js'],
};

/** Where the build leaves what runs, below the package's folder. */
const outputs = { nest: 'dist', 'svelte-kit': 'build' } as const;

/** A NestJS back end, SvelteKit with its Node.js adapter, or Next.js with `output: 'standalone'`. */
export function renderNodeImage(plan: ImagePlan, type: NodeType, nodeImage: string): string {
  const isStandalone = type === 'next';
  return joinStages([
    heading(plan, { NODE_IMAGE: nodeImage }),
    ...buildStages(plan),
    ...(isStandalone ? [] : [productionStage(plan)]),
    collectStage(collected(plan, type)),
    stage('${NODE_IMAGE}', 'runtime', [
      `ENV NODE_ENV=production \\\n    HOSTNAME=0.0.0.0 \\\n    PORT=${plan.port ?? 3000}`,
      ...(isStandalone ? [] : ['COPY --from=production /image /']),
      'COPY --from=output /image /',
      `WORKDIR /app/${plan.folder}`,
      `USER ${imageUser}`,
      ...runtimeInstructions(plan, commands[type]),
    ]),
  ]);
}

function collected(plan: ImagePlan, type: NodeType): Output[] {
  const { folder, packages } = plan;
  if (type === 'next') {
    // The traced files repeat the folders of the repository; what browsers load is not among them.
    return [
      { from: `${folder}/.next/standalone`, to: '/image/app' },
      { from: `${folder}/.next/static`, to: `/image/app/${folder}/.next/static` },
      { from: `${folder}/public`, to: `/image/app/${folder}/public`, optional: true },
    ];
  }
  const shared = packages.filter((other) => other !== folder).map((other) => `${other}/dist`);
  const own = `${folder}/${outputs[type]}`;
  return [
    // A package of plain JavaScript or of types alone builds nothing.
    ...shared.map((from) => ({ from, to: `/image/app/${from}`, optional: true })),
    { from: own, to: `/image/app/${own}` },
  ];
}
