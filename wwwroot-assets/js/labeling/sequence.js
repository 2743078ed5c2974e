// The order of all samples that match a query, with their labels and versions: what scrolling, selecting and deciding need at once.
// It is read by keyset in growing stretches, the first small, so that photos show before a big set is read to its end.
export class SampleSequence {
  ids = [];
  labels = [];
  versions = [];
  complete = false;
  #positions = new Map();
  #stop = new AbortController();

  constructor(datasetId, query) {
    this.datasetId = datasetId;
    this.query = query;
  }

  /** Reads all; `onMore` is called after each stretch. */
  async read(onMore) {
    let after = '';
    let take = 500;
    do {
      const parameters = new URLSearchParams({ ...this.query, take, after });
      const stretch = await json(`api/datasets/${this.datasetId}/samples/sequence?${parameters}`, { signal: this.#stop.signal });
      for (const id of stretch.ids) this.#positions.set(id, this.#positions.size);
      this.ids.push(...stretch.ids);
      this.labels.push(...stretch.labels);
      this.versions.push(...stretch.versions);
      after = stretch.next;
      take = 20000;
      this.complete = after === null;
      onMore();
    } while (after !== null);
  }

  /** The position of a sample, or undefined where it is not (yet) among these. */
  positionOf(id) {
    return this.#positions.get(id);
  }

  stop() {
    this.#stop.abort();
  }
}

/** The body of an answer; throws an Error with what the server says is wrong, and the answer's `status`. */
export async function json(path, init) {
  const answer = await fetch(new URL(path, document.baseURI), init);
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? `The server answered ${answer.status}.`), { status: answer.status, problem });
}

export const post = (path, body) => json(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

export const mediaUrl = (id, kind) => new URL(`media/${id}/${kind}`, document.baseURI).href;
