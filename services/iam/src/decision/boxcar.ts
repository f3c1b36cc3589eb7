import type { InputFault } from '@plinth/contracts';
import { toFaults } from '@plinth/common';
import { evaluationSchema } from './authzen.dto.ts';
import type { AccessQuestion } from './decision.ts';

type Members = Readonly<Record<string, unknown>>;

/** What several evaluations have in common, and what each of them says. */
export interface Boxcar {
  readonly subject?: Members | undefined;
  readonly action?: Members | undefined;
  readonly resource?: Members | undefined;
  readonly context?: unknown;
  readonly evaluations?: readonly Members[] | undefined;
}

export type Evaluation = { readonly question: AccessQuestion } | { readonly faults: readonly InputFault[] };

const required = { subject: ['type', 'id'], action: ['name'], resource: ['type', 'id'] } as const;

/**
 * The evaluations with their defaults filled in (AuthZEN 1.0, default values): an own subject, action or resource
 * replaces the default one, of which it keeps only required members that it lacks itself.
 */
export function unpackBoxcar(boxcar: Boxcar): Evaluation[] {
  return (boxcar.evaluations ?? []).map((own, index) => {
    const whole = {
      subject: fill('subject', own, boxcar),
      action: fill('action', own, boxcar),
      resource: fill('resource', own, boxcar),
    };
    const parsed = evaluationSchema.safeParse(whole);
    return parsed.success ? { question: parsed.data } : { faults: toFaults(parsed.error, `/evaluations/${index}`) };
  });
}

function fill(name: keyof typeof required, own: Members, defaults: Boxcar): unknown {
  const [value, fallback] = [own[name], defaults[name]];
  if (value === undefined) return fallback;
  if (typeof value !== 'object' || value === null) return value;
  const kept = required[name].filter((member) => fallback !== undefined && Object.hasOwn(fallback, member));
  return { ...Object.fromEntries(kept.map((member) => [member, fallback![member]])), ...value };
}
