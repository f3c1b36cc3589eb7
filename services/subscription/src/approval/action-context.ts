import { AsyncLocalStorage } from 'node:async_hooks';

/** Why an action is done: for a dispute, or because it was approved. */
export interface ActionContext {
  readonly disputeId: string | null;
  readonly approvalRequestId: string | null;
}

const storage = new AsyncLocalStorage<ActionContext>();
const onItsOwn: ActionContext = { disputeId: null, approvalRequestId: null };

/** The context of the running action. */
export function actionContext(): ActionContext {
  return storage.getStore() ?? onItsOwn;
}

/** Runs an action in a context, so that whoever guards it knows without every service passing it on. */
export function runInAction<Result>(context: ActionContext, work: () => Result): Result {
  return storage.run(context, work);
}
