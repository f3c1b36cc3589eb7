/** What the invoices of a log should say, in cents. */
export interface ExpectedInvoice {
  readonly calls: number;
  readonly discount: bigint;
  readonly tax: bigint;
  readonly total: bigint;
}

/** Euros times 10^12, so that every price of the plan is a whole number. */
const scale = 10n ** 12n;
const cent = scale / 100n;

interface Traffic {
  calls: bigint;
  bytes: bigint;
  outcomes: bigint;
}

/**
 * Bills one month of a log by hand, from its text and the plan as the command describes it: 5 euros; calls at 1, 0.8 and
 * 0.5 cents in tiers of 100 and 1000; 2 cents for a GET that found nothing, 0.1 for one that changed nothing, 5 for a POST;
 * bytes at 1 euro a gigabyte after the first megabyte and half of it after the first gigabyte; 10 % off above a hundred
 * calls; 19 % tax on each line.
 */
export function billByHand(log: string): Map<string, ExpectedInvoice> {
  const clients = new Map<string, Traffic>();
  for (const line of log.split('\n').filter((text) => text !== '')) {
    const [, client, method, status, bytes] = /^(\S+) .*?\] "(\S+) .*?" (\d{3}) (\d+|-) /.exec(line)!;
    const traffic = clients.get(client!) ?? { calls: 0n, bytes: 0n, outcomes: 0n };
    clients.set(client!, traffic);
    traffic.calls += 1n;
    traffic.bytes += bytes === '-' ? 0n : BigInt(bytes!);
    traffic.outcomes += priceOf(`${method} ${status}`);
  }
  return new Map([...clients].map(([client, traffic]) => [client, bill(traffic)]));
}

function priceOf(outcome: string): bigint {
  return { 'GET 404': 2n * cent, 'GET 304': cent / 10n, 'POST 200': 5n * cent }[outcome] ?? 0n;
}

function bill({ calls, bytes, outcomes }: Traffic): ExpectedInvoice {
  const between = (quantity: bigint, from: bigint, to: bigint): bigint => {
    const part = (quantity < to ? quantity : to) - from;
    return part > 0n ? part : 0n;
  };
  const [megabyte, gigabyte, unlimited] = [10n ** 6n, 10n ** 9n, 10n ** 30n];
  const lines = [
    5n * scale,
    between(calls, 0n, 100n) * cent +
      (between(calls, 100n, 1000n) * cent * 8n) / 10n +
      (between(calls, 1000n, unlimited) * cent) / 2n,
    outcomes,
    between(bytes, megabyte, gigabyte) * (scale / gigabyte) +
      (between(bytes, gigabyte, unlimited) * (scale / gigabyte)) / 2n,
  ].map((amount) => divideRounded(amount, cent));
  const sum = add(lines);
  const discount = calls > 100n ? divideRounded(sum, 10n) : 0n;
  const net = lines.map((amount, index) => amount - split(discount, lines)[index]!);
  const tax = add(net.map((amount) => divideRounded(amount * 19n, 100n)));
  return { calls: Number(calls), discount, tax, total: sum - discount + tax };
}

/** Half away from zero; nothing here is below it. */
function divideRounded(amount: bigint, by: bigint): bigint {
  return (amount * 2n + by) / (by * 2n);
}

/** By largest remainder; of equal ones the earlier line gets the cent. */
function split(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = add(weights);
  const parts = weights.map((weight) => (amount * weight) / whole);
  const order = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % whole }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of order.slice(0, Number(amount - add(parts)))) parts[index]! += 1n;
  return parts;
}

function add(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
