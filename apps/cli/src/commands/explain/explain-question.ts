import { idSchema } from '@plinth/contracts';
import { UsageError } from '../../cli/cli.errors.ts';

/** What the platform is asked. */
export interface ExplainQuestion {
  readonly subject: { readonly type: 'user' | 'service-account' | 'api-key'; readonly id: string };
  readonly permission: string;
  readonly object?: { readonly divisionId: string } | { readonly organizationId: string };
}

/** The question that the command line asks. Throws `UsageError` for what is none. */
export function parseQuestion(who: string, permission: string, on: string | undefined): ExplainQuestion {
  if (!/^[^:]+:[^:]+$/.test(permission))
    throw new UsageError(`"${permission}" is not a permission.`, 'Write resource:action, for example division:write.');
  const subject = /^(service-account|api-key):(.+)$/.exec(who);
  return {
    subject:
      subject === null
        ? { type: 'user', id: who }
        : { type: subject[1] as 'service-account' | 'api-key', id: subject[2]! },
    permission,
    ...(on === undefined ? {} : { object: parsePlace(on) }),
  };
}

function parsePlace(on: string): { divisionId: string } | { organizationId: string } {
  const [type, id, ...rest] = on.split(':');
  if (rest.length === 0 && idSchema.safeParse(id).success) {
    if (type === 'division') return { divisionId: id! };
    if (type === 'organization') return { organizationId: id! };
  }
  throw new UsageError(`"${on}" is not a place.`, 'Write --on division:<id> or --on organization:<id>.');
}
