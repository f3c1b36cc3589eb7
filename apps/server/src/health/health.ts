import type { Pool } from 'pg';
import type { ContractClients, OutboxRelay } from '@plinth/common';

export interface Check {
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail?: string;
}

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unavailable';
  readonly checks: Readonly<Record<string, Check>>;
}

export interface HealthOptions {
  readonly pool: Pool;
  readonly relays: ReadonlyMap<string, OutboxRelay>;
  readonly contracts: ContractClients;
  readonly remoteServices: readonly string[];
  readonly isDraining: () => boolean;
}

const TIMEOUT_MS = 2000;

/**
 * Asks each dependency. A missing database makes the process unavailable; a remote service that is down or events
 * that wait make it degraded, because everything else still works.
 */
export async function checkReadiness(options: HealthOptions): Promise<Readiness> {
  const remote = await Promise.all(
    options.remoteServices.map(
      async (service) => [`service ${service}`, await checkRemote(options.contracts.urlOf(service))] as const,
    ),
  );
  const waiting = [...options.relays].filter(([, relay]) => relay.isFailing).map(([service]) => service);
  const checks: Record<string, Check> = {
    database: await checkDatabase(options.pool),
    events:
      waiting.length === 0
        ? { status: 'up' }
        : { status: 'degraded', detail: `events of ${waiting.join(', ')} wait for delivery` },
    ...Object.fromEntries(remote),
    ...(options.isDraining() ? { process: { status: 'down', detail: 'shutting down' } satisfies Check } : {}),
  };
  const states = Object.values(checks).map((check) => check.status);
  return {
    status: states.includes('down') ? 'unavailable' : states.includes('degraded') ? 'degraded' : 'ready',
    checks,
  };
}

async function checkDatabase(pool: Pool): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'down', detail: 'does not answer' }), TIMEOUT_MS);
  });
  const answer = pool.query('SELECT 1').then(
    (): Check => ({ status: 'up' }),
    (error: unknown): Check => ({ status: 'down', detail: (error as { code?: string }).code ?? 'cannot be reached' }),
  );
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}

async function checkRemote(url: string | undefined): Promise<Check> {
  try {
    const response = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? { status: 'up' } : { status: 'degraded', detail: `answers ${response.status}` };
  } catch {
    return { status: 'degraded', detail: 'cannot be reached' };
  }
}
