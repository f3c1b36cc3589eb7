import { Controller, Inject } from '@nestjs/common';
import { Handles, InvalidInputError, toFaults, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './authzen.dto.ts';
import { unpackBoxcar, type Evaluation } from './boxcar.ts';
import type { Decision } from './decision.ts';
import { DecisionService } from './decision.service.ts';
import { SearchService, type Found } from './search.service.ts';

type Answer = OperationOutput<typeof operations.evaluateAccess>;

@Controller('api/v1')
export class AuthzenController {
  readonly #decisions: DecisionService;
  readonly #search: SearchService;
  constructor(@Inject(DecisionService) decisions: DecisionService, @Inject(SearchService) search: SearchService) {
    this.#decisions = decisions;
    this.#search = search;
  }

  @Handles(operations.evaluateAccess)
  async evaluate({ principal, body }: OperationInput<typeof operations.evaluateAccess>): Promise<Answer> {
    const [decision] = await this.#decisions.evaluate(principal, [body]);
    return toAnswer(decision!);
  }

  @Handles(operations.evaluateAccesses)
  async evaluateAll({
    principal,
    body,
  }: OperationInput<typeof operations.evaluateAccesses>): Promise<OperationOutput<typeof operations.evaluateAccesses>> {
    if (body.evaluations === undefined || body.evaluations.length === 0) {
      const single = operations.evaluationSchema.safeParse(body);
      if (!single.success) throw new InvalidInputError(toFaults(single.error, ''));
      const [decision] = await this.#decisions.evaluate(principal, [single.data]);
      return toAnswer(decision!);
    }
    const evaluations = unpackBoxcar(body);
    const questions = evaluations.flatMap((evaluation) => ('question' in evaluation ? [evaluation.question] : []));
    const decisions = await this.#decisions.evaluate(principal, questions);
    const answers = answerAll(evaluations, decisions);
    return { evaluations: cutShort(answers, body.options?.evaluations_semantic ?? 'execute_all') };
  }

  @Handles(operations.searchSubjects)
  async searchSubjects({
    principal,
    body,
  }: OperationInput<typeof operations.searchSubjects>): Promise<OperationOutput<typeof operations.searchSubjects>> {
    const { subject, action, resource, page = {} } = body;
    return toFound(await this.#search.findSubjects(principal, { ...subject, action, resource }, page));
  }

  @Handles(operations.searchResources)
  async searchResources({
    principal,
    body,
  }: OperationInput<typeof operations.searchResources>): Promise<OperationOutput<typeof operations.searchResources>> {
    const { subject, action, resource, page = {} } = body;
    return toFound(await this.#search.findResources(principal, { subject, action, type: resource.type }, page));
  }

  @Handles(operations.searchActions)
  async searchActions({
    principal,
    body,
  }: OperationInput<typeof operations.searchActions>): Promise<OperationOutput<typeof operations.searchActions>> {
    const { subject, resource, page = {} } = body;
    const found = await this.#search.findActions(principal, { subject, resource }, page);
    return { results: found.results.map(({ name }) => ({ name })), page: { next_token: found.nextToken } };
  }
}

/** What could not be understood is denied in its place, so that the answers stay in the order of the questions. */
function answerAll(
  evaluations: readonly Evaluation[],
  decisions: readonly (Decision & { readonly id: string })[],
): Answer[] {
  const left = [...decisions];
  return evaluations.map((evaluation) =>
    'question' in evaluation
      ? toAnswer(left.shift()!)
      : {
          decision: false,
          context: { id: '', reason: `request_incomplete: ${evaluation.faults.map(({ path }) => path).join(', ')}` },
        },
  );
}

function cutShort(
  answers: Answer[],
  semantic: 'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit',
): Answer[] {
  if (semantic === 'execute_all') return answers;
  const last = answers.findIndex(({ decision }) => decision === (semantic === 'permit_on_first_permit'));
  return last === -1 ? answers : answers.slice(0, last + 1);
}

function toAnswer({ id, allowed, reason }: Decision & { readonly id: string }): Answer {
  return allowed ? { decision: true } : { decision: false, context: { id, reason: reason.code } };
}

function toFound({ results, nextToken }: Found<{ type: string; id: string }>) {
  return { results, page: { next_token: nextToken } };
}
