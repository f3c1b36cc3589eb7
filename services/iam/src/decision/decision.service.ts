import type { Principal } from '@plinth/contracts';
import { can, decodeCursor, newId, toPage, type Clock, type Database, type Page } from '@plinth/common';
import { z } from 'zod';
import { CheckSampler } from './check-sampler.ts';
import { decide, permissionOf, type AccessQuestion, type Decision } from './decision.ts';
import * as store from './decision.store.ts';
import type { KnowledgeService } from './knowledge.service.ts';

/** A decision with the id under which it is in the log. */
export interface RecordedDecision extends Decision {
  readonly id: string;
}

/** Where the caller of a check says that the object lies, and what it is like. */
export interface CheckedObject {
  readonly organizationId?: string | undefined;
  readonly divisionId?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

const retentionMs = 30 * 24 * 3600 * 1000;

/** Answers questions about access and keeps the answers for thirty days. */
export class DecisionService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #knowledge: KnowledgeService;
  readonly #sampler = new CheckSampler();

  constructor(database: Database, clock: Clock, knowledge: KnowledgeService) {
    this.#database = database;
    this.#clock = clock;
    this.#knowledge = knowledge;
  }

  /** Answers each question about the caller's tenant, in order. */
  async evaluate(caller: Principal, questions: readonly AccessQuestion[]): Promise<RecordedDecision[]> {
    const tenantId = caller.tenant!;
    const knowledge = await this.#knowledge.load(
      tenantId,
      questions.map(({ subject }) => subject),
      questions.map(({ resource }) => resource),
    );
    const decisions = questions.map((question) => ({
      id: newId(this.#clock.now().getTime()),
      ...decide(
        knowledge.subjectOf(question.subject),
        permissionOf(question.action, question.resource),
        knowledge.objectOf(question),
      ),
    }));
    await this.#record(
      caller,
      'authzen',
      questions.map((question, index) => ({ question, decision: decisions[index]! })),
    );
    return decisions;
  }

  /** Whether the caller holds each of the permissions, in the whole tenant or on one object. */
  async check(
    caller: Principal,
    permissions: readonly string[],
    object: CheckedObject | undefined,
  ): Promise<boolean[]> {
    const allowed = await this.#checkAll(caller, permissions, object);
    const denied = permissions.filter((_permission, index) => !allowed[index]);
    if (caller.tenant !== undefined && denied.length > 0 && this.#sampler.take(caller.tenant, this.#clock.now()))
      await this.#recordDenied(caller, denied[0]!, object);
    return allowed;
  }

  async #checkAll(caller: Principal, permissions: readonly string[], object: CheckedObject | undefined) {
    if (object === undefined || caller.tenant === undefined)
      return permissions.map((permission) => can(caller, permission));
    const resource = { type: 'object', id: '', properties: { ...object.properties, ...placeOf(object) } };
    const subject = { type: caller.kind, id: caller.subject };
    const knowledge = await this.#knowledge.load(caller.tenant, [], [resource]);
    const seen = knowledge.objectOf({ subject, resource });
    return permissions.map((permission) => can(caller, permission, seen));
  }

  /** Keeps one decision that was explained. */
  async recordExplained(caller: Principal, question: AccessQuestion, decision: Decision): Promise<void> {
    const recorded = { ...decision, id: newId(this.#clock.now().getTime()) };
    await this.#record(caller, 'explain', [{ question, decision: recorded }]);
  }

  async list(
    tenantId: string,
    { cursor, limit, ...filter }: Omit<store.DecisionFilter, 'before'> & { cursor?: string | undefined },
  ): Promise<Page<store.LoggedDecision>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listDecisions(transaction, { ...filter, before, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (decision) => [decision.id],
      (decision) => decision,
    );
  }

  /** Removes what is older than thirty days, in small steps. */
  async removeOld(): Promise<void> {
    const time = new Date(this.#clock.now().getTime() - retentionMs);
    const step = 5000;
    for (let removed = step; removed === step;)
      removed = await this.#database.platformTransaction((transaction) =>
        store.deleteDecisionsBefore(transaction, time, step),
      );
  }

  async #recordDenied(caller: Principal, permission: string, object: CheckedObject | undefined): Promise<void> {
    const [type = '', name = ''] = permission.split(':');
    const question: AccessQuestion = {
      subject: { type: caller.kind, id: caller.subject },
      action: { name },
      resource: { type, id: object?.divisionId ?? object?.organizationId ?? '' },
    };
    const decision = {
      id: newId(this.#clock.now().getTime()),
      allowed: false,
      reason: { code: 'permission_missing' },
    } as const;
    await this.#record(caller, 'check', [{ question, decision }]);
  }

  async #record(
    caller: Principal,
    source: store.DecisionSource,
    entries: readonly { readonly question: AccessQuestion; readonly decision: RecordedDecision }[],
  ): Promise<void> {
    const time = this.#clock.now();
    const rows = entries.map(({ question: { subject, action, resource }, decision }) => ({
      id: decision.id,
      time,
      source,
      askedBy: caller.subject,
      subjectType: subject.type,
      subjectId: subject.id,
      permission: permissionOf(action, resource),
      resourceType: resource.type,
      resourceId: resource.id === '' ? null : resource.id,
      allowed: decision.allowed,
      reason: decision.reason,
    }));
    await this.#database.transaction(caller.tenant, (transaction) => store.insertDecisions(transaction, rows));
  }
}

function placeOf({ organizationId, divisionId }: CheckedObject): Record<string, string> {
  return {
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(divisionId === undefined ? {} : { divisionId }),
  };
}
