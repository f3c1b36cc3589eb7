import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { Artifact } from '../artifact.ts';
import { renderedBy } from '../yaml.ts';
import { gatewayAddress } from './promote-workflow.ts';

/** What a repository needs beside its pipelines: who reviews what, what a pull request says, where to work. */
export function renderRepositoryFiles(platform: ResolvedPlatform): Artifact[] {
  return [
    { path: '.github/CODEOWNERS', content: renderCodeOwners(platform) },
    { path: '.github/pull_request_template.md', content: pullRequestTemplate },
    { path: '.devcontainer/devcontainer.json', content: renderDevContainer(platform) },
  ];
}

/** Teams of the organization that owns the GitOps repository: `platform`, and one for each product. */
function renderCodeOwners({ gitOps, products, workloads }: ResolvedPlatform): string {
  const organization = organizationOf(gitOps.repository);
  const rules = products.flatMap(({ name, workloads: names }) => {
    const folders = workloads.flatMap(({ name: workload, build }) =>
      build !== undefined && names.includes(workload) ? [build.folder] : [],
    );
    return folders.toSorted().map((folder) => `/${folder}/ @${organization}/${name}`);
  });
  return [`# ${renderedBy}`, `* @${organization}/platform`, ...rules, ''].join('\n');
}

function organizationOf(repository: string): string {
  return repository.split(/[/:]/).filter(Boolean).at(-2) ?? 'organization';
}

const pullRequestTemplate = `<!-- ${renderedBy} -->
## What changes, and why

## How it was tested

- [ ] The commit subjects read \`type(scope): subject\`.
- [ ] What the change does to data that exists already is said, or there is none.
- [ ] Generated files are part of the commit that causes them.
`;

function renderDevContainer(platform: ResolvedPlatform): string {
  const container = {
    name: platform.name,
    image: 'mcr.microsoft.com/devcontainers/typescript-node:4-24-trixie',
    postCreateCommand: 'npm run build',
    forwardPorts: [3000],
    portsAttributes: { 3000: { label: `${platform.title} (${gatewayAddress(platform)} elsewhere)` } },
    customizations: { vscode: { extensions: ['oxc.oxc-vscode', 'vitest.explorer'] } },
  };
  return `// ${renderedBy}\n${JSON.stringify(container, undefined, 2)}\n`;
}
