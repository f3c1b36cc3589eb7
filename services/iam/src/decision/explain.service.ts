import { permissions, type ContractFunctions, type Principal, type tenantContract } from '@plinth/contracts';
import type { Database } from '@plinth/common';
import { listPermissionNames } from '../permission/permission.store.ts';
import { permissionOf, type AccessQuestion, type Subject } from './decision.ts';
import type { DecisionService } from './decision.service.ts';
import { explain, type Explanation } from './explanation.ts';
import type { KnowledgeService } from './knowledge.service.ts';

export interface ExplainServiceOptions {
  readonly database: Database;
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'findTenant'>;
  readonly knowledge: KnowledgeService;
  readonly decisions: DecisionService;
}

/** What is asked: who, which permission, and on what; without a place, in the whole tenant. */
export interface ExplainQuestion {
  readonly subject: Subject;
  readonly permission: string;
  readonly resourceId?: string | undefined;
  readonly organizationId?: string | undefined;
  readonly divisionId?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** Explains why somebody may or may not do something in the caller's tenant. */
export class ExplainService {
  readonly #options: ExplainServiceOptions;

  constructor(options: ExplainServiceOptions) {
    this.#options = options;
  }

  async explain(caller: Principal, asked: ExplainQuestion): Promise<Explanation> {
    const { database, tenants, knowledge, decisions } = this.#options;
    const tenantId = caller.tenant!;
    const question = toQuestion(asked);
    const known = await knowledge.load(tenantId, [question.subject], [question.resource]);
    const [own, tenant] = await Promise.all([
      database.transaction(tenantId, listPermissionNames),
      tenants.findTenant({ tenantId }),
    ]);
    const subject = known.subjectOf(question.subject);
    const permission = permissionOf(question.action, question.resource);
    const object = known.objectOf(question);
    const explanation = explain({
      subject,
      permission,
      object: isPlaceMissing(asked, object) ? undefined : object,
      permissionExists: [...permissions, ...own].includes(permission),
      tenantStatus: tenant?.status ?? 'unknown',
    });
    await decisions.recordExplained(caller, question, explanation);
    return explanation;
  }
}

/** An organization or division is asked about as such, anything else by where it lies. */
function toQuestion({
  subject,
  permission,
  resourceId,
  organizationId,
  divisionId,
  properties,
}: ExplainQuestion): AccessQuestion {
  const at = permission.indexOf(':');
  const [type, name] = [permission.slice(0, at), permission.slice(at + 1)];
  const own = type === 'division' ? divisionId : type === 'organization' ? organizationId : undefined;
  return {
    subject,
    action: { name },
    resource: {
      // Without an object the whole tenant is meant, which is no organization or division.
      type,
      id: own ?? resourceId ?? '',
      properties: {
        ...properties,
        ...(organizationId === undefined ? {} : { organizationId }),
        ...(divisionId === undefined ? {} : { divisionId }),
      },
    },
  };
}

function isPlaceMissing(
  { organizationId, divisionId }: ExplainQuestion,
  object: { readonly organizationId?: string | undefined } | undefined,
): boolean {
  return (organizationId !== undefined || divisionId !== undefined) && object?.organizationId === undefined;
}
