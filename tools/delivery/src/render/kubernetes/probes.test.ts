import { expect, it } from 'vitest';
import { buildWorkload } from './kubernetes.builders.ts';
import { buildProbes } from './probes.ts';

const usual = buildWorkload();

it('asks with the timing of requirement 05', () => {
  expect(buildProbes(usual)).toEqual({
    livenessProbe: {
      httpGet: { path: '/health/live', port: 3000, scheme: 'HTTP' },
      initialDelaySeconds: 30,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    readinessProbe: {
      httpGet: { path: '/health/ready', port: 3000, scheme: 'HTTP' },
      initialDelaySeconds: 10,
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 3,
    },
  });
});

it('does not judge what starts slowly before it has started', () => {
  const workload = buildWorkload({ health: { ...usual.health!, startSeconds: 120 } });
  expect(buildProbes(workload)['startupProbe']).toMatchObject({ periodSeconds: 10, failureThreshold: 36 });
});

it('gives a command the time that its author gave it', () => {
  const command = { kind: 'command', command: ['pg_isready'] } as const;
  const workload = buildWorkload({ health: { ...usual.health!, live: command, ready: command } });
  expect(buildProbes(workload)['readinessProbe']).toMatchObject({
    exec: { command: ['pg_isready'] },
    timeoutSeconds: 10,
    periodSeconds: 10,
  });
});

it('asks nothing of what has no health', () => {
  expect(buildProbes(buildWorkload({ health: undefined }))).toEqual({});
});
