import { SampleSequence, json, mediaUrl } from '../../js/labeling/sequence.js';
import { classKeys, isOnControl, isTyping, isUndo } from '../../js/labeling/keys.js';
import * as decisions from '../../js/labeling/decisions.js';

const ahead = 5;
const behind = 2;

export function start(stage, options) {
  const view = new FocusView(stage, options);
  return { dispose: () => view.dispose() };
}

/** One photo at a time. A key changes what is on the screen first; the server hears of it afterwards, through the queue of decisions. */
class FocusView {
  #index = 0;
  #done = [];
  #photos = new Map();
  #details = new Map();
  #asked = new Set();
  #end = new AbortController();
  #addressTimer = 0;

  constructor(stage, { datasetId, classes, query, sampleId, gridUrl }) {
    Object.assign(this, { stage, datasetId, classes, query, gridUrl });
    this.keys = classKeys(classes, 'usfh');
    this.sequence = new SampleSequence(datasetId, query);
    this.#listen();
    this.#read(sampleId);
  }

  async #read(sampleId) {
    let shown = false;
    try {
      await this.sequence.read(() => {
        const at = sampleId === null ? 0 : this.sequence.positionOf(sampleId);
        // A sample that left the filter, because it was decided, is not found: then the work goes on at the first.
        if (!shown && (at !== undefined || this.sequence.complete)) {
          shown = true;
          this.#show(at ?? 0);
        } else if (shown) {
          this.#show(this.#index);
        }
      });
    } catch (error) {
      if (error.name !== 'AbortError') this.#part('photo').textContent = `The photos could not be read. ${error.message}`;
    }
  }

  #part(name) {
    return this.stage.querySelector(`[data-part="${name}"]`);
  }

  #listen() {
    const on = (target, event, handle, more) => target.addEventListener(event, handle, { signal: this.#end.signal, ...more });
    on(document, 'keydown', event => this.#key(event));
    on(this.stage, 'click', event => {
      const button = event.target.closest('button');
      if (!button) return;
      // The keys must go on working after a click.
      button.blur();
      if (button.dataset.decide !== undefined) this.#decide(Number(button.dataset.decide));
      else this.#command(button.dataset.command, Number(button.dataset.sample));
    });
    let touch = null;
    const photo = this.#part('photo');
    on(photo, 'touchstart', event => { touch = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
    on(photo, 'touchend', event => {
      if (!touch) return;
      const dx = event.changedTouches[0].clientX - touch.clientX;
      const dy = event.changedTouches[0].clientY - touch.clientY;
      if (Math.abs(dx) > 60 && Math.abs(dy) < 50) this.#show(this.#index + (dx < 0 ? 1 : -1));
    });
    const unwatch = decisions.watch(state => this.#showState(state));
    this.#end.signal.addEventListener('abort', unwatch);
  }

  #key(event) {
    if (isTyping(event) || event.altKey || event.repeat && !event.key.startsWith('Arrow')) return;
    const key = event.key.toLowerCase();
    const handle = isUndo(event) ? () => this.#command('undo')
      : event.ctrlKey || event.metaKey ? null
      : this.keys.has(key) ? () => this.#decide(this.keys.get(key))
      : { arrowright: 'next', arrowleft: 'previous', arrowdown: 'next', arrowup: 'previous', s: 'skip', h: 'history', f: 'grid', escape: 'escape', '?': 'help', 0: 'clear' }[key];
    if (!handle || key.startsWith('arrow') && isOnControl(event) && event.target.closest('dialog')) return;
    event.preventDefault();
    if (typeof handle === 'function') handle();
    else this.#command(handle);
  }

  #command(name, sample) {
    const help = this.#part('help');
    switch (name) {
      case 'next': case 'skip': return this.#show(this.#index + 1);
      case 'previous': return this.#show(this.#index - 1);
      case 'first': return this.#show(0);
      case 'undo': return this.#undo();
      case 'clear': return this.#decide(-1);
      case 'history': return this.#toggleHistory();
      case 'help': return help.open ? help.close() : help.showModal();
      case 'escape': return help.open ? help.close() : this.#toGrid();
      case 'grid': return this.#toGrid();
      case 'keep': return decisions.acceptConflict(sample);
      case 'overrule': return this.#overrule(sample);
      case 'dismiss': return decisions.dismissFailures();
    }
  }

  #toGrid() {
    Blazor.navigateTo(this.gridUrl);
  }

  /** @param to the class's number; −1 clears the label. */
  #decide(to) {
    const index = this.#index;
    if (index >= this.sequence.ids.length) return;
    const from = this.sequence.labels[index];
    this.#done.push({ index, from, to });
    this.#show(index + 1);
    this.#set(index, from, to);
  }

  #undo() {
    const last = this.#done.pop();
    if (!last) return;
    this.#set(last.index, this.sequence.labels[last.index], last.from);
    this.#show(last.index);
  }

  #overrule(id) {
    const label = decisions.overrule(id);
    const index = this.sequence.positionOf(id);
    if (index !== undefined) this.sequence.labels[index] = this.classes.indexOf(label);
    this.#showPosition();
  }

  #set(index, from, to) {
    this.sequence.labels[index] = to;
    if (from !== to) decisions.add({ id: this.sequence.ids[index], label: this.classes[to] ?? null, version: this.sequence.versions[index] });
  }

  #show(index) {
    const { ids } = this.sequence;
    if (index < 0) return;
    this.#index = Math.min(index, ids.length);
    const atEnd = this.#index === ids.length;
    this.#part('end').hidden = !atEnd;
    this.#part('frame').hidden = atEnd;
    if (!atEnd) this.#part('photo').replaceChildren(this.#photo(this.#index));
    this.#showPosition();
    // What follows is not needed for the next frame.
    requestAnimationFrame(() => setTimeout(() => this.#afterShow()));
  }

  #afterShow() {
    if (this.#end.signal.aborted) return;
    this.#keepPhotosNear();
    this.#showCaption();
    this.#readDetails();
    if (!this.#part('history').hidden) this.#readHistory();
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => this.#writeAddress(), 200);
  }

  #photo(index) {
    const id = this.sequence.ids[index];
    let photo = this.#photos.get(id);
    if (!photo) {
      photo = new Image();
      photo.alt = this.#details.get(id)?.path ?? `Photo ${index + 1}`;
      photo.decoding = 'sync';
      photo.dataset.sample = id;
      photo.onerror = () => { photo.alt = 'This photo cannot be read any more. Was its file moved?'; photo.classList.add('focus-broken'); };
      photo.src = mediaUrl(id, 'image');
      // Decoded before it is needed, so that showing it is one paint.
      photo.decode().catch(() => {});
      this.#photos.set(id, photo);
    }
    return photo;
  }

  #keepPhotosNear() {
    const { ids } = this.sequence;
    const near = new Set();
    for (let i = this.#index; i <= this.#index + ahead; i++) if (i < ids.length) near.add(ids[i]) && this.#photo(i);
    for (let i = this.#index - 1; i >= this.#index - behind; i--) if (i >= 0) near.add(ids[i]) && this.#photo(i);
    for (const [id, photo] of this.#photos) {
      if (near.has(id)) continue;
      photo.onerror = null;
      if (!photo.complete) photo.src = '';
      this.#photos.delete(id);
    }
  }

  #showPosition() {
    const { ids, labels } = this.sequence;
    const index = this.#index;
    const total = ids.length;
    this.#part('position').textContent = `${Math.min(index + 1, total).toLocaleString()} of ${total.toLocaleString()}`;
    this.#part('bar').style.transform = `scaleX(${total === 0 ? 0 : index / total})`;
    const label = index < total ? labels[index] : null;
    for (const button of this.stage.querySelectorAll('[data-decide]')) {
      button.setAttribute('aria-pressed', Number(button.dataset.decide) === label && label >= 0);
      button.disabled = label === null;
    }
    this.stage.querySelector('[data-command=undo]').disabled = this.#done.length === 0;
    const chip = this.#part('label');
    chip.hidden = label === null;
    chip.dataset.class = label ?? -1;
    chip.textContent = label >= 0 ? this.classes[label] : 'unlabeled';
  }

  #showCaption() {
    const details = this.#details.get(this.sequence.ids[this.#index]);
    this.#part('caption').textContent = details ? details.path : '';
    this.#part('size').textContent = details ? [`${details.width} × ${details.height}`, details.split].filter(Boolean).join(' · ') : '';
    if (details) this.#photos.get(details.id).alt = details.path;
  }

  async #readDetails() {
    const wanted = this.sequence.ids.slice(this.#index, this.#index + 10).filter(id => !this.#asked.has(id));
    if (!this.#asked.has(this.sequence.ids[this.#index]) || wanted.length >= 5) {
      const ids = this.sequence.ids.slice(Math.max(0, this.#index - 10), this.#index + 40).filter(id => !this.#asked.has(id));
      if (ids.length === 0) return;
      for (const id of ids) this.#asked.add(id);
      try {
        for (const details of await json(`api/datasets/${this.datasetId}/samples/by-id?ids=${ids}`)) this.#details.set(details.id, details);
        this.#showCaption();
      } catch {
        for (const id of ids) this.#asked.delete(id);
      }
    }
  }

  #toggleHistory() {
    const panel = this.#part('history');
    panel.hidden = !panel.hidden;
    this.stage.querySelector('[data-command=history]').setAttribute('aria-expanded', !panel.hidden);
    if (!panel.hidden) this.#readHistory();
  }

  async #readHistory() {
    const id = this.sequence.ids[this.#index];
    const list = this.#part('history-list');
    if (id === undefined) return list.replaceChildren();
    let rows;
    try {
      rows = (await json(`api/samples/${id}/labels`)).map(({ who, when, from, to, source }) => {
        const row = document.createElement('li');
        const change = document.createElement('b');
        change.textContent = `${from ?? 'unlabeled'} → ${to ?? 'unlabeled'}`;
        row.append(change, `${source === 'human' ? who : `${source} · ${who}`} · ${new Date(when).toLocaleString()}`);
        return row;
      });
    } catch (error) {
      rows = [error.message];
    }
    if (id === this.sequence.ids[this.#index]) list.replaceChildren(...(rows.length > 0 ? rows : ['No label was given yet.']));
  }

  #showState({ waiting, retrying, saved, conflicts, failures }) {
    const status = this.#part('status');
    status.dataset.state = retrying ? 'retrying' : waiting > 0 ? 'saving' : saved > 0 ? 'saved' : 'idle';
    status.textContent = retrying ? `Could not save, trying again (${waiting} waiting)` : waiting > 0 ? 'Saving…' : saved > 0 ? 'Saved' : '';
    if (waiting === 0 && !this.#part('history').hidden) this.#readHistory();
    for (const { id, present, presentVersion } of conflicts) {
      const index = this.sequence.positionOf(id);
      if (index === undefined) continue;
      this.sequence.labels[index] = this.classes.indexOf(present);
      this.sequence.versions[index] = presentVersion;
    }
    this.#part('notices').replaceChildren(...conflicts.map(c => this.#conflict(c)), ...failures.slice(-1).map(f => this.#failure(f, failures.length)));
  }

  #conflict({ id, label, present }) {
    const name = text => text ?? 'unlabeled';
    const notice = document.createElement('div');
    notice.className = 'focus-notice';
    notice.innerHTML = '<img alt="" width="48" height="48"><p></p><button type="button" data-command="keep"></button><button type="button" data-command="overrule"></button>';
    notice.querySelector('img').src = mediaUrl(id, 'thumb');
    notice.querySelector('p').textContent = `Someone else decided meanwhile: this photo is ${name(present)} now. You said ${name(label)}.`;
    const [keep, overrule] = notice.querySelectorAll('button');
    keep.textContent = `Keep ${name(present)}`;
    overrule.textContent = `Make it ${name(label)}`;
    keep.dataset.sample = overrule.dataset.sample = id;
    return notice;
  }

  #failure({ detail }, count) {
    const notice = document.createElement('div');
    notice.className = 'focus-notice';
    notice.innerHTML = '<p></p><button type="button" data-command="dismiss">Dismiss</button>';
    notice.querySelector('p').textContent = `${count === 1 ? 'A decision was' : `${count} decisions were`} refused: ${detail}`;
    return notice;
  }

  #writeAddress() {
    const id = this.sequence.ids[this.#index];
    const url = new URL(location.href);
    if (id === undefined) url.searchParams.delete('sample');
    else url.searchParams.set('sample', id);
    history.replaceState(history.state, '', url);
  }

  dispose() {
    clearTimeout(this.#addressTimer);
    this.sequence.stop();
    this.#end.abort();
  }
}
