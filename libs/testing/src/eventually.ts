/** Waits until `check` gives something, for what happens by events; throws when nothing came within `withinMs`. */
export async function eventually<Result>(check: () => Promise<Result | undefined>, withinMs = 10_000): Promise<Result> {
  const until = Date.now() + withinMs;
  for (;;) {
    const result = await check();
    if (result !== undefined) return result;
    if (Date.now() > until) throw new Error(`nothing came within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
