// What users of the client import: a function for every operation, all types, and `every`.
export * from "./generated/index.js";
export { createClient, type Client } from "./generated/client/index.js";

type Page = { items: Array<unknown>; next_cursor: string | null };
// Each list has filters of its own.
type List = (options: any) => Promise<{ data?: Page | undefined; error?: unknown }>;
type ItemOf<L extends List> = NonNullable<Awaited<ReturnType<L>>["data"]>["items"][number];

/**
 * All items of a list, page after page:
 * `for await (const statement of every(listStatements, { client, query: { pair: "KZ-RU" } })) …`
 *
 * What the server refuses is thrown as the problem that it tells.
 */
export async function* every<L extends List>(list: L, options: NonNullable<Parameters<L>[0]>): AsyncGenerator<ItemOf<L>> {
  let cursor: string | null = null;
  do {
    const query: object = cursor === null ? options.query : { ...options.query, cursor };
    const { data, error } = await list({ ...options, query });
    if (data === undefined) throw error;
    yield* data.items as Array<ItemOf<L>>;
    cursor = data.next_cursor;
  } while (cursor !== null);
}
