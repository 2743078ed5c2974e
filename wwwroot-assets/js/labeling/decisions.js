// Decisions wait here until the server has them on disk. They go one after the other, in the order they were made, and again and
// again while the server does not answer. The queue outlives the page that filled it, and a reload.
const storageKey = 'catdog-decisions';
const listeners = new Set();
const versions = new Map();
const queue = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
let conflicts = [];
let failures = [];
let sending = false;
let retrying = false;
let saved = 0;
let wake = () => {};

/** Calls back at once and at each change; returns how to stop it. */
export function watch(listener) {
  listeners.add(listener);
  listener(state());
  return () => listeners.delete(listener);
}

/** @param decision {id, label, version}: the class's name, or null; the version that the person saw. */
export function add(decision) {
  conflicts = conflicts.filter(c => c.id !== decision.id);
  // Kept with the decision, since a reload forgets the versions that the server has told so far.
  queue.push({ ...decision, version: latest(decision) });
  changed();
  send();
}

/** Takes the label that someone else gave. */
export function acceptConflict(id) {
  conflicts = conflicts.filter(c => c.id !== id);
  changed();
}

/** Decides again, upon the label that someone else gave; returns what was decided. */
export function overrule(id) {
  const { label, presentVersion } = conflicts.find(c => c.id === id);
  versions.set(id, presentVersion);
  add({ id, label, version: presentVersion });
  return label;
}

export function dismissFailures() {
  failures = [];
  changed();
}

const latest = ({ id, version }) => Math.max(version, versions.get(id) ?? 0);

const state = () => ({ waiting: queue.length, retrying, saved, conflicts, failures });

function changed() {
  sessionStorage.setItem(storageKey, JSON.stringify(queue));
  for (const listener of listeners) listener(state());
}

async function send() {
  if (sending) return;
  sending = true;
  let delay = 500;
  while (queue.length > 0) {
    const answer = await put(queue[0]);
    retrying = answer === null;
    if (retrying) {
      changed();
      await new Promise(resolve => { wake = resolve; setTimeout(resolve, delay); });
      delay = Math.min(delay * 2, 8000);
      continue;
    }
    delay = 500;
    await settle(queue[0], answer);
    queue.shift();
    changed();
  }
  sending = false;
}

/** The answer, or null where none came that settles anything. */
async function put({ id, label, version }) {
  try {
    const answer = await fetch(new URL(`api/samples/${id}/label`, document.baseURI), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ label, version: latest({ id, version }) }),
      signal: AbortSignal.timeout(20000),
    });
    return answer.status >= 500 || answer.status === 408 || answer.status === 429 ? null : { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return null;
  }
}

function settle(decision, { status, body }) {
  if (status === 200) {
    versions.set(body.id, body.version);
    saved++;
  } else if (status === 409) {
    conflicts = [...conflicts.filter(c => c.id !== decision.id), { id: decision.id, label: decision.label, present: body.label, presentVersion: body.version }];
  } else {
    failures = [...failures, { id: decision.id, detail: body.detail ?? `The server answered ${status}.` }];
  }
}

addEventListener('online', () => wake());
addEventListener('beforeunload', event => {
  // A reload finds the queue again; a closed tab would not.
  if (queue.length > 0 && !window.catdogReloads) event.preventDefault();
});
if (queue.length > 0) send();
