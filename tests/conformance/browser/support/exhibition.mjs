// A dev server with its page, and workflows to look at.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

function launch(variable, args) {
  const command = process.env[variable];
  if (!command) throw new Error(`Set ${variable} to the command that starts it.`);
  const [executable, ...first] = command.split(' ');
  return spawn(executable, [...first, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TEMPORAL_DEVSERVER_EXIT_ON_STDIN_EOF: '1' },
  });
}

async function until(holds, what) {
  const deadline = Date.now() + 20_000;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`${what} did not happen in time.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export class Exhibition {
  static async open() {
    const exhibition = new Exhibition();
    const [port, uiPort] = [await freePort(), await freePort()];
    exhibition.address = `http://127.0.0.1:${uiPort}`;
    exhibition.server = launch('TEMPORAL_DEV_SERVER', [
      'server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', 'default', '--ui-port', String(uiPort),
      '--log-level', 'warn', '--search-attribute', 'CustomKeyword=Keyword', '--search-attribute', 'CustomInt=Int']);
    exhibition.server.stdout.resume();
    await until(async () => (await fetch(exhibition.address)).ok, 'The start of the dev server');
    exhibition.worker = launch('CSHARP_TWINS', ['exhibit', `127.0.0.1:${port}`, 'exhibition']);
    await Promise.race([
      once(exhibition.worker.stdout, 'data'),
      once(exhibition.worker, 'exit').then(([code]) => Promise.reject(new Error(`The worker ended with ${code}.`))),
    ]);
    return exhibition;
  }

  async close() {
    for (const process of [this.worker, this.server]) {
      if (!process || process.exitCode !== null) continue;
      const ended = once(process, 'exit');
      process.stdin.end();
      await ended;
    }
  }
}

/** Replays a folder of histories in C#; its lines are "ok NAME" or "not ok NAME: why". */
export async function replay(folder) {
  const child = launch('CSHARP_TWINS', ['replay', folder]);
  child.stdin.end();
  let output = '';
  for await (const chunk of child.stdout) output += chunk;
  return output.trim().split('\n');
}
