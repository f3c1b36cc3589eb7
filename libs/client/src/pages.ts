type ListInput = { readonly query?: { readonly cursor?: string | undefined } | undefined } | undefined;

interface ListPage<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}

/** A list without required input may be called without any. */
type Arguments<Input> = undefined extends Input ? [input?: Input] : [input: Input];

/** The pages of a list from the given input on: `for await (const page of pagesOf(client.listTenants))`. */
export async function* pagesOf<Input extends ListInput, Page extends ListPage<unknown>>(
  list: (input: Input) => Promise<Page>,
  ...[input]: Arguments<NoInfer<Input>>
): AsyncGenerator<Page, void, undefined> {
  for (let cursor = input?.query?.cursor; ;) {
    const query = { ...input?.query, ...(cursor === undefined ? {} : { cursor }) };
    const page = await list({ ...input, query } as Input);
    yield page;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

/** The items of a list, page by page as they are taken: `for await (const tenant of itemsOf(client.listTenants))`. */
export async function* itemsOf<Input extends ListInput, Item>(
  list: (input: Input) => Promise<ListPage<Item>>,
  ...input: Arguments<NoInfer<Input>>
): AsyncGenerator<Item, void, undefined> {
  for await (const page of pagesOf(list, ...input)) yield* page.data;
}
