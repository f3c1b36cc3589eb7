import { defineCommand } from '../../cli/command.ts';

export const renderCommand = defineCommand({
  path: ['render'],
  summary: 'render a platform description for Compose, Kubernetes, gateways and more',
  description:
    'Targets: images, compose, helm, kustomize, argocd, flux, gateway, realm, observability, ci, env. The same description gives the same bytes. Files that were edited by hand are not overwritten.',
  arguments: [{ name: 'target', doc: 'what to render; leave it out with --all' }],
  options: {
    all: { type: 'boolean', doc: 'every target that the description names' },
    env: { type: 'string', value: '<name>', doc: 'only this environment; all when absent' },
    out: { type: 'string', value: '<dir>', default: 'deploy', doc: 'folder that is written' },
    file: { type: 'string', value: '<file>', doc: 'the description; platform.ts or platform/platform.ts when absent' },
    force: { type: 'boolean', doc: 'overwrite files that were edited by hand' },
  },
  examples: [
    'plinth render compose --env production --out deploy',
    'plinth render --all --out deploy',
    'plinth render helm --file examples/saas-on-one-vm/platform.ts --out /tmp/saas',
  ],
  load: async () => (await import('./render.handler.ts')).render,
});
