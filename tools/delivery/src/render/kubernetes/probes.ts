import type { Probe, Workload } from '../../model/platform-model.ts';
import { compact } from './kubernetes-object.ts';

/** A probe as the service chart's values have it: a command when there is one, a path otherwise. Seconds. */
export interface ProbeValues {
  readonly enabled: boolean;
  readonly path: string;
  readonly port: number;
  readonly command: readonly string[];
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export interface ProbeSet {
  readonly startup: ProbeValues;
  readonly liveness: ProbeValues;
  readonly readiness: ProbeValues;
}

const http = { path: '/health/live', port: 3000, command: [] } as const;

/** Timing of requirement 05; every workload without a word of its own gets it. */
export const usualProbes: ProbeSet = {
  startup: {
    enabled: false,
    ...http,
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 30,
  },
  liveness: {
    enabled: true,
    ...http,
    initialDelaySeconds: 30,
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 3,
  },
  readiness: {
    enabled: true,
    ...http,
    path: '/health/ready',
    initialDelaySeconds: 10,
    periodSeconds: 5,
    timeoutSeconds: 3,
    failureThreshold: 3,
  },
};

// Liveness gives up after 30 + 3 × 10 seconds; what may need longer is not judged before it has started.
const LONGEST_START = 45;

/** Probes of a workload; all disabled where it has no health of its own. */
export function resolveProbes({ health }: Workload): ProbeSet {
  if (health === undefined) {
    const off = <Values extends ProbeValues>(values: Values): Values => ({ ...values, enabled: false });
    return {
      startup: off(usualProbes.startup),
      liveness: off(usualProbes.liveness),
      readiness: off(usualProbes.readiness),
    };
  }
  const { live, ready, startSeconds, timeoutSeconds } = health;
  const startup = usualProbes.startup;
  return {
    startup: {
      ...withProbe(startup, live, timeoutSeconds),
      enabled: startSeconds > LONGEST_START,
      failureThreshold: Math.max(startup.failureThreshold, Math.ceil((startSeconds * 3) / startup.periodSeconds)),
    },
    liveness: withProbe(usualProbes.liveness, live, timeoutSeconds),
    readiness: withProbe(usualProbes.readiness, ready, timeoutSeconds),
  };
}

/** A command starts a process each time: it gets the time that its author gave it, and no next one before that. */
function withProbe(values: ProbeValues, probe: Probe, timeoutSeconds: number): ProbeValues {
  if (probe.kind === 'http') return { ...values, path: probe.path, port: probe.port };
  const seconds = Math.max(values.timeoutSeconds, timeoutSeconds);
  return {
    ...values,
    command: probe.command,
    timeoutSeconds: seconds,
    periodSeconds: Math.max(values.periodSeconds, seconds),
  };
}

/** The container's fields `startupProbe`, `livenessProbe` and `readinessProbe`. */
export function buildProbes(workload: Workload): Record<string, unknown> {
  const { startup, liveness, readiness } = resolveProbes(workload);
  return compact({
    startupProbe: buildProbe(startup),
    livenessProbe: buildProbe(liveness),
    readinessProbe: buildProbe(readiness),
  });
}

function buildProbe(values: ProbeValues): Record<string, unknown> | undefined {
  const { enabled, path, port, command, initialDelaySeconds, ...timing } = values;
  if (!enabled) return undefined;
  return {
    ...(command.length > 0 ? { exec: { command } } : { httpGet: { path, port, scheme: 'HTTP' } }),
    ...(initialDelaySeconds > 0 ? { initialDelaySeconds } : {}),
    ...timing,
  };
}
