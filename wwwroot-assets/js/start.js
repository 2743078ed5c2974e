// A page outlives its server: it says that the connection is lost, and comes back by itself when the server does.
(() => {
  const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
  const banner = () => document.getElementById('cd-connection');

  async function serverAnswers() {
    try {
      return (await fetch('health/live', { cache: 'no-store' })).ok;
    } catch {
      return false;
    }
  }

  let down = false;
  async function comeBack() {
    while (down) {
      if (await serverAnswers()) {
        // False where the server is a new one and does not know this page: everything that counts is in the address.
        if (!(await Blazor.reconnect().catch(() => false))) {
          window.catdogReloads = true;
          location.reload();
        }
        down = false;
        banner().hidden = true;
      }
      await wait(1000);
    }
  }

  Blazor.start({
    circuit: {
      reconnectionHandler: {
        onConnectionDown() {
          down = true;
          banner().hidden = false;
          comeBack();
        },
        onConnectionUp() {},
      },
    },
  });
})();
