import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { pinAction } from './action-pins.ts';
import { scriptFolder } from './layout.ts';
import { gatewayAddress, isReachable } from './promote-workflow.ts';
import { checkout } from './steps.ts';
import type { Workflow } from './workflow.ts';

const k6 = 'grafana/k6:2.2.0';

/** Load on an environment that is neither the last one nor somebody's own machine: by hand, every Monday, and before each promotion to the last. */
export function loadTestWorkflow(environments: readonly ResolvedPlatform[]): Workflow | undefined {
  const tested = (environments.length === 1 ? environments : environments.slice(0, -1)).filter(isReachable);
  if (tested.length === 0) return undefined;
  const names = tested.map(({ environment }) => environment);
  const usual = names.at(-1)!;
  const cases = tested.map((platform) => `  ${platform.environment}) address=${gatewayAddress(platform)} ;;`);
  const input = { description: 'environment', default: usual };
  return {
    name: 'load-test',
    on: {
      workflow_dispatch: { inputs: { environment: { ...input, required: true, type: 'choice', options: names } } },
      workflow_call: { inputs: { environment: { ...input, type: 'string' } } },
      schedule: [{ cron: '17 4 * * 1' }],
    },
    concurrency: { group: 'load-test', 'cancel-in-progress': false },
    jobs: {
      load: {
        name: 'Load test',
        permissions: { contents: 'read' },
        minutes: 20,
        steps: [
          checkout(),
          {
            name: 'Run k6',
            env: { ENVIRONMENT: `\${{ inputs.environment || '${usual}' }}` },
            run: [
              'case "$ENVIRONMENT" in',
              ...cases,
              '  *) echo "$ENVIRONMENT is not an environment that is tested under load" >&2; exit 1 ;;',
              'esac',
              'mkdir --parents results && chmod 0777 results',
              'docker run --rm --env BASE_URL="$address" \\',
              `  --volume "$PWD/${scriptFolder}/load.js:/load.js:ro" --volume "$PWD/results:/results" \\`,
              `  ${k6} run --summary-export /results/summary.json /load.js`,
            ].join('\n'),
          },
          {
            name: 'Keep the result',
            if: '!cancelled()',
            uses: pinAction('actions/upload-artifact'),
            with: { name: 'load-test', path: 'results/', 'if-no-files-found': 'error', 'retention-days': 30 },
          },
        ],
      },
    },
  };
}
