import type { Api } from '../platform/api.ts';

/** The platform with what was generated in it. */
export interface CurrentUsageStage {
  readonly api: Api;
  /** The first one is the heavy one. */
  readonly accounts: readonly string[];
  readonly from: Date;
}

/** Asks for the usage of random accounts, then of the heavy one, one request after the other; gives milliseconds. */
export async function askCurrentUsage(
  stage: CurrentUsageStage,
  requests: number,
): Promise<{ random: number[]; heavy: number[] }> {
  const randomIndex = (): number => Math.floor(Math.random() * stage.accounts.length);
  await ask(stage, requests / 10, randomIndex);
  return { random: await ask(stage, requests, randomIndex), heavy: await ask(stage, requests / 10, () => 0) };
}

/** Throws unless the heavy account has its share of what was generated, give or take the randomness of it. */
export async function assertHeavyAccount({ api, accounts, from }: CurrentUsageStage, events: number): Promise<void> {
  const { data } = await api.get<{ data: { meter: string; quantity: string }[] }>(
    `/usage/current?accountId=${accounts[0]}&from=${from.toISOString()}`,
  );
  const calls = Number(data.find(({ meter }) => meter === 'api_call')?.quantity);
  if (!(Math.abs(calls / (events / 2) - 1) < 0.1))
    throw new Error(`the heavy account has ${calls} calls instead of about ${events / 2}`);
}

async function ask(stage: CurrentUsageStage, requests: number, choose: () => number): Promise<number[]> {
  const { api, accounts, from } = stage;
  const times: number[] = [];
  for (let count = 0; count < requests; count += 1) {
    const path = `/usage/current?accountId=${accounts[choose()]}&from=${from.toISOString()}`;
    const startedAt = performance.now();
    await api.get(path);
    times.push(performance.now() - startedAt);
  }
  return times;
}
