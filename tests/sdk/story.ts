// The whole story with the TypeScript client: node story.js ADDRESS KEY HURRIED_KEY ARTICLE…; it says nothing unless something is wrong.
import { createArticle, createClient, deleteArticle, every, getArticle, getSpeaker, listArticles, listIndicators,
         listSpeakerStatements, listStatements, listTopics, type ArticleSubmission, type Client, type Statement } from "bilateral-client";

declare const process: { argv: string[] };

const [baseUrl, key, hurried, ...articles] = process.argv.slice(2);
const client = createClient({ baseUrl, auth: key! });

function expect(fact: unknown, what: string): asserts fact {
  if (!fact) throw new Error(what);
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const stored = [];
for (const article of articles) {
  const body: ArticleSubmission = JSON.parse(article);
  const { data } = await createArticle({ client, body, throwOnError: true });
  stored.push(data);
}
const again = await createArticle({ client, body: JSON.parse(articles[0]!), throwOnError: true });
expect(again.response.status === 200 && again.data.id === stored[0]!.id, "the same text is the same article");

const pair = stored[0]!.pairs[0]!;
const byPair = await listStatements({ client, query: { pair }, throwOnError: true });
expect(byPair.data.items.length && byPair.data.items.every((statement: Statement) => statement.pairs.includes(pair)), "by pair");

const speaker = byPair.data.items.find((statement) => statement.speaker?.id)!.speaker!;
const bySpeaker = await listStatements({ client, query: { speaker: speaker.id! }, throwOnError: true });
expect(bySpeaker.data.items.some((statement) => statement.speaker?.id === speaker.id), "by speaker");
const profile = await getSpeaker({ client, path: { id: speaker.id! }, throwOnError: true });
expect(profile.data.name === speaker.name, "one speaker");

const day = byPair.data.items[0]!.stated_on!;
const byDate = await listStatements({ client, query: { from: day, to: day, sort: "-stated_on", country: pair.split("-") }, throwOnError: true });
expect(byDate.data.items.length && byDate.data.items.every((statement) => statement.stated_on === day), "by date");

const whole = await listStatements({ client, query: { limit: 200 }, throwOnError: true });
const pages = await collect(every(listStatements, { client, query: { limit: 2 } }));
expect(pages.length > 4 && pages.length === whole.data.items.length, "page through all");
expect(pages.every((statement, place) => statement.id === whole.data.items[place]!.id), "in the same order");
expect((await collect(every(listSpeakerStatements, { client, path: { id: speaker.id! }, query: { limit: 1 } }))).length, "of one speaker");

const figures = await listIndicators({ client, query: { metric: "trade_turnover", value_from: "1" }, throwOnError: true });
expect(figures.data.items.every((figure) => figure.metric === "trade_turnover"), "figures");
const read = await getArticle({ client, path: { id: stored[0]!.id }, throwOnError: true });
// Offsets count code points; JavaScript's strings count halves of some.
const points = [...read.data.text!];
for (const { span, as_written } of read.data.indicators) {
  expect(points.slice(span.start, span.end).join("") === as_written, "at its characters");
}

await refused(client);
const stranger = await listTopics({ client: createClient({ baseUrl }) });
expect(stranger.response.status === 401 && stranger.error?.status === 401, "without a key");
await tooOften(createClient({ baseUrl, auth: hurried! }));
await deleteArticle({ client, path: { id: read.data.id }, throwOnError: true });
const left = await collect(every(listArticles, { client }));
expect(!left.some((article) => article.id === read.data.id), "deleted");

async function refused(client: Client): Promise<void> {
  const { data, error, response } = await listStatements({ client, query: { pair: "KZ-KZ" } });
  expect(data === undefined && response.status === 422, "a pair of one country is refused");
  expect(error?.status === 422 && error.errors?.[0]?.pointer === "/query/pair", "and the problem says where");
}

async function tooOften(client: Client): Promise<void> {
  for (let sent = 0; sent < 1_000; sent++) {
    const { error, response } = await listTopics({ client });
    if (error === undefined) continue;
    expect(response.status === 429 && error.status === 429, "too often");
    await new Promise((awake) => setTimeout(awake, 1_000 * Number(response.headers.get("Retry-After"))));
    await listTopics({ client, throwOnError: true });
    return;
  }
  throw new Error("a thousand requests were answered");
}
