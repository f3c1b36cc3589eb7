import { z } from 'zod';
import type { ApiClient } from './api-client.ts';

const pageLimit = 200;

/** Every item of a list, page by page. */
export async function* listAll<Item extends z.ZodType>(
  client: ApiClient,
  path: `/${string}`,
  item: Item,
): AsyncGenerator<z.output<Item>, void, undefined> {
  const response = z.object({ data: z.array(item), nextCursor: z.string().nullable() });
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: String(pageLimit), ...(cursor === null ? {} : { cursor }) });
    const separator = path.includes('?') ? '&' : '?';
    const page: z.output<typeof response> = await client.call({
      method: 'GET',
      path: `${path}${separator}${query.toString()}`,
      response,
    });
    yield* page.data;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
